-- People: oneself, lists of others, profile and settings.

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

create or replace function api.list_users(
    query text default null,
    user_type text default null,
    governorate_code text default null,
    is_verified boolean default null
) returns setof api.users
language sql
stable
rows 1000
begin atomic
    select u.*
    from api.users as u
    where
        (select true from feed.discoverable_users as d where d.user_id = u.id)
        and (
            list_users.query is null
            or (u.username >= lower(list_users.query) and u.username < lower(list_users.query) || '~')
        )
        and (list_users.user_type is null or u.user_type = list_users.user_type)
        and (list_users.governorate_code is null or u.governorate_code = list_users.governorate_code)
        and (list_users.is_verified is null or u.is_verified = list_users.is_verified);
end;
comment on function api.list_users(text, text, text, boolean) is
e'@graphql({"name": "users"})\nPeople who may be found: those whose handle begins with the query, of this type, from this governorate.';

create or replace function api.update_profile(input api.update_profile_input) returns api.users
language sql
volatile
begin atomic
    update api.users as u
    set
        name = coalesce((input).name, u.name),
        bio = coalesce((input).bio, u.bio),
        avatar_url = nullif(coalesce((input).avatar_url, u.avatar_url), ''),
        locale = coalesce((input).locale, u.locale),
        governorate_code = nullif(coalesce((input).governorate_code, u.governorate_code), ''),
        is_private = coalesce((input).is_private, u.is_private),
        version = coalesce((input).version, u.version)
    where u.id = (select auth.uid())
    returning *;
end;
comment on function api.update_profile(api.update_profile_input) is 'Changes one''s own profile.';

create or replace function api.update_settings(input api.update_settings_input) returns api.user_settings
language sql
volatile
begin atomic
    update api.user_settings as s
    set
        is_discoverable = coalesce((input).is_discoverable, s.is_discoverable),
        is_indexable = coalesce((input).is_indexable, s.is_indexable),
        is_family_mode = coalesce((input).is_family_mode, s.is_family_mode),
        message_policy = coalesce((input).message_policy, s.message_policy),
        mention_policy = coalesce((input).mention_policy, s.mention_policy),
        allows_analytics = coalesce((input).allows_analytics, s.allows_analytics),
        version = coalesce((input).version, s.version)
    where s.user_id = (select auth.uid())
    returning *;
end;
comment on function api.update_settings(api.update_settings_input) is 'Changes one''s own settings.';

create or replace trigger users_version before update on api.users
for each row execute function ops.tg_rows__version();
create or replace trigger users_stats after insert on api.users
referencing new table as added for each statement execute function api.tg_users__stats();
create or replace trigger user_private_touch before update on api.user_private
for each row execute function ops.tg_rows__touch();
create or replace trigger user_settings_version before update on api.user_settings
for each row execute function ops.tg_rows__version();
