create or replace function api.me() returns api.users
language sql
stable
begin atomic
    select u.*
    from api.users as u
    where u.id = (select auth.uid());
end;
comment on function api.me() is 'The signed-in user, or null.';

create or replace function api._email(subject api.users) returns text
language sql
stable
begin atomic
    select p.email
    from api.user_private as p
    where p.user_id = (subject).id;
end;
comment on function api._email(api.users) is 'E-mail address; null unless it is one''s own profile.';

create or replace function api._follower_count(subject api.users) returns integer
language sql
stable
begin atomic
    select s.follower_count
    from api.user_stats as s
    where s.user_id = (subject).id;
end;
comment on function api._follower_count(api.users) is 'How many follow this user.';

create or replace function api.tg_users__stats() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    insert into api.user_stats (user_id)
    select u.id from added as u;
    insert into api.user_settings (user_id)
    select u.id from added as u;
    return null;
end
$$;
comment on function api.tg_users__stats() is 'Gives new users their statistics and settings.';

-- A reserved handle answers exactly as a taken one does.
create or replace function api.tg_users__reserved() returns trigger
language plpgsql
set search_path = ''
as $$
begin
    if exists (select from ops.reserved_handles as r where ops.fold_handle(r.handle) = ops.fold_handle(new.username)) then
        raise exception 'duplicate key value violates unique constraint "users_username_is_unique"'
            using
                errcode = 'unique_violation', schema = 'api', table = 'users', column = 'username',
                constraint = 'users_username_is_unique', hint = 'Choose another handle.';
    end if;
    return new;
end
$$;
comment on function api.tg_users__reserved() is 'Keeps reserved handles, and what looks like them, from being taken.';

create or replace trigger users_reserved before insert or update of username on api.users
for each row execute function api.tg_users__reserved();
create or replace trigger users_version before update on api.users
for each row execute function ops.tg_rows__version();
create or replace trigger users_stats after insert on api.users
referencing new table as added for each statement execute function api.tg_users__stats();
create or replace trigger user_private_touch before update on api.user_private
for each row execute function ops.tg_rows__touch();

-- Once a birth date says so, whoever wrote it and however late: private and hard to find. The owner may open the account
-- to all, but not have it suggested to strangers.
create or replace function api.tg_user_private__protect() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if ops.is_minor(new.user_id) then
        update api.users as u set is_private = true where u.id = new.user_id and not u.is_private;
        update api.user_settings as s
        set is_discoverable = false, is_indexable = false, message_policy = 'FOLLOWED', mention_policy = 'FOLLOWED'
        where s.user_id = new.user_id;
    end if;
    return null;
end
$$;
comment on function api.tg_user_private__protect() is 'Makes the accounts of minors private.';

create or replace function api.tg_user_settings__minors() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if ops.is_minor(new.user_id) then
        raise exception 'The account of a minor is not shown to strangers.'
            using errcode = 'DA403', hint = 'Leave isDiscoverable and isIndexable off.';
    end if;
    return new;
end
$$;
comment on function api.tg_user_settings__minors() is 'Keeps minors from being discoverable.';

create or replace trigger user_private_protect after insert or update of birth_date on api.user_private
for each row when (new.birth_date is not null) execute function api.tg_user_private__protect();
create or replace trigger user_settings_version before update on api.user_settings
for each row execute function ops.tg_rows__version();
create or replace trigger user_settings_minors before insert or update on api.user_settings
for each row when (new.is_discoverable or new.is_indexable) execute function api.tg_user_settings__minors();
