-- Handles: which can be had, what they lead to, and how they change.

-- A reserved handle answers exactly as a taken one does, and so does one that somebody else had until a while ago.
create or replace function ops.is_handle_kept(handle text, user_id bigint) returns boolean
language sql
stable
set search_path = ''
begin atomic
    select
        exists (
            select from ops.reserved_handles as r
            where ops.fold_handle(r.handle) = ops.fold_handle(is_handle_kept.handle)
        )
        or exists (
            select from ops.handle_changes as c
            where
                c.old_handle = is_handle_kept.handle
                and c.user_id is distinct from is_handle_kept.user_id
                and c.changed_at > now() - interval '90 days'
        );
end;
comment on function ops.is_handle_kept(text, bigint) is
'Whether a handle is kept from this user: it looks like a reserved one, or was another''s within 90 days.';

create or replace function api.tg_users__reserved() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if ops.is_handle_kept(new.username, new.id) then
        raise exception 'duplicate key value violates unique constraint "users_username_is_unique"'
            using
                errcode = 'unique_violation', schema = 'api', table = 'users', column = 'username',
                constraint = 'users_username_is_unique', hint = 'Choose another handle.';
    end if;
    return new;
end
$$;
comment on function api.tg_users__reserved() is 'Keeps reserved and lately used handles from being taken.';

create or replace function ops.clean_handle(handle text) returns text
language sql
immutable
strict
return translate(lower(normalize(trim(handle), nfkc)), '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', '01234567890123456789');
comment on function ops.clean_handle(text) is 'A handle as it is stored: small letters, digits of any script as 0 to 9.';

create or replace function api.is_username_available(username text) returns boolean
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        not ops.is_handle_kept(ops.clean_handle(is_username_available.username), auth.uid())
        and not exists (
            select from api.users as u where u.username = ops.clean_handle(is_username_available.username)
        );
end;
comment on function api.is_username_available(text) is 'Whether a handle can still be had.';

create or replace function api.get_user(id bigint default null, username text default null) returns api.users
language sql
stable
security definer
set search_path = ''
begin atomic
    select u.*
    from api.users as u
    inner join feed.visible_users as v on v.user_id = u.id
    where u.id = coalesce(get_user.id, (select ops.resolve_handle(ops.clean_handle(get_user.username))));
end;
comment on function api.get_user(bigint, text) is
e'@graphql({"name": "user"})\nA user by identifier or by handle; a handle that was changed leads to the new one. Null where there is none to be seen.';

create or replace function api.change_handle(username text) returns api.users
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    cool_down constant interval := '30 days';
    wanted constant text := ops.clean_handle(change_handle.username);
    changed api.users;
    last_change timestamptz;
begin
    select u.* into changed
    from api.users as u
    where u.id = ops.require_user() and u.deleted_at is null
    for no key update;
    if changed.username = wanted then
        return changed;
    end if;
    select max(c.changed_at) into last_change
    from ops.handle_changes as c
    where c.user_id = changed.id;
    if last_change > now() - cool_down then
        raise exception 'The handle was changed less than 30 days ago.'
            using
                errcode = 'DA429',
                detail = format('It can change again after %s.', to_char(
                    (last_change + cool_down) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'
                )),
                hint = 'Wait until then.';
    end if;
    insert into ops.handle_changes (user_id, old_handle, new_handle)
    values (changed.id, changed.username, wanted);
    update api.users as u
    set username = wanted
    where u.id = changed.id
    returning u.* into changed;
    return changed;
end
$$;
comment on function api.change_handle(text) is
'Gives oneself another handle, once in 30 days. The old one leads to the new one, and nobody else gets it for 90 days.';

create or replace trigger users_reserved before insert or update of username on api.users
for each row execute function api.tg_users__reserved();
