-- Accounts, sessions and their record, for the role `gateway` alone.
-- Each function answers with a status and does not raise: what it wrote (a revocation, an audit row) must commit
-- although the caller is refused.

create or replace function auth.record_event(
    action text,
    user_id bigint,
    session_id bigint,
    ip inet,
    user_agent text,
    details jsonb default '{}'
) returns void
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into auth.audit (action, user_id, session_id, ip, user_agent, details)
    values (action, user_id, session_id, ip, user_agent, details);
end;

comment on function auth.record_event(text, bigint, bigint, inet, text, jsonb) is
'Adds one row to the audit trail.';

create or replace function auth.describe_account(account_id bigint) returns json
language sql
stable
security definer
set search_path = ''
begin atomic
    select json_build_object(
        'id', u.id::text,
        'username', u.username,
        'email', p.email,
        'email_verified', p.email_verified_at is not null,
        'name', u.name,
        'avatar_url', u.avatar_url,
        'locale', u.locale,
        'user_type', u.user_type,
        'is_verified', u.is_verified,
        'is_private', u.is_private,
        'state', u.state,
        'role', c.role,
        'created_at', u.created_at
    )
    from api.users as u
    inner join api.user_private as p on p.user_id = u.id
    inner join auth.credentials as c on c.user_id = u.id
    where u.id = account_id and u.deleted_at is null;
end;

comment on function auth.describe_account(bigint) is
'The account as its owner sees it: profile, e-mail address and role.';

create or replace function auth.register_account(
    username text,
    email text,
    password_hash text,
    birth_date date,
    ip inet,
    user_agent text
) returns table (status text, account json)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    new_id bigint;
    broken text;
begin
    begin
        if ops.is_too_young(register_account.birth_date) then
            raise check_violation using constraint = 'birth_date';
        end if;
        insert into api.users (username)
        values (ops.clean_handle(register_account.username))
        returning users.id into new_id;
        insert into api.user_private (user_id, email, birth_date)
        values (new_id, register_account.email, register_account.birth_date);
        insert into auth.credentials (user_id, password_hash)
        values (new_id, register_account.password_hash);
    exception
        when unique_violation or check_violation then
            get stacked diagnostics broken = constraint_name;
            status := (case sqlstate when '23505' then 'taken' else 'invalid' end) || case
                when broken like '%email%' then '_email'
                when broken like '%birth_date%' then '_birth_date'
                else '_username'
            end;
    end;
    perform auth.record_event(
        case when status is null then 'registered' else 'registration_refused' end,
        case when status is null then new_id end, null, register_account.ip, register_account.user_agent,
        jsonb_strip_nulls(jsonb_build_object('reason', status))
    );
    if status is null then
        perform auth.ask_confirmation(new_id);
    end if;
    status := coalesce(status, 'created');
    account := case when status = 'created' then auth.describe_account(new_id) end;
    return next;
end;
$$;

comment on function auth.register_account(text, text, text, date, inet, text) is
'Creates an account, to whose address a token is sent; a minor''s is private. Status: created, taken_username, taken_email, invalid_username, invalid_email, invalid_birth_date.';

create or replace function auth.find_credentials(
    email text
) returns table (user_id bigint, password_hash text, role text, is_disabled boolean)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        c.user_id,
        c.password_hash,
        c.role,
        c.disabled_at is not null
    from api.user_private as p
    inner join api.users as u on u.id = p.user_id
    inner join auth.credentials as c on c.user_id = p.user_id
    where
        p.email_key = lower(find_credentials.email collate pg_catalog.pg_unicode_fast)
        and u.deleted_at is null;
end;

comment on function auth.find_credentials(text) is
'What a sign-in with this address is checked against; no row for an unknown address.';

create or replace function auth.replace_password_hash(
    account_id bigint,
    old_hash text,
    new_hash text
) returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    -- Compared with the old hash, so that a password changed meanwhile is not undone.
    update auth.credentials
    set password_hash = new_hash
    where user_id = account_id and password_hash = old_hash;
    if not found then
        return 'changed_meanwhile';
    end if;
    perform auth.record_event('password_rehashed', account_id, null, null, null);
    return 'replaced';
end;
$$;

