-- Events become notifications in three steps: who is told and may be (`ops.wanted_notices`), which events are told together
-- (`ops.list_notices`), and by which ways (`ops.queue_deliveries`). What a recipient sees of it is decided again at each
-- read, by policies.

-- The cost has it asked last.
create or replace function feed.sees_post(viewer bigint, post_id bigint) returns boolean
language plpgsql
volatile
cost 100000
set search_path = ''
as $$
declare
    before constant text := current_setting('app.user_id', true);
    seen boolean;
begin
    perform set_config('app.user_id', viewer::text, true);
    seen := exists (select from feed.visible_posts as p where p.id = sees_post.post_id);
    perform set_config('app.user_id', coalesce(before, ''), true);
    return seen;
end
$$;
comment on function feed.sees_post(bigint, bigint) is 'Whether this user may see this post; for jobs, which act for nobody.';

create or replace function ops.after_quiet_hours(moment timestamptz, quiet_from time, quiet_to time)
returns timestamptz
language sql
stable
begin atomic
    select
        case
            when quiet_from is null or quiet_from = quiet_to then moment
            when quiet_from < quiet_to and (cairo.clock < quiet_from or cairo.clock >= quiet_to) then moment
            when quiet_from > quiet_to and cairo.clock < quiet_from and cairo.clock >= quiet_to then moment
            else (cairo.day + (cairo.clock >= quiet_to)::integer + quiet_to) at time zone 'Africa/Cairo'
        end
    from (
        select
            (moment at time zone 'Africa/Cairo')::date as day,
            (moment at time zone 'Africa/Cairo')::time as clock
    ) as cairo;
end;
comment on function ops.after_quiet_hours(timestamptz, time, time) is
'The moment itself, or the end of the quiet hours that it falls into; the hours are Cairo''s.';

create or replace function ops.addressed_notices(given ops.notices[]) returns setof ops.notices
language sql
stable
set search_path = ''
begin atomic
    select
        n.id,
        n.kind,
        coalesce(n.recipient_id, case n.kind when 'COMMENT_LIKE' then c.author_id else p.author_id end),
        n.actor_id,
        n.post_id,
        n.comment_id,
        n.subject_id,
        n.created_at,
        n.request_id
    from unnest(given) as n
    left join api.posts as p on p.id = n.post_id
    left join api.comments as c on c.id = n.comment_id;
end;
comment on function ops.addressed_notices(ops.notices[]) is
'The events with their recipients: where none is named, the author of the post or comment.';

-- Everything is looked up by key, event by event: what was planned as a join took the product of events and people where
-- nothing was known of either.
create or replace function ops.wanted_notices(given ops.notices[]) returns setof ops.notices
language sql
volatile
set search_path = ''
begin atomic
    select n.*
    from ops.addressed_notices(given) as n
    left join api.notification_preferences as f on f.user_id = n.recipient_id and f.kind = n.kind
    left join api.comments as c on c.id = n.comment_id
    where
        n.recipient_id is distinct from n.actor_id
        and (
            select true from api.users as u
            where u.id = n.recipient_id and u.deleted_at is null and u.state = 'ACTIVE'
        )
        and coalesce(f.in_app, (select k.in_app from api.notification_kinds as k where k.kind = n.kind))
        and (
            n.actor_id is null
            or (
                (
                    select true from api.users as a
                    where a.id = n.actor_id and a.deleted_at is null and a.state = 'ACTIVE'
                )
                and (
                    select true from api.blocks as b
                    where b.blocker_id = n.recipient_id and b.blocked_id = n.actor_id
                ) is null
                and (
                    select true from api.blocks as b
                    where b.blocker_id = n.actor_id and b.blocked_id = n.recipient_id
                ) is null
                and (
                    select true from api.mutes as m
                    where
                        m.muter_id = n.recipient_id and m.muted_id = n.actor_id and m.scope <> 'TIMELINE'
                        and (m.expires_at is null or m.expires_at > now())
                ) is null
                and (
                    select true from api.restricts as r
                    where r.restricter_id = n.recipient_id and r.restricted_id = n.actor_id
                ) is null
                and (
                    f.source is distinct from 'FOLLOWED'
                    or (
                        select true from api.follows as w
                        where w.follower_id = n.recipient_id and w.followee_id = n.actor_id
                    )
                )
            )
        )
        and (
            select true from api.muted_threads as t
            where
                t.user_id = n.recipient_id and t.post_id = n.post_id and t.scope <> 'TIMELINE'
                and (t.expires_at is null or t.expires_at > now())
        ) is null
        and (
            select true from api.muted_words as w
            where
                w.user_id = n.recipient_id and w.scope <> 'TIMELINE'
                and (w.expires_at is null or w.expires_at > now())
                and strpos(lower(c.content), lower(w.word)) > 0
            limit 1
        ) is null
        and (
            n.comment_id is null
            or (
                c.deleted_at is null and c.state = 'VISIBLE'
                and (select true from api.withheld_comments as w where w.comment_id = c.id) is null
            )
        )
        and (n.post_id is null or feed.sees_post(n.recipient_id, n.post_id));
