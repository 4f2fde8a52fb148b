-- The standing of accounts: put away and taken out, suspended, made by staff, verified.

create or replace function ops.change_own_standing(standing text, action text) returns api.users
language plpgsql
volatile
set search_path = ''
as $$
declare
    changed api.users;
begin
    update api.users as u
    set state = standing
    where u.id = ops.require_user()
    returning u.* into changed;
    perform auth.record_event(action, changed.id, null, null, null);
    return changed;
end
$$;
comment on function ops.change_own_standing(text, text) is 'Puts the own account away or takes it out, and records it.';

create or replace function api.deactivate_account() returns api.users
language sql
volatile
security definer
set search_path = ''
return ops.change_own_standing('DEACTIVATED', 'deactivated');
comment on function api.deactivate_account() is
'Puts one''s account away: nobody sees it, nor what it has made, until it is reactivated.';

create or replace function api.reactivate_account() returns api.users
language sql
volatile
security definer
set search_path = ''
return ops.change_own_standing('ACTIVE', 'reactivated');
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
