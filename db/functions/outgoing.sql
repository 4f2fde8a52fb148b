-- Pushes and e-mails: a job takes some, sends them and settles each. What is taken is due again after five minutes unless it
-- was settled, so a worker that dies delays and never loses; receivers see one by its topic or Message-ID.

create or replace function ops.tellable_actors(n api.notifications) returns table (name text, since timestamptz)
language sql
stable
set search_path = ''
begin atomic
    select
        coalesce(nullif(u.name, ''), u.username::text),
        a.created_at
    from api.notification_actors as a
    inner join api.users as u on u.id = a.actor_id and u.deleted_at is null and u.state = 'ACTIVE'
    where
        a.notification_id = (n).id
        and not exists (
            select from api.blocks as b
            where (b.blocker_id, b.blocked_id) in (((n).recipient_id, a.actor_id), (a.actor_id, (n).recipient_id))
        );
end;
comment on function ops.tellable_actors(api.notifications) is 'Who did it, without whom the recipient has nothing to do with.';

create or replace function ops.is_tellable(n api.notifications) returns boolean
language sql
volatile
set search_path = ''
begin atomic
    select
        (n).read_at is null
        and ((n).post_id is null or feed.sees_post((n).recipient_id, (n).post_id))
        and (
            (n).comment_id is null
            or exists (select from api.comments as c where c.id = (n).comment_id and c.deleted_at is null)
        )
        and (not (n).has_actors or exists (select from ops.tellable_actors(n)))
    from api.users as u
    where u.id = (n).recipient_id and u.deleted_at is null and u.state = 'ACTIVE';
end;
comment on function ops.is_tellable(api.notifications) is
'Whether the recipient may still be told: unread, with a post that they see and somebody who is not blocked. Null is no.';

create or replace function ops.describe_notice(n api.notifications) returns jsonb
language sql
stable
set search_path = ''
begin atomic
    select jsonb_build_object(
        'id', (n).id::text,
        'kind', (n).kind,
        'title', case when u.locale like 'ar%' then k.name_ar else k.name_en end,
        'actor', (select a.name from ops.tellable_actors(n) as a order by a.since desc limit 1),
        'others', (select greatest(count(*) - 1, 0) from ops.tellable_actors(n)),
        'post_id', (n).post_id::text,
        'comment_id', (n).comment_id::text,
        'subject_id', (n).subject_id::text
    )
    from api.notification_kinds as k
    inner join api.users as u on u.id = (n).recipient_id
    where k.kind = (n).kind;
end;
comment on function ops.describe_notice(api.notifications) is
'What a push or an e-mail says of a notification: never the words of a post or comment.';