comment on function auth.replace_password_hash(bigint, text, text) is
'The same password under a newer cost. Status: replaced, changed_meanwhile.';

create or replace function auth.note_failed_login(
    account_id bigint,
    ip inet,
    user_agent text,
    reason text
) returns text
language sql
volatile
security definer
set search_path = ''
begin atomic
    select auth.record_event('login_failed', account_id, null, ip, user_agent, jsonb_build_object('reason', reason));
    select 'noted';
end;

comment on function auth.note_failed_login(bigint, inet, text, text) is
'Records a refused sign-in; the account is null where the address is unknown.';

create or replace function auth.see_device(account_id bigint, fingerprint bytea, user_agent text) returns bigint
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into auth.devices (user_id, fingerprint, user_agent)
    values (account_id, fingerprint, user_agent)
    on conflict (user_id, fingerprint) do update set last_seen_at = now(), user_agent = excluded.user_agent
    returning id;
end;

comment on function auth.see_device(bigint, bytea, text) is
'The device with this fingerprint, remembered for the account.';

create or replace function auth.open_session(
    account_id bigint,
    refresh_key bytea,
    fingerprint bytea,
    ip inet,
    user_agent text,
    refresh_life interval,
    session_life interval
) returns table (status text, session_id bigint, role text)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
    select c.role into open_session.role
    from auth.credentials as c
    inner join api.users as u on u.id = c.user_id
    where c.user_id = account_id and c.disabled_at is null and u.deleted_at is null;
    if not found then
        status := 'disabled';
        perform auth.record_event('login_failed', account_id, null, open_session.ip, open_session.user_agent,
            '{"reason": "disabled"}');
        return next;
        return;
    end if;
    insert into auth.sessions (user_id, device_id, refresh_key, ip, user_agent, expires_at, ends_at)
    values (
        account_id,
        auth.see_device(account_id, open_session.fingerprint, open_session.user_agent),
        open_session.refresh_key,
        open_session.ip,
        open_session.user_agent,
        now() + least(refresh_life, session_life),
        now() + session_life
    )
    returning sessions.id into open_session.session_id;
    perform auth.record_event('logged_in', account_id, open_session.session_id, open_session.ip,
        open_session.user_agent);
    status := 'opened';
    return next;
end;
$$;

comment on function auth.open_session(bigint, bytea, bytea, inet, text, interval, interval) is
'Starts a session at counter 0. Status: opened, disabled.';

create or replace function auth.find_refresh_key(session_id bigint) returns bytea
language sql
stable
security definer
set search_path = ''
begin atomic
    select s.refresh_key
    from auth.sessions as s
    where s.id = find_refresh_key.session_id and s.revoked_at is null;
end;

comment on function auth.find_refresh_key(bigint) is
'The session''s half of the key under which its refresh tokens are made; null for a session that is over.';

