-- What ranking knows of posts and people: how it is gathered from deltas, reports and views.

create or replace function feed.fold_affinity(deltas ops.counter_deltas[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    with met as (
        select
            d.actor_id as viewer_id,
            coalesce(p.author_id, d.subject_id) as author_id,
            d.delta * w.weight as value
        from unnest(deltas) as d
        inner join feed.affinity_weights as w on w.kind = d.counter
        left join api.posts as p on p.id = d.subject_id and starts_with(d.counter, 'POST')
        where d.actor_id is not null and (p.id is not null or d.counter = 'USER_FOLLOWERS')
    ),
    summed as (
        select
            m.viewer_id,
            m.author_id,
            sum(m.value) as value
        from met as m
        inner join api.users as v on v.id = m.viewer_id
        inner join api.users as u on u.id = m.author_id
        where m.viewer_id <> m.author_id
        group by m.viewer_id, m.author_id
    )
    insert into feed.affinity as a (viewer_id, author_id, value, updated_at)
    select s.viewer_id, s.author_id, s.value, now()
    from summed as s
    order by s.viewer_id, s.author_id
    on conflict (viewer_id, author_id) do update
    set
        value = feed.decayed(a.value, a.updated_at, excluded.updated_at) + excluded.value,
        updated_at = excluded.updated_at;
end;
comment on function feed.fold_affinity(ops.counter_deltas[]) is
'Adds what people have done to what is known of readers and authors; what is taken back is taken off.';

create or replace function feed.fold_feedback(deltas ops.counter_deltas[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    insert into feed.post_signals as s (post_id, hides, reports)
    select
        p.id,
        coalesce(sum(d.delta) filter (where d.counter = 'POST_HIDES'), 0),
        coalesce(sum(d.delta) filter (where d.counter = 'POST_REPORTS'), 0)
    from unnest(deltas) as d
    inner join api.posts as p on p.id = d.subject_id
    where d.counter in ('POST_HIDES', 'POST_REPORTS')
    group by p.id
    order by p.id
    on conflict (post_id) do update
    set hides = s.hides + excluded.hides, reports = s.reports + excluded.reports;
end;
comment on function feed.fold_feedback(ops.counter_deltas[]) is 'Adds how many have hidden and reported posts.';

create or replace function api.tg_post_feedback__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if tg_op in ('INSERT', 'UPDATE') then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_HIDES', f.post_id, count(*)
        from added as f
        where f.kind <> 'MORE_LIKE_THIS'
        group by f.post_id;
    end if;
    if tg_op in ('DELETE', 'UPDATE') then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_HIDES', f.post_id, -count(*)
        from removed as f
        where f.kind <> 'MORE_LIKE_THIS'
        group by f.post_id;
    end if;
    return null;
end
$$;
comment on function api.tg_post_feedback__count() is 'Records how many have hidden posts.';
create or replace trigger post_feedback_count_added after insert on api.post_feedback
referencing new table as added for each statement execute function api.tg_post_feedback__count();
create or replace trigger post_feedback_count_changed after update on api.post_feedback
referencing old table as removed new table as added
for each statement execute function api.tg_post_feedback__count();
create or replace trigger post_feedback_count_removed after delete on api.post_feedback
referencing old table as removed for each statement execute function api.tg_post_feedback__count();

create or replace function api.tg_reports__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if tg_op in ('INSERT', 'UPDATE') then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_REPORTS', r.subject_id, count(*)
        from added as r
        where r.subject_type = 'POST' and r.state <> 'DISMISSED'
        group by r.subject_id;
    end if;
    if tg_op in ('DELETE', 'UPDATE') then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_REPORTS', r.subject_id, -count(*)
        from removed as r
        where r.subject_type = 'POST' and r.state <> 'DISMISSED'
        group by r.subject_id;
    end if;
    return null;
end
$$;
comment on function api.tg_reports__count() is 'Records how many reports of posts there are that staff have not dismissed.';
create or replace trigger reports_count_added after insert on api.reports
referencing new table as added for each statement execute function api.tg_reports__count();
create or replace trigger reports_count_changed after update on api.reports
referencing old table as removed new table as added for each statement execute function api.tg_reports__count();
create or replace trigger reports_count_removed after delete on api.reports
referencing old table as removed for each statement execute function api.tg_reports__count();

-- A view changes until its half hour is over: only then is it known whether somebody skipped or stayed. Half hours without
-- views are passed over; a busy one is folded in parts, each of some of the people, so that none takes long.
create or replace function ops.fold_views(batch integer default 500000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    final constant timestamptz := ops.views_are_final_until();
    folded integer := 0;
    at ops.ranking_progress;
begin
    select p.* into strict at
    from ops.ranking_progress as p
    for update;
    while folded = 0 and at.folded_until < final loop
        at.parts := coalesce(at.parts, feed.parts_of_views(api.id_at(at.folded_until), batch));
        folded := feed.fold_signals(
            api.id_at(at.folded_until), api.id_at(at.folded_until + interval '30 minutes'), at.part, at.parts
        );
        perform feed.fold_meetings(
            api.id_at(at.folded_until), api.id_at(at.folded_until + interval '30 minutes'), at.part, at.parts
        );
        at.part := at.part + 1;
        if at.part >= at.parts then
            at := row(at.is_current, at.folded_until + interval '30 minutes', 0, null);
        end if;
    end loop;
    update ops.ranking_progress set folded_until = at.folded_until, part = at.part, parts = at.parts;
    return folded;
end
$$;
comment on function ops.fold_views(integer) is
'Adds about so many views of a half hour that is over, and messages of its people, to the signals of ranking; gives the number of views, 0 when there are no more.';

create or replace function feed.parts_of_views(half_hour bigint, batch integer) returns integer
language sql
stable
set search_path = ''
return (
    select greatest(ceil(count(*)::numeric / batch), 1)::integer
    from api.views as v
    where v.window_id = half_hour
);
comment on function feed.parts_of_views(bigint, integer) is 'In how many parts of about so many views a half hour is folded.';

create or replace function feed.is_in_part(user_id bigint, part integer, parts integer) returns boolean
language sql
immutable
return (hashint8(user_id) & 2147483647) % parts = part;
comment on function feed.is_in_part(bigint, integer, integer) is 'Whether somebody is among the people of a part.';

create or replace function feed.fold_signals(since bigint, until bigint, part integer, parts integer) returns integer
language sql
volatile
set search_path = ''
begin atomic
    with seen as (
        select
            v.post_id,
            count(*) as impressions,
            count(*) filter (where v.completion >= 90) as completed,
            sum(v.completion) / 100.0 as watched,
            count(*) filter (where v.dwell_ms between 1 and 999) as skips
        from api.views as v
        where v.window_id >= since and v.window_id < until and feed.is_in_part(v.user_id, part, parts)
        group by v.post_id
    ),
    added as (
        insert into feed.post_signals as s (post_id, impressions, completed, watched, skips)
        select
            n.post_id,
            n.impressions,
            n.completed,
            n.watched,
            n.skips
        from seen as n
        inner join api.posts as p on p.id = n.post_id
        order by n.post_id
        on conflict (post_id) do update
        set
            impressions = s.impressions + excluded.impressions,
            completed = s.completed + excluded.completed,
            watched = s.watched + excluded.watched,
            skips = s.skips + excluded.skips
    )
    select coalesce(sum(n.impressions), 0)::integer
    from seen as n;
end;
comment on function feed.fold_signals(bigint, bigint, integer, integer) is
'Adds the views that a part of the people had between two identifiers to the signals of posts.';

create or replace function feed.fold_meetings(since bigint, until bigint, part integer, parts integer) returns void
language sql
volatile
set search_path = ''
begin atomic
    with looked as (
        select
            v.user_id,
            p.author_id,
            v.window_id,
            count(*) filter (where v.dwell_ms >= 10000) as dwells,
            bool_or(v.source = 'PROFILE')::integer as visits
        from api.views as v
        inner join api.posts as p on p.id = v.post_id
        where
            v.window_id >= since and v.window_id < until and (v.dwell_ms >= 10000 or v.source = 'PROFILE')
            and p.author_id <> v.user_id and feed.is_in_part(v.user_id, part, parts)
        group by v.user_id, p.author_id, v.window_id
    ),
    written as (
        select distinct
            m.sender_id,
            other.user_id,
            date_bin('30 minutes', api.time_of_id(m.id), timestamptz '2025-01-01 00:00:00Z') as half_hour
        from api.messages as m
        inner join api.message_threads as t on t.id = m.thread_id and t.kind = 'DIRECT'
        inner join api.thread_members as other on other.thread_id = m.thread_id and other.user_id <> m.sender_id
        where m.id >= since and m.id < until and feed.is_in_part(m.sender_id, part, parts)
    ),
    met as (
        select l.user_id as viewer_id, l.author_id, l.dwells * w.weight as value
        from looked as l
        inner join feed.affinity_weights as w on w.kind = 'DWELL'
        union all
        select l.user_id, l.author_id, l.visits * w.weight
        from looked as l
        inner join feed.affinity_weights as w on w.kind = 'PROFILE_VISITS'
        union all
        select m.sender_id, m.user_id, w.weight
        from written as m
        inner join feed.affinity_weights as w on w.kind = 'MESSAGES'
    ),
    summed as (
        select
            m.viewer_id,
            m.author_id,
            sum(m.value) as value
        from met as m
        inner join api.users as v on v.id = m.viewer_id
        inner join api.users as u on u.id = m.author_id
        group by m.viewer_id, m.author_id
    )
    insert into feed.affinity as a (viewer_id, author_id, value, updated_at)
    select s.viewer_id, s.author_id, s.value, api.time_of_id(until)
    from summed as s
    order by s.viewer_id, s.author_id
    on conflict (viewer_id, author_id) do update
    set
        value
            = feed.decayed(a.value, a.updated_at, greatest(a.updated_at, excluded.updated_at))
            + feed.decayed(excluded.value, excluded.updated_at, greatest(a.updated_at, excluded.updated_at)),
        updated_at = greatest(a.updated_at, excluded.updated_at);
end;
comment on function feed.fold_meetings(bigint, bigint, integer, integer) is
'Adds whose posts people have looked at for long, whose profiles they visited and whom they wrote to.';

create or replace function ops.refresh_usual_rates() returns integer
language sql
volatile
security definer
set search_path = ''
begin atomic
    with lately as (
        select
            p.type,
            sum(
                case p.type when 'REEL' then g.impressions else greatest(s.views_count, r.responses) end
            ) as impressions,
            sum(
                case p.type
                    when 'REEL' then (least(r.responses, g.impressions) + g.completed + g.watched) / 3
                    else r.responses
                end
            ) as positives
        from api.posts as p
        inner join api.post_stats as s on s.post_id = p.id
        left join feed.post_signals as g on g.post_id = p.id
        cross join lateral (
            select s.likes_count + s.comments_count + s.shares_count + s.saves_count + s.reposts_count + s.quotes_count
        ) as r (responses)
        where p.id >= api.id_at(now() - interval '7 days')
        group by p.type
    ),
    changed as (
        update feed.ranking_types as t
        set usual_rate = least(greatest(l.positives / l.impressions, 0.001), 0.9)
        from lately as l
        where t.type = l.type and l.impressions >= 1000
        returning t.type
    )
    select count(*)::integer
    from changed;
end;
comment on function ops.refresh_usual_rates() is
'Learns from the last week how posts of each type usually do, where there were 1,000 impressions; gives the number of types.';