end;
comment on function ops.wanted_notices(ops.notices[]) is
'The events whose recipients may and want to know: no block, mute, restriction or preference is against it.';

create or replace function ops.group_of(n ops.notices) returns text
language sql
immutable
begin atomic
    select case
        when (n).kind = 'FOLLOW' then 'FOLLOW'
        when (n).kind in ('REACTION', 'COMMENT', 'REPOST') then format('%s:%s', (n).kind, (n).post_id)
        when (n).kind = 'COMMENT_LIKE' then format('%s:%s', (n).kind, (n).comment_id)
        else format('%s:%s:%s:%s:%s', (n).kind, (n).post_id, (n).comment_id, (n).subject_id, (n).actor_id)
    end;
end;
comment on function ops.group_of(ops.notices) is 'Events with the same group and recipient are told of together.';

-- Groups are opened in the order of their keys, so that two folds never deadlock; where both open one, the second waits and
-- joins it.
create or replace function ops.list_notices(wanted ops.notices[]) returns bigint[]
language sql
volatile
set search_path = ''
begin atomic
    with grouped as (
        select
            n.recipient_id,
            ops.group_of(n) as group_key,
            min(n.kind) as kind,
            max(n.post_id) as post_id,
            max(n.comment_id) as comment_id,
            max(n.subject_id) as subject_id,
            min(n.created_at) as created_at,
            array_agg(n.actor_id) filter (where n.actor_id is not null) as actors
        from unnest(wanted) as n
        group by n.recipient_id, ops.group_of(n)
    ),
    opened as (
        insert into ops.open_notifications as o (recipient_id, group_key, notification_id)
        select g.recipient_id, g.group_key, api.next_id()
        from grouped as g
        order by g.recipient_id, g.group_key
        on conflict (recipient_id, group_key) do update
        set
            notification_id = case
                when o.opened_at < now() - interval '1 day' then excluded.notification_id else o.notification_id
            end,
            opened_at = case when o.opened_at < now() - interval '1 day' then now() else o.opened_at end
        returning o.recipient_id, o.group_key, o.notification_id
    ),
    listed as (
        insert into api.notifications (
            id, recipient_id, kind, post_id, comment_id, subject_id, has_actors, position, created_at
        )
        select
            o.notification_id, g.recipient_id, g.kind, g.post_id, g.comment_id, g.subject_id, g.actors is not null,
            api.next_id(), g.created_at
        from opened as o
        inner join grouped as g on g.recipient_id = o.recipient_id and g.group_key = o.group_key
        on conflict (id) do update
        set position = excluded.position, comment_id = excluded.comment_id, updated_at = now()
        returning id, recipient_id
    ),
    acted as (
        insert into api.notification_actors (notification_id, actor_id, recipient_id)
        select distinct o.notification_id, a.actor_id, o.recipient_id
        from opened as o
        inner join grouped as g on g.recipient_id = o.recipient_id and g.group_key = o.group_key
        cross join unnest(g.actors) as a (actor_id)
        on conflict (notification_id, actor_id) do nothing
    )
    select array_agg(l.id)
    from listed as l;
end;
comment on function ops.list_notices(ops.notices[]) is
'Makes notifications of events, or adds the events to unread ones that they belong to; gives the notifications.';

