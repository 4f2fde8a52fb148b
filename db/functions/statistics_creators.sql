-- What creators are told of themselves: sums by the day, kept from the same events and views that are exported, and told to
-- nobody else. Tables rather than materialized views: what has come in is added, and years are never counted anew.

create or replace function ops.add_events_to_creators(
    after_written_in xid8, after_id bigint, until_written_in xid8, until_id bigint
) returns void
language sql
volatile
set search_path = ''
begin atomic
    insert into ops.creator_days as d (user_id, day, posts, reactions, comments, shares, saves, reposts, followers)
    select
        owner.id,
        ops.cairo_day(e.occurred_at),
        coalesce(sum(e.change) filter (where e.kind = 'POST'), 0),
        coalesce(sum(e.change) filter (where e.kind = 'REACTION'), 0),
        coalesce(sum(e.change) filter (where e.kind = 'COMMENT'), 0),
        coalesce(sum(e.change) filter (where e.kind = 'SHARE'), 0),
        coalesce(sum(e.change) filter (where e.kind = 'SAVE'), 0),
        coalesce(sum(e.change) filter (where e.kind = 'REPOST'), 0),
        coalesce(sum(e.change) filter (where e.kind = 'FOLLOW'), 0)
    from ops.analytics_events as e
    left join api.posts as p on p.id = e.subject_id and e.kind <> 'FOLLOW'
    inner join api.users as owner on owner.id = case e.kind when 'FOLLOW' then e.subject_id else p.author_id end
    where
        (e.written_in, e.id) > (add_events_to_creators.after_written_in, add_events_to_creators.after_id)
        and (e.written_in, e.id) <= (add_events_to_creators.until_written_in, add_events_to_creators.until_id)
        and e.kind in ('POST', 'REACTION', 'COMMENT', 'SHARE', 'SAVE', 'REPOST', 'FOLLOW')
    group by owner.id, ops.cairo_day(e.occurred_at)
    on conflict (user_id, day) do update
    set
        posts = d.posts + excluded.posts,
        reactions = d.reactions + excluded.reactions,
        comments = d.comments + excluded.comments,
        shares = d.shares + excluded.shares,
        saves = d.saves + excluded.saves,
        reposts = d.reposts + excluded.reposts,
        followers = d.followers + excluded.followers;
end;
comment on function ops.add_events_to_creators(xid8, bigint, xid8, bigint) is 'Adds a range of events to what creators are told.';

create or replace function ops.add_views_to_creators(window_id bigint) returns void
language sql
volatile
set search_path = ''
begin atomic
    insert into ops.creator_days as d (user_id, day, views, watch_ms, completed)
    select
        owner.id,
        ops.cairo_day(api.time_of_id(add_views_to_creators.window_id)),
        count(*),
        sum(v.dwell_ms),
        count(*) filter (where v.completion >= 90)
    from api.views as v
    inner join api.posts as p on p.id = v.post_id
    inner join api.users as owner on owner.id = p.author_id
    where v.window_id = add_views_to_creators.window_id
    group by owner.id
    on conflict (user_id, day) do update
    set
        views = d.views + excluded.views,
        watch_ms = d.watch_ms + excluded.watch_ms,
        completed = d.completed + excluded.completed;
end;
comment on function ops.add_views_to_creators(bigint) is 'Adds the views of a half hour to what creators are told.';

create or replace function ops.fold_creator_days(batch integer default 50000) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    taken record;
    half_hour bigint;
begin
    select t.* into taken
    from ops.take_events('CREATORS', batch) as t;
    if taken.events > 0 then
        perform ops.add_events_to_creators(
            taken.after_written_in, taken.after_id, taken.until_written_in, taken.until_id
        );
    end if;
    half_hour := ops.take_window('CREATORS');
    if half_hour is not null then
        perform ops.add_views_to_creators(half_hour);
    end if;
    return coalesce(taken.events, 0) + (half_hour is not null)::integer;
end
$$;
comment on function ops.fold_creator_days(integer) is
'Adds the next events and the next half hour of views to what creators are told; gives the events and half hours taken.';

create or replace function api.my_creator_metrics(since date default null, until date default null)
returns setof api.performance_metric
language sql
stable
security definer
rows 28
set search_path = ''
begin atomic
    select
        d.day,
        d.posts,
        d.views,
        case when d.views >= 10 then d.watch_ms / 1000.0 end::double precision,
        case when d.views >= 10 then d.completed end,
        d.reactions,
        d.comments,
        d.shares,
        d.saves,
        d.reposts,
        d.followers,
        (d.reactions + d.comments + d.shares + d.saves + d.reposts)::double precision / nullif(d.views, 0)
    from ops.creator_days as d
    where
        d.user_id = auth.uid()
        and d.day >= coalesce(my_creator_metrics.since, ops.cairo_day(now()) - 27)
        and d.day <= coalesce(my_creator_metrics.until, ops.cairo_day(now()))
    order by d.day desc
    limit 366;
end;
comment on function api.my_creator_metrics(date, date) is
'What became of one''s own posts, day by day, newest first: the last 28 days unless others are asked for, 366 at most. Days on
which nothing happened are left out.';