create or replace function auth.revoke_session(session_id bigint, reason text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    update auth.sessions
    set revoked_at = now(), revoked_reason = reason
    where id = revoke_session.session_id and revoked_at is null
    returning true;
end;

comment on function auth.revoke_session(bigint, text) is
'Ends a session; null where it was over already.';

create or replace function auth.rotate_session(
    session_id bigint,
    presented bigint,
    ip inet,
    user_agent text,
    refresh_life interval,
    reuse_tolerance interval
) returns table (status text, user_id bigint, role text, refresh_counter bigint)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    held auth.sessions;
begin
    -- A session held by another refresh is not waited for: the lane would stand still. The gateway asks again.
    select * into held from auth.sessions as s where s.id = rotate_session.session_id for update skip locked;
    if not found then
        status := case
            when exists (select from auth.sessions as s where s.id = rotate_session.session_id) then 'busy'
            else 'unknown'
        end;
        return next;
        return;
    end if;

    select c.role into rotate_session.role
    from auth.credentials as c
    inner join api.users as u on u.id = c.user_id
    where c.user_id = held.user_id and c.disabled_at is null and u.deleted_at is null;

    -- Tolerated: the parent of the current token (its answer was lost), and any older token just after a rotation
    -- (several tabs refreshed at once). Both get the current token again and move nothing.
    status := case
        when held.revoked_at is not null then 'revoked'
        when least(held.expires_at, held.ends_at) <= now() then 'expired'
        when rotate_session.role is null then 'disabled'
        when presented > held.refresh_counter then 'unknown'
        when presented = held.refresh_counter then 'rotated'
        when presented = held.refresh_counter - 1 then 'repeated'
        when held.rotated_at + reuse_tolerance > now() then 'repeated'
        else 'reused'
    end;
    user_id := held.user_id;

    if status = 'rotated' then
        update auth.sessions as s
        set
            refresh_counter = s.refresh_counter + 1,
            rotated_at = now(),
            expires_at = least(now() + refresh_life, s.ends_at),
            ip = rotate_session.ip,
            user_agent = rotate_session.user_agent
        where s.id = held.id
        returning s.refresh_counter into rotate_session.refresh_counter;
    elsif status = 'repeated' then
        refresh_counter := held.refresh_counter;
    elsif status = 'reused' then
        perform auth.revoke_session(held.id, 'token_reuse');
    end if;

    if status in ('rotated', 'repeated', 'reused') then
        perform auth.record_event(
            case status
                when 'rotated' then 'token_refreshed' when 'repeated' then 'token_repeated' else 'token_reused'
            end,
            held.user_id, held.id, rotate_session.ip, rotate_session.user_agent,
            jsonb_build_object('presented', presented, 'current', held.refresh_counter)
        );
    end if;
    return next;
end;
$$;

comment on function auth.rotate_session(bigint, bigint, inet, text, interval, interval) is
'Exchanges the refresh token with this counter, whose digest the caller has checked. Status: rotated, repeated (the current token again), reused (the session is revoked), busy, unknown, revoked, expired, disabled.';

create or replace function auth.close_session(
    account_id bigint,
    session_id bigint,
    ip inet,
    user_agent text
) returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    if not exists (
        select from auth.sessions as s where s.id = close_session.session_id and s.user_id = account_id
    ) then
        return 'unknown';
    end if;
    if auth.revoke_session(close_session.session_id, 'logout') is null then
        return 'closed_already';
    end if;
    perform auth.record_event('logged_out', account_id, close_session.session_id, close_session.ip,
        close_session.user_agent);
    return 'closed';
end;
$$;

comment on function auth.close_session(bigint, bigint, inet, text) is
'Signs one session out. Status: closed, closed_already, unknown.';

create or replace function auth.close_other_sessions(
    account_id bigint,
    kept_id bigint,
    reason text
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    closed integer;
begin
    update auth.sessions
    set revoked_at = now(), revoked_reason = reason
    where user_id = account_id and id is distinct from kept_id and revoked_at is null;
    get diagnostics closed = row_count;
    perform auth.record_event('sessions_revoked', account_id, kept_id, null, null,
        jsonb_build_object('reason', reason, 'closed', closed));
    return closed;
end;
$$;

comment on function auth.close_other_sessions(bigint, bigint, text) is
'Signs out every session of the account but one (all of them where it is null); says how many.';

create or replace function auth.list_sessions(
    account_id bigint
) returns table (
    id bigint,
    created_at timestamptz,
    rotated_at timestamptz,
    expires_at timestamptz,
    ip inet,
    user_agent text
)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        s.id,
        s.created_at,
        s.rotated_at,
        s.expires_at,
        s.ip,
        s.user_agent
    from auth.sessions as s
    where s.user_id = account_id and s.revoked_at is null and least(s.expires_at, s.ends_at) > now()
    order by s.id desc;
end;

comment on function auth.list_sessions(bigint) is
'The account''s live sessions, newest first.';

create or replace function auth.find_account(
    account_id bigint,
    session_id bigint
) returns table (status text, account json)
language sql
stable
security definer
set search_path = ''
begin atomic
    select
        case
            when c.disabled_at is not null then 'disabled'
            when s.id is null then 'signed_out'
            else 'live'
        end,
        auth.describe_account(c.user_id)
    from auth.credentials as c
    left join auth.sessions as s
        on s.user_id = c.user_id and s.id = find_account.session_id and s.revoked_at is null and s.ends_at > now()
    where c.user_id = account_id;
end;

comment on function auth.find_account(bigint, bigint) is
'The account behind an access token, and whether its session still lives: live, signed_out, disabled; no row for an unknown account.';