-- The check and the claim are one statement; what is no longer to be told ends here.
create or replace function ops.take_deliveries(channel text, batch integer default 50)
returns table (
    id bigint, recipient_id bigint, locale text, email text, notice jsonb, subscriptions jsonb, request_id text
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    taken bigint[];
begin
    with due as (
        select d.id, d.notification_id
        from ops.deliveries as d
        where d.channel = take_deliveries.channel and d.state = 'WAITING' and d.due_at <= now()
        order by d.due_at
        limit batch
        for update skip locked
    ),
    checked as materialized (
        select d.id, coalesce(ops.is_tellable(n), false) as is_tellable
        from due as d
        left join api.notifications as n on n.id = d.notification_id
    ),
    claimed as (
        update ops.deliveries as d
        set
            attempts = d.attempts + c.is_tellable::integer,
            due_at = now() + interval '5 minutes',
            state = case when c.is_tellable then 'WAITING' else 'DROPPED' end,
            outcome = case when c.is_tellable then d.outcome else 'read, gone or hidden meanwhile' end,
            settled_at = case when not c.is_tellable then now() end
        from checked as c
        where d.id = c.id
        returning d.id, d.state
    )
    select array_agg(c.id) into taken
    from claimed as c
    where c.state = 'WAITING';
    return query
    select
        d.id,
        d.recipient_id,
        u.locale::text,
        case when p.email_verified_at is not null or n.kind = 'SECURITY' then p.email end,
        ops.describe_notice(n),
        (
            select
                jsonb_agg(
                    jsonb_build_object(
                        'id', s.id::text, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth
                    )
                )
            from api.push_subscriptions as s
            where s.user_id = d.recipient_id and take_deliveries.channel = 'PUSH'
        ),
        d.request_id
    from ops.deliveries as d
    inner join api.notifications as n on n.id = d.notification_id
    inner join api.users as u on u.id = d.recipient_id
    left join api.user_private as p on p.user_id = d.recipient_id
    where d.id = any(taken)
    order by d.id;
end
$$;
comment on function ops.take_deliveries(text, integer) is
'Takes pushes or e-mails that are due, with all that is needed to send them; each is the caller''s for five minutes.';

create or replace function ops.settle_delivery(id bigint, state text, outcome text) returns text
language sql
volatile
security definer
set search_path = ''
begin atomic
    update ops.deliveries as d
    set
        state = case
            when settle_delivery.state = 'WAITING' and d.attempts >= 6 then 'FAILED' else settle_delivery.state
        end,
        outcome = left(settle_delivery.outcome, 500),
        due_at = now() + least(power(2, d.attempts) * interval '15 seconds', interval '1 hour') * (0.5 + random()),
        settled_at = case when settle_delivery.state <> 'WAITING' or d.attempts >= 6 then now() end
    where d.id = settle_delivery.id and d.state = 'WAITING'
    returning d.state::text;
end;
comment on function ops.settle_delivery(bigint, text, text) is
'Records what became of a delivery. WAITING has it tried again, later each time, up to six times in all.';

create or replace function ops.remove_push_subscription(id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with gone as (
        delete from api.push_subscriptions as s
        where s.id = remove_push_subscription.id
        returning s.id
    )
    select count(*) = 1
    from gone;
end;
comment on function ops.remove_push_subscription(bigint) is 'Forgets a device whose push service knows it no more.';

create or replace function ops.take_digests(batch integer default 50)
returns table (user_id bigint, locale text, email text, notices jsonb)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
    insert into ops.digests (user_id, due_at)
    select s.user_id, now()
    from api.notification_settings as s
    where s.digest <> 'OFF' and not exists (select from ops.digests as d where d.user_id = s.user_id)
    limit batch
    on conflict on constraint digests_pkey do nothing;
    return query
    with due as materialized (
        select
            d.user_id,
            d.sent_at,
            case when s.digest = 'WEEKLY' then interval '7 days' else interval '1 day' end as rhythm,
            ops.after_quiet_hours(now(), s.quiet_from, s.quiet_to) as loud_at
        from ops.digests as d
        inner join api.notification_settings as s on s.user_id = d.user_id and s.digest <> 'OFF'
        where d.due_at <= now()
        order by d.due_at
        limit batch
        for update of d skip locked
    ),
    told as materialized (
        select
            due.*,
            case
                when due.loud_at <= now() then (
                    select jsonb_agg(ops.describe_notice(n) order by n.position desc)
                    from (
                        select n.*
                        from api.notifications as n
                        where
                            n.recipient_id = due.user_id and n.read_at is null
                            and n.updated_at > coalesce(due.sent_at, now() - due.rhythm)
                        order by n.position desc
                        limit 20
                    ) as n
                    where ops.is_tellable(n)
                )
            end as notices
        from due
    ),
    claimed as (
        update ops.digests as d
        set
            attempts = case when told.notices is null then 0 else d.attempts + 1 end,
            due_at = case
                when told.loud_at > now() then told.loud_at
                when told.notices is null then now() + told.rhythm
                else now() + interval '5 minutes'
            end
        from told
        where d.user_id = told.user_id
    )
    select
        told.user_id,
        u.locale::text,
        p.email,
        told.notices
    from told
    inner join api.users as u on u.id = told.user_id
    inner join api.user_private as p on p.user_id = told.user_id and p.email_verified_at is not null
    where told.notices is not null;
end
$$;
comment on function ops.take_digests(integer) is
'Takes digests that are due: what is unread since the last one. Each is the caller''s for five minutes.';

create or replace function ops.settle_digest(user_id bigint, is_sent boolean, outcome text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    update ops.digests as d
    set
        sent_at = case when is_sent then now() else d.sent_at end,
        attempts = case when is_sent or d.attempts >= 6 then 0 else d.attempts end,
        outcome = left(settle_digest.outcome, 500),
        due_at = case
            when not is_sent and d.attempts < 6
                then now() + power(2, d.attempts) * interval '1 minute' * (0.5 + random())
            when s.digest = 'WEEKLY' then now() + interval '7 days'
            else now() + interval '1 day'
        end
    from api.notification_settings as s
    where d.user_id = settle_digest.user_id and s.user_id = d.user_id
    returning is_sent;
end;
comment on function ops.settle_digest(bigint, boolean, text) is 'Records whether a digest was sent, and when the next is due.';

create or replace function ops.remove_old_deliveries(batch integer default 5000) returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with late as (
        update ops.deliveries as d
        set state = 'DROPPED', outcome = 'not sent within three days', settled_at = now()
        where d.id in (
            select w.id
            from ops.deliveries as w
            where w.state = 'WAITING' and w.created_at < now() - interval '3 days'
            order by w.id
            limit batch
            for update skip locked
        )
        returning d.id
    ),
    old as (
        delete from ops.deliveries as d
        where d.id in (
            select s.id
            from ops.deliveries as s
            where s.state <> 'WAITING' and s.created_at < now() - interval '30 days'
            order by s.id
            limit batch
        )
        returning d.id
    )
    select (select count(*) from late) + (select count(*) from old);
end;
comment on function ops.remove_old_deliveries(integer) is
'Gives up what was not sent within three days and forgets what was settled a month ago; gives the number of both.';

create or replace function ops.publish_push_key(public_key text) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    insert into ops.push_keys as k (public_key)
    values (publish_push_key.public_key)
    on conflict (is_only) do update set public_key = excluded.public_key
    where k.public_key <> excluded.public_key
    returning true;
end;
comment on function ops.publish_push_key(text) is 'Tells clients the key under which the workers push.';

create or replace function api.push_key() returns text
language sql
stable
security definer
set search_path = ''
begin atomic
    select k.public_key
    from ops.push_keys as k;
end;
comment on function api.push_key() is
'The key that a browser''s pushManager.subscribe takes as applicationServerKey, base64url; null where nothing is pushed.';
