-- What every changeable row has in common. First in the order of names: the other files attach these.

create or replace function ops.tg_rows__version() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    if new.version is distinct from old.version then
        raise exception 'The row has changed since it was read.'
            using
                errcode = 'DA409',
                detail = format('The current version is %s.', old.version),
                hint = 'Read the row again and repeat the change with its version.';
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
    return new;
end
$$;
comment on function ops.tg_rows__version() is 'Refuses a change made to an older version, and counts the change.';

create or replace function ops.tg_rows__touch() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    new.updated_at := now();
    return new;
end
$$;
comment on function ops.tg_rows__touch() is 'Records when a row last changed.';

create or replace function ops.tg_rows__keep() returns trigger
language plpgsql
set search_path = ''
as $$
declare
    field text;
begin
    foreach field in array tg_argv loop
        if to_jsonb(new) -> field is distinct from to_jsonb(old) -> field then
            raise exception 'The column "%" never changes.', field
                using errcode = 'DA403', hint = 'Make a new row instead.';
        end if;
    end loop;
    return new;
end
$$;
comment on function ops.tg_rows__keep() is 'Refuses a change of the columns named.';

-- The one owner of the rule that only an account in use writes: whatever the statement is and whoever runs it on the
-- user's behalf (a policy can't bind a definer function), its first trigger is this one.
create or replace function ops.tg_rows__writer() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    writer_state text;
begin
    select u.state into writer_state
    from api.users as u
    where u.id = auth.uid() and u.deleted_at is null;
    if writer_state = 'ACTIVE' or writer_state = any(tg_argv) then
        return null;
    end if;
    raise exception '%', case writer_state
            when 'SUSPENDED' then 'The account is suspended.'
            when 'DEACTIVATED' then 'The account is deactivated.'
            else 'The account is closed.'
        end
        using
            errcode = 'DA403',
            hint = case writer_state
                when 'SUSPENDED' then 'It can read, but change nothing, until the suspension ends.'
                when 'DEACTIVATED' then 'Reactivate it first.'
                else 'Sign in with another account.'
            end;
end
$$;
comment on function ops.tg_rows__writer() is
'Refuses what a suspended, deactivated or closed account would write; the arguments name further states that may.';

do $$
declare
    written record;
begin
    for written in
        select c.oid::regclass as name, c.relname
        from pg_catalog.pg_class as c
        where c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p')
    loop
        execute format(
            'create or replace trigger %I before insert or update or delete on %s for each statement '
            'when (pg_trigger_depth() = 0 and auth.uid() is not null) execute function ops.tg_rows__writer(%s)',
            written.relname || '_writer',
            written.name,
            -- Who has put an account away takes it out again.
            case written.relname when 'users' then quote_literal('DEACTIVATED') else '' end
        );
    end loop;
end
$$;

create or replace function ops.require_user() returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
    if auth.uid() is null then
        raise exception 'Only a signed-in user can do this.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    return auth.uid();
end
$$;
comment on function ops.require_user() is 'The signed-in user; refuses everybody else. For definer functions.';