create or replace function ops.queue_deliveries(notification_ids bigint[], told ops.notices[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    with causes as (
        select distinct on (o.notification_id)
            o.notification_id,
            t.request_id
        from unnest(told) as t
        inner join ops.open_notifications as o on o.recipient_id = t.recipient_id and o.group_key = ops.group_of(t)
        where t.request_id is not null
        order by o.notification_id asc, t.id desc
    )
    insert into ops.deliveries (notification_id, recipient_id, channel, due_at, request_id)
    select
        n.id,
        n.recipient_id,
        ways.channel,
        case when n.kind = 'SECURITY' then now() else ops.after_quiet_hours(now(), s.quiet_from, s.quiet_to) end,
        causes.request_id
    from api.notifications as n
    inner join api.notification_kinds as k on k.kind = n.kind
    left join api.notification_preferences as f on f.user_id = n.recipient_id and f.kind = n.kind
    left join api.notification_settings as s on s.user_id = n.recipient_id
    left join causes on causes.notification_id = n.id
    cross join lateral (
        values ('PUSH', coalesce(f.push, k.push)), ('EMAIL', coalesce(f.email, k.email))
    ) as ways (channel, is_wanted)
    where
        n.id = any(notification_ids)
        and ways.is_wanted
        and (
            ways.channel = 'EMAIL'
            or exists (select from api.push_subscriptions as p where p.user_id = n.recipient_id)
        )
        and not exists (
            select from ops.deliveries as d
            where
                d.recipient_id = n.recipient_id and d.notification_id = n.id and d.channel = ways.channel
                and d.created_at > now() - interval '1 hour'
        )
    on conflict (notification_id, channel) where state = 'WAITING' do nothing;
end;
comment on function ops.queue_deliveries(bigint[], ops.notices[]) is
'Has pushes and e-mails sent as the recipients prefer: after quiet hours, and at most one an hour for one notification.
Each names the newest request of the events that it tells.';

create or replace function ops.fold_notices(batch integer default 5000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
    taken ops.notices[];
    wanted ops.notices[];
begin
    with removed as (
        delete from ops.notices as d
        where d.ctid = any(array(
            select w.ctid
            from ops.notices as w
            order by w.id
            limit batch
            for update skip locked
        ))
        returning d.*
    )
    select array_agg(r) into taken
    from removed as r;
    if taken is null then
        return 0;
    end if;
    select array_agg(w) into wanted
    from ops.wanted_notices(taken) as w;
    perform ops.queue_deliveries(ops.list_notices(wanted), wanted);
    perform set_config('app.request_id', t.request_id, true)
    from unnest(taken) as t
    where t.request_id is not null
    order by t.id desc
    limit 1;
    return cardinality(taken);
end
$$;
comment on function ops.fold_notices(integer) is
'Makes notifications of one batch of events; gives the number of events taken. app.request_id is the newest of the requests
that caused them afterwards.';

create or replace function api.unread_count() returns integer
language sql
stable
begin atomic
    select count(*)
    from (
        select
        from api.notifications as n
        where n.recipient_id = (select auth.uid()) and n.read_at is null
        limit 100
    ) as unread;
end;
comment on function api.unread_count() is 'How many notifications are unread; counted up to 100.';

create or replace function api.list_notifications(
    cursor text default null, "limit" integer default 20, unread_only boolean default false
) returns api.notification_list
language sql
stable
begin atomic
    with page as (
        select
            n.node,
            n.position,
            row_number() over (order by n.position desc) <= size.most as is_shown
        from (select least(greatest(coalesce("limit", 20), 1), 50) as most) as size
        cross join lateral (
            select n as node, n.position
            from api.notifications as n
            where
                n.recipient_id = (select auth.uid())
                and n.position < coalesce(feed.decode_cursor(cursor), 9223372036854775807)
                and (n.read_at is null or unread_only is not true)
            order by n.position desc
            limit size.most + 1
        ) as n
    ),
    listed as (
        select
            array_agg(
                row(feed.encode_cursor(p.position), p.node)::api.notification_list_edge order by p.position desc
            ) filter (where p.is_shown) as edges,
            bool_or(not p.is_shown) as has_more
        from page as p
    )
    select
        row(
            coalesce(l.edges, '{}'),
            row(
                coalesce(l.has_more, false), cursor is not null,
                (l.edges[1]).cursor, (l.edges[cardinality(l.edges)]).cursor
            )::api.page_info,
            api.unread_count()
        )::api.notification_list
    from listed as l;
end;
comment on function api.list_notifications(text, integer, boolean) is
e'@graphql({"name": "notifications"})\nOne''s notifications, newest first. A page holds 1 to 50.';

-- What is open is held first, and in the order of its keys, as by ops.list_notices. What has come since stays unread.
create or replace function api.mark_notifications_read(ids bigint[] default null) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := auth.uid();
    held bigint[];
    marked integer;
begin
    select array_agg(o.notification_id) into held
    from (
        select o.notification_id
        from ops.open_notifications as o
        where o.recipient_id = viewer and (ids is null or o.notification_id = any(ids))
        order by o.group_key
        for update
    ) as o;
    update api.notifications as n
    set read_at = now(), updated_at = now()
    where
        n.recipient_id = viewer and n.read_at is null and (ids is null or n.id = any(ids))
        and (
            n.id = any(held)
            or not exists (
                select from ops.open_notifications as o where o.recipient_id = viewer and o.notification_id = n.id
            )
        );
    get diagnostics marked = row_count;
    delete from ops.open_notifications as o
    where o.recipient_id = viewer and o.notification_id = any(held);
    return marked;
end
$$;
comment on function api.mark_notifications_read(bigint[]) is
'Marks notifications as read, all of them where none are named; gives how many were not.';

create or replace function api.subscribe_push(endpoint text, p256dh text, auth text, user_agent text default '')
returns api.push_subscriptions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := auth.uid();
    made api.push_subscriptions;
begin
    if viewer is null then
        raise exception 'Only a signed-in user can be told.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    insert into api.push_subscriptions as s (user_id, endpoint, p256dh, auth, user_agent)
    values (viewer, $1, $2, $3, left(coalesce($4, ''), 200))
    on conflict on constraint push_subscriptions_endpoint_is_unique do update
    set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth, user_agent = excluded.user_agent
    returning s.* into made;
    delete from api.push_subscriptions as s
    where s.user_id = viewer and s.id in (
        select old.id
        from api.push_subscriptions as old
        where old.user_id = viewer
        order by old.id desc
        offset 20
    );
    return made;
end
$$;
comment on function api.subscribe_push(text, text, text, text) is
'Has notifications sent to a browser or device too. An endpoint belongs to whoever signed in on it last; one keeps 20.';
