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
