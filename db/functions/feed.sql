-- What feeds offer, and how it is found: in timelines, by author, among what waits to be delivered.
--
-- Plans are generic: planning anew, as PostgreSQL does for the first five calls on each connection, takes three times as long
-- as the query.

create or replace view feed.sources as
select
    a.author_id,
    a.is_own,
    a.is_open,
    a.is_followed,
    a.is_close
from feed.authors as a
where
    a.is_own
    or (
        (
            select true from feed.viewer_mutes as m
            where m.user_id = a.author_id and m.scope <> 'NOTIFICATIONS'
        ) is null
        and (select true from feed.viewer_avoids as v where v.user_id = a.author_id limit 1) is null
    );
comment on view feed.sources is
'Whose posts the viewer''s feeds may offer, followed or not, and how the viewer stands to them.';

-- What feeds say of a post, whatever they found it by. It is put in the place of its call: hence no settings, no argument
-- that is a query, and what the viewer has muted and hidden as arrays, for they are short.
create or replace function feed.offered(
    viewer bigint, author_id bigint, is_open boolean, is_followed boolean, is_close boolean,
    hidden bigint[], muted_threads bigint[], muted_words text[]
) returns table (id bigint)
language sql
stable
begin atomic
    select p.id
    from api.posts as p
    where
        p.author_id = offered.author_id and p.deleted_at is null
        and feed.is_current(p.archived_at, p.expires_at, p.is_highlighted)
        and feed.admits(
            p.visibility, p.author_id = viewer, is_open, is_followed, is_close,
            p.author_id = viewer
            or coalesce(
                (select true from feed.viewer_circles as c where c.circle_id = p.circle_id),
                (select true from feed.viewer_groups as g where g.group_id = p.group_id)
            )
        )
        and (hidden is null or p.id <> all(hidden))
        and (
            p.author_id = viewer
            or (
                (muted_threads is null or coalesce(p.thread_root_id, p.id) <> all(muted_threads))
                and (
                    muted_words is null
                    or (
                        select true from unnest(muted_words) as w (word)
                        where strpos(lower(p.content), w.word) > 0
                        limit 1
                    ) is null
                )
            )
        );
end;
comment on function feed.offered(bigint, bigint, boolean, boolean, boolean, bigint[], bigint[], text[]) is
'Those posts of an author that the viewer''s feeds offer, given how the viewer stands to the author.';

-- Each author's newest by index, so that none is missed because of what the viewer may not see. Within a few weeks that reads
-- one or two partitions per author. The offset keeps authors apart: their queries would else become arguments of the call.
create or replace function feed.fetched(
    viewer bigint, authors bigint[], since bigint, before bigint, wanted integer,
    hidden bigint[], muted_threads bigint[], muted_words text[]
) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select array_agg(page.id)
    from (
        select p.id
        from unnest(authors) as given (author_id)
        cross join lateral (
            select s.author_id, s.is_open, s.is_close
            from feed.sources as s
            where s.author_id = given.author_id
            offset 0
        ) as a
        cross join lateral (
            select o.id
            from feed.offered(
                viewer, a.author_id, a.is_open, true, a.is_close, hidden, muted_threads, muted_words
            ) as o
            where o.id < before and o.id >= since
            order by o.id desc
            limit wanted
        ) as p
        order by p.id desc
        limit wanted
    ) as page;
end;
comment on function feed.fetched(bigint, bigint[], bigint, bigint, integer, bigint[], bigint[], text[]) is
'The newest posts between two identifiers that the viewer''s feeds offer, by the viewer or by these authors, whom the viewer follows.';

-- Goes down the timeline until there are enough. Who wrote a post is read in the post.
create or replace function feed.delivered(
    viewer bigint, since bigint, before bigint, wanted integer,
    hidden bigint[], muted_threads bigint[], muted_words text[]
) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select array_agg(page.id)
    from (
        select o.id
        from feed.timelines as t
        cross join feed.sources as a
        cross join lateral feed.offered(
            viewer, a.author_id, a.is_open, a.is_followed, a.is_close, hidden, muted_threads, muted_words
        ) as o
        where
            t.owner_id = viewer and t.post_id < before and t.post_id >= since
            and o.id = t.post_id and o.id < before and o.id >= since
            and (select true from feed.viewer_follows as f where f.user_id = a.author_id)
        order by t.post_id desc
        limit wanted
    ) as page;
end;
comment on function feed.delivered(bigint, bigint, bigint, integer, bigint[], bigint[], text[]) is
'The newest posts of a timeline between two identifiers that the viewer''s feeds offer.';

-- Few posts are looked at one by one; should there be many, the look-up goes by whom one follows. By index always: plans are
-- kept from when the table was empty.
create or replace function feed.waiting(viewer bigint, since bigint, before bigint) returns bigint[]
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
    few constant bigint[] := array(
        select u.post_id
        from feed.undelivered as u
        where u.post_id >= since and u.post_id < before
        limit 301
    );
begin
    if cardinality(few) <= 300 then
        return array(
            select u.post_id
            from feed.undelivered as u
            where
                u.post_id = any(few)
                and (
                    select true from api.follows as f
                    where f.follower_id = viewer and f.followee_id = u.author_id
                )
            order by u.post_id desc
        );
    end if;
    return array(
        select w.post_id
        from api.follows as f
        cross join lateral (
            select u.post_id
            from feed.undelivered as u
            where u.author_id = f.followee_id and u.post_id >= since and u.post_id < before
            offset 0
        ) as w
        where f.follower_id = viewer
        order by w.post_id desc
    );
end
$$;
comment on function feed.waiting(bigint, bigint, bigint) is
'Posts between two identifiers of whom the viewer follows that are not delivered to everybody yet, newest first.';

