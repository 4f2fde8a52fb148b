-- Idempotency keys: claimed before a write, marked in its transaction, settled with its answer. None of these raises.

create or replace function ops.claim_key(
    user_id bigint, key text, route text, digest bytea, lease interval
) returns table (state text, claim bigint, status integer, headers jsonb, body bytea)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    held ops.idempotency_keys;
begin
    if claim_key.user_id is null then
        return query select 'ANONYMOUS', null::bigint, null::integer, null::jsonb, null::bytea;
        return;
    end if;
    if char_length(claim_key.key) not between 1 and 255 then
        return query select 'UNUSABLE', null::bigint, null::integer, null::jsonb, null::bytea;
        return;
    end if;
    insert into ops.idempotency_keys as k (user_id, key, route, digest)
    values (claim_key.user_id, claim_key.key, claim_key.route, claim_key.digest)
    on conflict (user_id, key) do update
    set
        id = excluded.id,
        route = excluded.route,
        digest = excluded.digest,
        claimed_at = excluded.claimed_at,
        written_at = null,
        status = null,
        headers = null,
        body = null
    where
        k.claimed_at < now() - interval '24 hours'
        or (k.written_at is null and k.digest = excluded.digest and k.claimed_at < now() - claim_key.lease)
    returning * into held;
    if found then
        return query select 'CLAIMED', held.id, held.status, held.headers, held.body;
        return;
    end if;
    select * into held
    from ops.idempotency_keys as k
    where k.user_id = claim_key.user_id and k.key = claim_key.key;
    return query
    select
        case
            when held.digest <> claim_key.digest then 'REUSED'
            when held.status is not null then 'ANSWERED'
            when held.written_at < now() - claim_key.lease then 'LOST'
            else 'IN_FLIGHT'
        end,
        held.id,
        held.status,
        held.headers,
        held.body;
end
$$;
comment on function ops.claim_key(bigint, text, text, bytea, interval) is
'Takes a key for a request: CLAIMED, or why not (ANONYMOUS UNUSABLE REUSED IN_FLIGHT LOST), or ANSWERED with the answer.
A claim whose lease is over and whose write was not made goes to the same request''s next attempt.';

create or replace function ops.mark_key(claim bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with marked as (
        update ops.idempotency_keys as k
        set written_at = now()
        where k.id = mark_key.claim and k.written_at is null
        returning k.id
    )
    select count(*) > 0
    from marked;
end;
comment on function ops.mark_key(bigint) is
'Says in the transaction of a write that it is made; false where the claim is no longer the key''s.';

create or replace function ops.settle_key(claim bigint, status integer, headers jsonb, body bytea) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with freed as (
        delete from ops.idempotency_keys as k
        where k.id = settle_key.claim and k.written_at is null
    ),
    answered as (
        update ops.idempotency_keys as k
        set
            status = settle_key.status,
            headers = settle_key.headers,
            body = settle_key.body
        where k.id = settle_key.claim and k.written_at is not null
        returning k.id
    )
    select count(*) > 0
    from answered;
end;
comment on function ops.settle_key(bigint, integer, jsonb, bytea) is
'Keeps the answer of a write that was made, and frees the key of one that was not; gives whether it was kept.';

create or replace function ops.remove_old_keys(batch integer default 20000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with removed as (
        delete from ops.idempotency_keys as k
        where k.id in (
            select o.id
            from ops.idempotency_keys as o
            where o.claimed_at < now() - interval '24 hours'
            limit batch
        )
        returning k.id
    )
    select count(*)
    from removed;
end;
comment on function ops.remove_old_keys(integer) is 'Removes keys that are older than 24 hours; gives their number.';
