-- Each function asks feed.visible_posts once, and writes rows of the viewer's own only: two people never wait for each
-- other. Sums are deltas; see ops.fold_counters.

create or replace view feed.viewer_hides as
select f.post_id
from api.post_feedback as f
where f.user_id = (select auth.uid()) and f.kind <> 'MORE_LIKE_THIS';
comment on view feed.viewer_hides is 'Posts that the viewer does not want in feeds.';

create or replace view feed.viewer_avoids as
select p.author_id as user_id
from api.post_feedback as f
inner join api.posts as p on p.id = f.post_id
where
    f.user_id = (select auth.uid()) and f.kind = 'NOT_INTERESTED' and f.created_at > now() - interval '14 days'
    and p.author_id <> f.user_id;
comment on view feed.viewer_avoids is 'Authors of whom the viewer wants less: feeds leave them out for two weeks.';

create or replace function feed.refuse_post() returns void
language plpgsql
set search_path = ''
as $$
begin
    raise exception 'There is no such post.'
        using errcode = 'DA404', hint = 'Name a post that you can see.';
end
$$;
comment on function feed.refuse_post() is 'Says that a post does not exist, or can''t be seen.';

create or replace function api.react_post(id bigint, kind api.reaction_kind default 'LIKE') returns api.reactions
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    given api.reactions;
begin
    insert into api.reactions as r (post_id, user_id, kind)
    select p.id, auth.uid(), coalesce(react_post.kind, 'LIKE')
    from feed.visible_posts as p
    where p.id = react_post.id
    on conflict (post_id, user_id) do update
    set kind = excluded.kind
    returning r.* into given;
    if not found then
        perform feed.refuse_post();
    end if;
    return given;
end
$$;
comment on function api.react_post(bigint, api.reaction_kind) is
'Reacts to a post. One person has one reaction: another kind takes the place of the one before.';

