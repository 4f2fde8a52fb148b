-- Batches. Of several events that set the same thing the last one counts; views of the same post are added up. Each
-- group of events is one statement, and a group that is not there costs nothing. Rows are written in the order of posts.

create or replace function feed.apply_reactions(viewer bigint, events api.engagement_event_input[], posts bigint[])
returns bigint[]
language sql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with wanted as (
        select distinct on (e.post_id)
            e.post_id,
            e.kind,
            coalesce(e.reaction, 'LIKE') as reaction
        from unnest(events) with ordinality as e
        where e.kind in ('REACT', 'UNREACT') and e.post_id = any(posts)
        order by e.post_id asc, e.ordinality desc
    ),
    added as (
        insert into api.reactions as r (post_id, user_id, kind)
        select
            w.post_id,
            viewer,
            w.reaction
        from wanted as w
        where w.kind = 'REACT'
        on conflict (post_id, user_id) do update
        set kind = excluded.kind
        where r.kind <> excluded.kind
        returning r.post_id
    ),
    removed as (
        delete from api.reactions as r
        using wanted as w
        where w.kind = 'UNREACT' and r.post_id = w.post_id and r.user_id = viewer
        returning r.post_id
    )
    select array_agg(d.post_id)
    from (
        select a.post_id from added as a
        union all
        select r.post_id from removed as r
    ) as d;
end;
comment on function feed.apply_reactions(bigint, api.engagement_event_input[], bigint[]) is
'Reactions given and taken back; gives the posts where that changed anything.';

create or replace function feed.apply_saves(viewer bigint, events api.engagement_event_input[], posts bigint[])
returns bigint[]
language sql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with wanted as (
        select distinct on (e.post_id)
            e.post_id,
            e.kind
        from unnest(events) with ordinality as e
        where e.kind in ('SAVE', 'UNSAVE') and e.post_id = any(posts)
        order by e.post_id asc, e.ordinality desc
    ),
    added as (
        insert into api.saves as s (user_id, post_id)
        select
            viewer,
            w.post_id
        from wanted as w
        where w.kind = 'SAVE'
        on conflict (user_id, post_id) do nothing
        returning s.post_id
    ),
    removed as (
        delete from api.saves as s
        using wanted as w
        where w.kind = 'UNSAVE' and s.post_id = w.post_id and s.user_id = viewer
        returning s.post_id
    )
    select array_agg(d.post_id)
    from (
        select a.post_id from added as a
        union all
        select r.post_id from removed as r
    ) as d;
end;
comment on function feed.apply_saves(bigint, api.engagement_event_input[], bigint[]) is
'Posts saved and taken out; gives the posts where that changed anything.';

create or replace function feed.apply_shares(viewer bigint, events api.engagement_event_input[], posts bigint[])
returns void
language sql
volatile
set search_path = ''
begin atomic
    insert into api.shares (user_id, post_id, kind, target)
    select
        viewer,
        e.post_id,
        coalesce(e.share_kind, 'LINK'),
        e.target
    from unnest(events) as e
    where e.kind = 'SHARE' and e.post_id = any(posts)
    order by e.post_id;
end;
comment on function feed.apply_shares(bigint, api.engagement_event_input[], bigint[]) is 'Posts passed on.';

create or replace function feed.apply_views(viewer bigint, events api.engagement_event_input[], posts bigint[])
returns bigint[]
language sql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with added as (
        insert into api.views as v (window_id, user_id, post_id, source, dwell_ms, completion)
        select
            api.id_at(date_bin('30 minutes', now(), timestamptz '2025-01-01 00:00:00Z')),
            viewer,
            e.post_id,
            coalesce((array_agg(e.source order by e.ordinality))[1], 'OTHER'),
            least(coalesce(sum(e.dwell_ms), 0), 86400000),
            coalesce(max(e.completion), 0)
        from unnest(events) with ordinality as e
        where e.kind = 'VIEW' and e.post_id = any(posts)
        group by e.post_id
        order by e.post_id
        on conflict (user_id, post_id, window_id) do update
        set
            dwell_ms = least(v.dwell_ms + excluded.dwell_ms, 86400000),
            completion = greatest(v.completion, excluded.completion)
        where excluded.dwell_ms <> 0 or excluded.completion > v.completion
        returning v.post_id, old.window_id is null as is_new
    )
    select array_agg(a.post_id)
    from added as a
    where a.is_new;
end;
comment on function feed.apply_views(bigint, api.engagement_event_input[], bigint[]) is
'Views; gives the posts that the viewer had not seen in this half hour.';

create or replace function api.record_engagement(events api.engagement_event_input[])
returns setof api.engagement_result
language plpgsql
volatile
security definer
rows 100
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    viewer constant bigint := auth.uid();
    kinds text[];
    posts bigint[];
    reacted bigint[];
    saved bigint[];
    seen bigint[];
begin
    if cardinality(events) > 100 then
        raise exception 'There are % events in the batch.', cardinality(events)
            using errcode = 'DA400', hint = 'Send at most 100 at a time.';
    end if;
    select array_agg(distinct e.kind), array_agg(distinct e.post_id)
    into kinds, posts
    from unnest(events) as e;
    select coalesce(array_agg(p.id), '{}') into posts
    from feed.visible_posts as p
    where p.id = any(posts);
    if kinds && '{REACT,UNREACT}' then
        reacted := feed.apply_reactions(viewer, events, posts);
    end if;
    if kinds && '{SAVE,UNSAVE}' then
        saved := feed.apply_saves(viewer, events, posts);
    end if;
    if kinds && '{SHARE}' then
        perform feed.apply_shares(viewer, events, posts);
    end if;
    if kinds && '{VIEW}' then
        seen := feed.apply_views(viewer, events, posts);
    end if;
    return query
    select
        e.post_id::api.snowflake,
        e.kind,
        case
            when e.post_id = any(posts) is not true then 'NOT_FOUND'
            when e.kind = 'SHARE' then 'DONE'
            when
                e.post_id = any(
                    case
                        when e.kind in ('REACT', 'UNREACT') then reacted
                        when e.kind in ('SAVE', 'UNSAVE') then saved
                        else seen
                    end
                )
                then 'DONE'
            else 'REPEATED'
        end::api.engagement_status
    from unnest(events) with ordinality as e
    order by e.ordinality;
end
$$;
comment on function api.record_engagement(api.engagement_event_input[]) is
'Takes a batch of up to 100 events (reactions, saves, shares, views with the time spent) and tells what became of each.
Events may be sent again: only shares are counted each time.';

create or replace function api.record_views(input api.view_input[]) returns setof api.engagement_result
language sql
volatile
rows 100
begin atomic
    select r.*
    from api.record_engagement(
        (
            select array_agg(
                row(
                    'VIEW', v.post_id, null, v.source, v.dwell_ms, v.completion, null, null
                )::api.engagement_event_input order by v.ordinality
            )
            from unnest(input) with ordinality as v
        )
    ) as r;
end;
comment on function api.record_views(api.view_input[]) is
'Takes a batch of up to 100 posts that were seen. A post counts once in half an hour; the time spent is added up.';

-- What foreign keys would do to the views of what is gone, without the lock that each new view would take.
