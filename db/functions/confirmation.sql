-- Confirmation of e-mail addresses. The token is made by the job that sends it, so that it stands in no row and in no
-- job's arguments. Functions of schema auth answer with a status and never raise.

create or replace function auth.ask_confirmation(account_id bigint) returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    return ops.defer('notification.trigger', 'accounts.confirm_email', jsonb_build_object('user_id', account_id));
end
$$;
comment on function auth.ask_confirmation(bigint) is 'Has a job send a token to the address of an account; gives the job.';

create or replace function auth.resend_confirmation(email text, ip inet, user_agent text) returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    account_id bigint;
begin
    select p.user_id into account_id
    from api.user_private as p
    inner join api.users as u on u.id = p.user_id
    where p.email_key = lower(resend_confirmation.email collate pg_catalog.pg_unicode_fast) and u.deleted_at is null;
    -- For an unknown address, too: a job that finds nobody takes the same time as one that finds somebody.
    perform auth.ask_confirmation(account_id);
    perform auth.record_event('confirmation_asked', account_id, null, resend_confirmation.ip,
        resend_confirmation.user_agent);
    return 'asked';
end
$$;
comment on function auth.resend_confirmation(text, inet, text) is
'Has a token sent to an address that has an account and is not confirmed. Status: asked, whether there is one or not.';

create or replace function auth.confirm_email(token_hash bytea, ip inet, user_agent text) returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    held auth.one_time_tokens;
    status text;
begin
    select t.* into held
    from auth.one_time_tokens as t
    inner join api.users as u on u.id = t.user_id and u.deleted_at is null
    inner join api.user_private as p on p.user_id = t.user_id and p.email_key = t.email_key
    where t.token_hash = confirm_email.token_hash and t.type = 'CONFIRM_EMAIL'
    for update of t;
    status := case
        when held.user_id is null then 'unknown'
        when held.expires_at <= now() then 'expired'
        when held.used_at is not null then 'confirmed_already'
        else 'confirmed'
    end;
    if status = 'confirmed' then
        update auth.one_time_tokens as t set used_at = now()
        where t.user_id = held.user_id and t.type = held.type;
        update api.user_private as p set email_verified_at = now(), updated_at = now()
        where p.user_id = held.user_id and p.email_verified_at is null;
    end if;
    if status <> 'confirmed_already' then
        perform auth.record_event(
            case status when 'confirmed' then 'email_confirmed' else 'confirmation_refused' end,
            held.user_id, null, confirm_email.ip, confirm_email.user_agent,
            case status when 'confirmed' then '{}' else jsonb_build_object('reason', status) end
        );
    end if;
    return status;
end
$$;
comment on function auth.confirm_email(bytea, inet, text) is
'Confirms the address that a token was sent to. Status: confirmed, confirmed_already (the same token again), expired, unknown.';

create or replace function ops.issue_confirmation(account_id bigint, token_hash bytea, life interval)
returns table (status text, email text, locale text)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    reader record;
begin
    select p.email, p.email_key, p.email_verified_at, u.locale::text as locale into reader
    from api.user_private as p
    inner join api.users as u on u.id = p.user_id and u.deleted_at is null
    where p.user_id = issue_confirmation.account_id;
    if not found or reader.email_verified_at is not null then
        status := case when found then 'confirmed' else 'gone' end;
        return next;
        return;
    end if;
    insert into auth.one_time_tokens as t (user_id, type, token_hash, email_key, expires_at)
    values (
        issue_confirmation.account_id, 'CONFIRM_EMAIL', issue_confirmation.token_hash, reader.email_key, now() + life
    )
    on conflict (user_id, type) do update
    set
        token_hash = excluded.token_hash,
        email_key = excluded.email_key,
        created_at = now(),
        expires_at = excluded.expires_at,
        used_at = null;
    status := 'issued';
    email := reader.email;
    locale := reader.locale;
    return next;
end
$$;
comment on function ops.issue_confirmation(bigint, bytea, interval) is
'Puts a new token in the place of the one before and tells where to send it. Status: issued, confirmed, gone.';