create or replace function api.unreact_post(id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with taken as (
        delete from api.reactions as r
        where r.post_id = unreact_post.id and r.user_id = auth.uid()
        returning r.post_id
    )
    select count(*) > 0
    from taken;
end;
comment on function api.unreact_post(bigint) is 'Takes one''s reaction to a post back; tells whether there was one.';

create or replace function api.save_post(id bigint, folder_id bigint default null) returns api.saves
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    kept api.saves;
begin
    insert into api.saves as s (user_id, post_id, folder_id)
    select auth.uid(), p.id, save_post.folder_id
    from feed.visible_posts as p
    where
        p.id = save_post.id
        and (
            save_post.folder_id is null
            or (
                select true from api.save_folders as f
                where f.id = save_post.folder_id and f.owner_id = auth.uid()
            )
        )
    on conflict on constraint saves_pkey do update
    set folder_id = excluded.folder_id
    returning s.* into kept;
    if not found then
        raise exception 'There is no such post, or no such folder of yours.'
            using errcode = 'DA404', hint = 'Name a post that you can see, and a folder that you have made.';
    end if;
    return kept;
end
$$;
comment on function api.save_post(bigint, bigint) is
'Puts a post by, in a folder if one is named; a post that is saved already moves to that folder.';

create or replace function api.unsave_post(id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with taken as (
        delete from api.saves as s
        where s.user_id = auth.uid() and s.post_id = unsave_post.id
        returning s.post_id
    )
    select count(*) > 0
    from taken;
end;
comment on function api.unsave_post(bigint) is 'Takes a post out of what one has saved; tells whether it was there.';

create or replace function api.share_post(id bigint, kind api.share_kind default 'LINK', target text default null)
returns api.shares
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    made api.shares;
begin
    insert into api.shares as s (user_id, post_id, kind, target)
    select auth.uid(), p.id, coalesce(share_post.kind, 'LINK'), share_post.target
    from feed.visible_posts as p
    where p.id = share_post.id
    returning s.* into made;
    if not found then
        perform feed.refuse_post();
    end if;
    return made;
end
$$;
comment on function api.share_post(bigint, api.share_kind, text) is
'Records that one has passed a post on. Whoever gets it sees it only if the post''s audience includes them.';

create or replace function api.give_feedback(post_id bigint, kind api.feedback_kind default 'HIDE')
returns api.post_feedback
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    given api.post_feedback;
begin
    insert into api.post_feedback as f (user_id, post_id, kind)
    select auth.uid(), p.id, coalesce(give_feedback.kind, 'HIDE')
    from feed.visible_posts as p
    where p.id = give_feedback.post_id
    on conflict on constraint post_feedback_pkey do update
    set kind = excluded.kind, created_at = excluded.created_at
    returning f.* into given;
    if not found then
        perform feed.refuse_post();
    end if;
    return given;
end
$$;
comment on function api.give_feedback(bigint, api.feedback_kind) is
'Takes a post out of one''s feeds (HIDE), asks for fewer like it, too (NOT_INTERESTED), or for more (MORE_LIKE_THIS).';

create or replace function api.withdraw_feedback(post_id bigint) returns boolean
language sql
volatile
security definer
set search_path = ''
begin atomic
    with taken as (
        delete from api.post_feedback as f
        where f.user_id = auth.uid() and f.post_id = withdraw_feedback.post_id
        returning f.post_id
    )
    select count(*) > 0
    from taken;
end;
comment on function api.withdraw_feedback(bigint) is 'Takes back what one has said about a post; tells whether there was anything.';

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

create or replace function api.tg_users__remove_views() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from api.views as v
    using gone as g
    where v.user_id = g.id;
    return null;
end
$$;
comment on function api.tg_users__remove_views() is 'Removes what people have seen together with them.';

create or replace function api.tg_posts__remove_views() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from api.views as v
    using gone as g
    where v.post_id = g.id;
    return null;
end
$$;
comment on function api.tg_posts__remove_views() is 'Removes the views of posts together with them.';

create or replace trigger users_remove_views after delete on api.users
referencing old table as gone for each statement execute function api.tg_users__remove_views();
create or replace trigger posts_remove_views after delete on api.posts
referencing old table as gone for each statement execute function api.tg_posts__remove_views();

-- What the viewer has done, read from the rows themselves and so at once.

create or replace function api._my_reaction(subject api.posts) returns text
language sql
stable
begin atomic
    select r.kind
    from api.reactions as r
    where r.post_id = (subject).id and r.user_id = (select auth.uid());
end;
comment on function api._my_reaction(api.posts) is 'How the signed-in user has reacted to this post; null if not.';

create or replace function api._is_saved(subject api.posts) returns boolean
language sql
stable
begin atomic
    select coalesce((
        select true from api.saves as s
        where s.user_id = (select auth.uid()) and s.post_id = (subject).id
    ), false);
end;
comment on function api._is_saved(api.posts) is 'Whether the signed-in user has saved this post.';

-- One trigger function for all rows that are counted by post: its argument is the counter.
create or replace function api.tg_posts__count_engagement() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta, actor_id)
    select tg_argv[0], c.post_id, count(*) * case tg_op when 'INSERT' then 1 else -1 end, c.user_id
    from changed as c
    group by c.post_id, c.user_id;
    return null;
end
$$;
comment on function api.tg_posts__count_engagement() is 'Records how many reactions, saves, shares, views or reposts posts have gained or lost.';

create or replace trigger reactions_count_added after insert on api.reactions
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_LIKES');
create or replace trigger reactions_count_removed after delete on api.reactions
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_LIKES');
create or replace trigger saves_count_added after insert on api.saves
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_SAVES');
create or replace trigger saves_count_removed after delete on api.saves
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_SAVES');
create or replace trigger shares_count_added after insert on api.shares
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_SHARES');
create or replace trigger shares_count_removed after delete on api.shares
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_SHARES');
create or replace trigger views_count_added after insert on api.views
referencing new table as changed for each statement execute function api.tg_posts__count_engagement('POST_VIEWS');
create or replace trigger views_count_removed after delete on api.views
referencing old table as changed for each statement execute function api.tg_posts__count_engagement('POST_VIEWS');
create or replace trigger reactions_keep before update of post_id, user_id, created_at on api.reactions
for each row execute function ops.tg_rows__keep('post_id', 'user_id', 'created_at');
create or replace trigger save_folders_version before update on api.save_folders
for each row execute function ops.tg_rows__version();
