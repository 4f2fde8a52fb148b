-- Dates of birth, and what holds for minors.

create or replace function api._is_minor(subject api.users) returns boolean
language sql
stable
security definer
set search_path = ''
begin atomic
    select case when (subject).id = auth.uid() then ops.is_minor((subject).id) end;
end;
comment on function api._is_minor(api.users) is
'Whether one is a minor by the birth date given; null for anybody else, as the day of the change would tell a birthday.';

create or replace function ops.is_too_young(birth_date date) returns boolean
language sql
stable
set search_path = ''
begin atomic
    select is_too_young.birth_date > (now() at time zone 'Africa/Cairo')::date - make_interval(years => r.minimum_age)
    from ops.age_rules as r;
end;
comment on function ops.is_too_young(date) is 'Whether who was born on this day is below the age for an account.';

create or replace function api.set_birth_date(birth_date date) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := ops.require_user();
begin
    if ops.is_too_young(set_birth_date.birth_date) then
        raise exception 'Who was born on this day is too young for an account.'
            using errcode = 'DA403', hint = 'Come back later.';
    end if;
    update api.user_private as p
    set birth_date = set_birth_date.birth_date
    where p.user_id = viewer and (p.birth_date is null or p.birth_date = set_birth_date.birth_date);
    if not found then
        raise exception 'The date of birth never changes.'
            using errcode = 'DA403', hint = 'Write to the support if it is wrong.';
    end if;
    return ops.is_minor(viewer);
end
$$;
comment on function api.set_birth_date(date) is
'Tells one''s date of birth, once; answers whether one is a minor. The accounts of minors become private.';

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
        set
            is_discoverable = false, is_indexable = false, message_policy = 'FOLLOWED', mention_policy = 'FOLLOWED',
            allows_analytics = false
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
        raise exception '%', case
                when new.allows_analytics then 'Statistics don''t follow a minor.'
                else 'The account of a minor is not shown to strangers.'
            end
            using errcode = 'DA403', hint = 'Leave isDiscoverable, isIndexable and allowsAnalytics off.';
    end if;
    return new;
end
$$;
comment on function api.tg_user_settings__minors() is 'Keeps minors from being discoverable and from being followed by statistics.';

create or replace trigger user_private_protect after insert or update of birth_date on api.user_private
for each row when (new.birth_date is not null) execute function api.tg_user_private__protect();
create or replace trigger user_settings_minors before insert or update on api.user_settings
for each row when (new.is_discoverable or new.is_indexable or new.allows_analytics)
execute function api.tg_user_settings__minors();