create or replace function feed.pulled(viewer bigint) returns bigint[]
language sql
stable
set search_path = ''
return array(
    select a.author_id
    from feed.pulled_authors as a
    where (select true from api.follows as f where f.follower_id = viewer and f.followee_id = a.author_id)
);
comment on function feed.pulled(bigint) is 'Of whom the viewer follows, those whose posts are not delivered.';

create or replace function feed.left_out(
    since bigint, before bigint, out hidden bigint[], out muted_threads bigint[], out muted_words text[]
)
language sql
stable
set search_path = ''
begin atomic
    select
        (select array_agg(h.post_id) from feed.viewer_hides as h where h.post_id >= since and h.post_id < before),
        (select array_agg(t.post_id) from feed.viewer_muted_threads as t),
        (select array_agg(w.word) from feed.viewer_muted_words as w);
end;
comment on function feed.left_out(bigint, bigint) is
'What the viewer has hidden between two identifiers, and which threads and words are muted; null where there is none.';

create or replace function feed.timeline_floor(viewer bigint) returns bigint
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    follows constant integer := (select s.following_count from api.user_stats as s where s.user_id = viewer);
begin
    if coalesce(follows, 0) < (select d.timeline_from from feed.delivery_settings as d) then
        return null;
    end if;
    return (select t.floor_id from feed.timelines as t where t.owner_id = viewer and t.post_id = 0);
end
$$;
comment on function feed.timeline_floor(bigint) is
'From which post on the viewer''s timeline misses nothing; null where it promises nothing, or is not worth reading.';

create or replace function feed.gathered(viewer bigint, since bigint, before bigint, wanted integer) returns bigint[]
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    floor_id bigint;
    hidden bigint[];
    muted_threads bigint[];
    muted_words text[];
    found bigint[] := '{}';
begin
    -- No partition of months to come is looked at. Where there is no floor, everything lies under it.
    before := least(before, api.id_at(now() + interval '1 day'));
    floor_id := least(feed.timeline_floor(viewer), before);
    select l.hidden, l.muted_threads, l.muted_words into hidden, muted_threads, muted_words
    from feed.left_out(since, before) as l;
    if floor_id < before then
        found := array(
            select distinct candidates.id
            from unnest(
                feed.delivered(
                    viewer, greatest(since, floor_id), before, wanted, hidden, muted_threads, muted_words
                )
                || (
                    feed.take(viewer, feed.waiting(viewer, greatest(since, floor_id), before), wanted, false)
                ).found
                || feed.fetched(
                    viewer, feed.pulled(viewer) || viewer,
                    greatest(since, floor_id), before, wanted, hidden, muted_threads, muted_words
                )
            ) as candidates (id)
            order by candidates.id desc
            limit wanted
        );
    end if;
    if cardinality(found) < wanted and since < floor_id then
        found := found || feed.fetched(
            viewer, array(select f.user_id from feed.viewer_follows as f) || viewer,
            since, floor_id, wanted - cardinality(found), hidden, muted_threads, muted_words
        );
    end if;
    return found;
end
$$;
comment on function feed.gathered(bigint, bigint, bigint, integer) is
'What a feed has to offer between two identifiers, newest first.';

-- Most pages end within a week, so the years before it are seldom looked at.
create or replace function feed.latest(viewer bigint, before bigint, wanted integer) returns bigint[]
language plpgsql
stable
set search_path = ''
as $$
declare
    ends constant timestamptz := least(now(), api.time_of_id(before));
    since bigint;
    found bigint[];
begin
    foreach since in array array[api.id_at(ends - interval '7 days'), api.id_at(ends - interval '60 days'), 0] loop
        found := feed.gathered(viewer, since, before, wanted);
        exit when cardinality(found) >= wanted;
    end loop;
    return found;
end
$$;
comment on function feed.latest(bigint, bigint, integer) is 'The newest posts of a feed before this one.';

-- What of these posts a feed still shows, in their order.
create or replace function feed.readable(viewer bigint, given bigint[], is_for_all boolean default false)
returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    with leaves as materialized (
        select l.hidden, l.muted_threads, l.muted_words
        from
            (select min(g.id) as first_id, max(g.id) as last_id from unnest(given) as g (id)) as span
        cross join lateral feed.left_out(span.first_id, span.last_id + 1) as l
    )
    select array_agg(g.id order by g.place)
    from leaves as l
    cross join unnest(given) with ordinality as g (id, place)
    cross join feed.sources as a
    cross join lateral feed.offered(
        viewer, a.author_id, a.is_open, a.is_followed, a.is_close, l.hidden, l.muted_threads, l.muted_words
    ) as o
    where
        o.id = g.id
        and (
            is_for_all or a.is_own
            or (select true from feed.viewer_follows as f where f.user_id = a.author_id)
        );
end;
comment on function feed.readable(bigint, bigint[], boolean) is
'Those of these posts that the viewer may see and has neither muted nor hidden, in the order given; by strangers only if for all.';

-- Each slice is checked as it is taken, so that a page is full although some of its posts are gone.
create or replace function feed.take(viewer bigint, ranked bigint[], wanted integer, is_for_all boolean)
returns feed.ranking_slice
language plpgsql
stable
set search_path = ''
as $$
declare
    found bigint[] := '{}';
    first integer := 1;
    next integer;
begin
    while cardinality(found) < wanted and first <= cardinality(ranked) loop
        next := first + wanted - cardinality(found);
        found := found || feed.readable(viewer, ranked[first:next - 1], is_for_all);
        first := next;
    end loop;
    return row(found, coalesce(ranked[first:], '{}'))::feed.ranking_slice;
end
$$;
comment on function feed.take(bigint, bigint[], integer, boolean) is
'The first so many of these posts that the viewer may read, and those after them.';
