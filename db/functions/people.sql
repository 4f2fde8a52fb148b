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

create or replace function api.deactivate_account() returns api.users
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.users;
begin
    update api.users as u
    set state = 'DEACTIVATED'
    where u.id = ops.require_user()
    returning u.* into changed;
    perform auth.record_event('deactivated', changed.id, null, null, null);
    return changed;
end
$$;
comment on function api.deactivate_account() is
'Puts one''s account away: nobody sees it, nor what it has made, until it is reactivated.';

create or replace function api.reactivate_account() returns api.users
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    changed api.users;
begin
    update api.users as u
    set state = 'ACTIVE'
    where u.id = ops.require_user()
    returning u.* into changed;
    perform auth.record_event('reactivated', changed.id, null, null, null);
    return changed;
end
$$;
comment on function api.reactivate_account() is 'Takes one''s account out again after it was put away.';

create or replace function ops.change_standing(subject_id bigint, standing text, action text, reason text)
returns api.users
language plpgsql
volatile
set search_path = ''
as $$
declare
    changed api.users;
begin
    update api.users as u
    set state = standing
    where
        u.id = subject_id and u.deleted_at is null and u.id <> ops.require_user()
        and not exists (
            select from auth.credentials as c where c.user_id = u.id and c.role in ('moderator', 'admin')
        )
    returning u.* into changed;
    if not found then
        raise exception 'There is no such account.'
            using errcode = 'DA404', hint = 'Staff accounts, and one''s own, are changed by the operators.';
    end if;
    perform auth.record_event(
        action, subject_id, null, null, null, jsonb_build_object('by', auth.uid()::text, 'reason', reason)
    );
    return changed;
end
$$;
comment on function ops.change_standing(bigint, text, text, text) is
'Suspends or reinstates an account on behalf of the staff member who is signed in, and records it.';

create or replace function api.suspend_user(user_id bigint, reason text) returns api.users
language sql
volatile
security definer
set search_path = ''
return ops.change_standing(user_id, 'SUSPENDED', 'suspended', reason);
comment on function api.suspend_user(bigint, text) is
'For staff: suspends an account. It reads on and changes nothing, and nobody sees it.';

create or replace function api.reinstate_user(user_id bigint, reason text) returns api.users
language sql
volatile
security definer
set search_path = ''
return ops.change_standing(user_id, 'ACTIVE', 'reinstated', reason);
comment on function api.reinstate_user(bigint, text) is 'For staff: ends the suspension of an account.';

create or replace function api.create_user(input api.create_user_input) returns api.users
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    made api.users;
begin
    insert into api.users (username, name, user_type, locale)
    values (
        ops.clean_handle((input).username),
        coalesce((input).name, ''),
        coalesce((input).user_type, 'REGULAR'),
        coalesce((input).locale, 'ar')
    )
    returning * into made;
    insert into api.user_private (user_id, email, birth_date)
    values (made.id, (input).email, (input).birth_date);
    perform auth.record_event(
        'made_by_staff', made.id, null, null, null, jsonb_build_object('by', auth.uid()::text)
    );
    select u.* into made from api.users as u where u.id = made.id;
    return made;
end
$$;
comment on function api.create_user(api.create_user_input) is
'For admins: makes an account without a password, into which nobody can sign in until one is set. People register themselves by POST /auth/register.';

create or replace function api.verify_creator(input api.verify_creator_input) returns api.verification_requests
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    asked api.verification_requests;
begin
    insert into api.verification_requests (user_id, user_type, statement, evidence_url)
    values (
        ops.require_user(), coalesce((input).user_type, 'CREATOR'), (input).statement, nullif((input).evidence_url, '')
    )
    on conflict (user_id) where status = 'PENDING' do update
    set user_type = excluded.user_type, statement = excluded.statement, evidence_url = excluded.evidence_url
    returning * into asked;
    return asked;
end
$$;
comment on function api.verify_creator(api.verify_creator_input) is
'Asks DAIRA to check who one is. Asking again before the decision replaces what was said.';

create or replace function api.withdraw_verification() returns api.verification_requests
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    withdrawn api.verification_requests;
begin
    update api.verification_requests as r
    set status = 'WITHDRAWN', decided_at = now()
    where r.user_id = ops.require_user() and r.status = 'PENDING'
    returning r.* into withdrawn;
    if not found then
        raise exception 'No request is waiting.'
            using errcode = 'DA404', hint = 'A request can be withdrawn until it is decided.';
    end if;
    return withdrawn;
end
$$;
comment on function api.withdraw_verification() is 'Takes one''s request for verification back.';

-- Nobody decides on a request of their own. Who decided stands in the audit, not where the one who asked would read it.
create or replace function api.decide_verification(id bigint, is_approved boolean, note text default null)
returns api.verification_requests
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    decided api.verification_requests;
begin
    update api.verification_requests as r
    set
        status = case when is_approved then 'APPROVED' else 'REJECTED' end,
        decided_at = now(),
        note = decide_verification.note
    where r.id = decide_verification.id and r.status = 'PENDING' and r.user_id <> ops.require_user()
    returning r.* into decided;
    if not found then
        raise exception 'There is no such request to decide.'
            using errcode = 'DA404', hint = 'It is decided already, was withdrawn, or is one''s own.';
    end if;
    if is_approved then
        update api.users as u
        set is_verified = true, user_type = decided.user_type
        where u.id = decided.user_id;
        update auth.credentials as c
        set role = 'creator'
        where c.user_id = decided.user_id and c.role = 'authenticated' and decided.user_type = 'CREATOR';
    end if;
    perform auth.record_event(
        'verification_decided', decided.user_id, null, null, null,
        jsonb_build_object('by', auth.uid()::text, 'request', decided.id::text, 'status', decided.status)
    );
    return decided;
end
$$;
comment on function api.decide_verification(bigint, boolean, text) is
'For staff: decides on a request for verification. Who is verified gets the kind of account asked for.';

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
create or replace trigger user_settings_version before update on api.user_settings
for each row execute function ops.tg_rows__version();
create or replace trigger user_settings_minors before insert or update on api.user_settings
for each row when (new.is_discoverable or new.is_indexable or new.allows_analytics)
execute function api.tg_user_settings__minors();
