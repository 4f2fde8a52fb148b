create or replace function feed.encode_cursor(post_id bigint) returns text
language sql
immutable
strict
return rtrim(translate(encode(convert_to('f1:' || post_id::text, 'UTF8'), 'base64'), '+/', '-_'), '=');
comment on function feed.encode_cursor(bigint) is 'The cursor of a post in a feed.';

create or replace function feed.decode_cursor(given text) returns bigint
language plpgsql
immutable
strict
set search_path = ''
as $$
declare
    plain text;
begin
    plain := convert_from(decode(translate(given, '-_', '+/') || repeat('=', -length(given) & 3), 'base64'), 'UTF8');
    if plain !~ '^f1:[0-9]{1,18}$' then
        raise invalid_parameter_value;
    end if;
    return substr(plain, 4)::bigint;
exception
    when invalid_parameter_value or character_not_in_repertoire or untranslatable_character then
        raise exception 'The cursor is not one of this feed.'
            using errcode = 'DA400', hint = 'Give the endCursor of the page before, or no cursor for the first page.';
end
$$;
comment on function feed.decode_cursor(text) is 'The post at which a cursor stands.';

-- A generic plan, here and below: planning anew, as PostgreSQL does for the first five calls on each connection, takes
-- three times as long as the query.

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

create or replace function feed.signature(outer_key bytea, inner_key bytea, viewer bigint, content bytea) returns bytea
language sql
immutable
return substr(sha256(outer_key || sha256(inner_key || int8send(viewer) || content)), 1, 16);
comment on function feed.signature(bytea, bytea, bigint, bytea) is
'HMAC-SHA-256 (RFC 2104) of what a cursor says to whom, cut to 16 bytes.';

create or replace function feed.sign(viewer bigint, content bytea) returns bytea
language sql
stable
set search_path = ''
return (
    select feed.signature(k.outer_key, k.inner_key, viewer, content)
    from ops.cursor_keys as k
    where k.id = 1
);
comment on function feed.sign(bigint, bytea) is 'The signature of what a cursor says to whom.';

create or replace function feed.seal_all(viewer bigint, contents bytea[]) returns text[]
language sql
stable
set search_path = ''
begin atomic
    select
        array_agg(
            rtrim(
                translate(
                    encode(c.content || feed.signature(k.outer_key, k.inner_key, viewer, c.content), 'base64'),
                    e'+/\n', '-_'
                ),
                '='
            )
            order by c.place
        )
    from ops.cursor_keys as k
    cross join unnest(contents) with ordinality as c (content, place)
    where k.id = 1;
end;
comment on function feed.seal_all(bigint, bytea[]) is
'Cursors that only this viewer can use, and nobody can make or change, in the order of what they say.';

create or replace function feed.seal(viewer bigint, content bytea) returns text
language sql
stable
strict
set search_path = ''
return (feed.seal_all(viewer, array[content]))[1];
comment on function feed.seal(bigint, bytea) is 'A cursor that only this viewer can use, and nobody can make or change.';

-- Hashed again before they are compared, so that the time it takes tells nothing about the signature.
create or replace function feed.unseal(viewer bigint, given text, kinds text) returns bytea
language plpgsql
stable
strict
set search_path = ''
as $$
declare
    plain bytea;
    content bytea;
begin
    plain := decode(translate(given, '-_', '+/') || repeat('=', -length(given) & 3), 'base64');
    content := substr(plain, 1, greatest(length(plain) - 16, 0));
    if
        length(content) < 9 or position(substr(content, 1, 1) in convert_to(kinds, 'UTF8')) = 0
        or sha256(feed.sign(viewer, content)) <> sha256(substr(plain, length(content) + 1))
    then
        raise invalid_parameter_value;
    end if;
    return content;
exception
    when invalid_parameter_value then
        raise exception 'The cursor is not one of this feed.'
            using errcode = 'DA400', hint = 'Give the endCursor of the page before, or no cursor for the first page.';
end
$$;
comment on function feed.unseal(bigint, text, text) is 'What a cursor of this viewer, and of one of these kinds, says.';

-- A cursor of kind L, R or E (feed in order of time, ranked feed, explore) says what is left: of a feed in order of time the post before which it goes on; of a ranked one when the ranking
-- was made, the ranked posts that are left, in order, and the post before which it goes on after them. So a ranking stays as
-- it was without a row being written, on read-only connections and on replicas. See docs/reference/ranking.md.
create or replace function feed.seal_latest(viewer bigint, before bigint) returns text
language sql
stable
strict
set search_path = ''
return feed.seal(viewer, '\x4c'::bytea || int8send(before));
comment on function feed.seal_latest(bigint, bigint) is 'The cursor of a post in a feed in order of time.';

create or replace function feed.seal_each(viewer bigint, posts bigint[]) returns text[]
language sql
stable
set search_path = ''
return feed.seal_all(
    viewer,
    array(
        select '\x4c'::bytea || int8send(p.id)
        from unnest(posts) with ordinality as p (id, place)
        order by p.place
    )
);
comment on function feed.seal_each(bigint, bigint[]) is 'The cursors of posts in a feed in order of time.';

create or replace function feed.seal_ranked(
    viewer bigint, kind text, made_at timestamptz, before bigint, left_over bigint[]
) returns text
language sql
stable
set search_path = ''
return feed.seal(
    viewer,
    convert_to(kind, 'UTF8') || int8send(before) || int8send((extract(epoch from made_at) * 1000)::bigint)
    || coalesce(
        (
            select string_agg(int8send(l.id), ''::bytea order by l.place)
            from unnest(left_over) with ordinality as l (id, place)
        ),
        ''
    )
);
comment on function feed.seal_ranked(bigint, text, timestamptz, bigint, bigint[]) is
'The cursor at which something ranked goes on.';

create or replace function feed.made_at(content bytea) returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    made_at constant timestamptz := to_timestamp(substr(content, 10, 8)::bigint / 1000.0);
begin
    if made_at < now() - interval '15 minutes' then
        raise exception 'The cursor is too old.'
            using errcode = 'DA400', hint = 'Ranked pages go on for 15 minutes; begin with the first page again.';
    end if;
    return made_at;
end
$$;
comment on function feed.made_at(bytea) is 'When the ranking was made that a cursor holds; one that is too old is refused.';

create or replace function feed.ids_of(packed bytea) returns bigint[]
language sql
immutable
strict
return array(
    select substr(packed, 1 + 8 * n.place, 8)::bigint
    from generate_series(0, length(packed) / 8 - 1) as n (place)
    order by n.place
);
comment on function feed.ids_of(bytea) is 'The identifiers that are packed in a cursor.';

create or replace function feed.latest_page(viewer bigint, before bigint, page_size integer, is_later boolean)
returns api.feed_connection
language plpgsql
stable
set search_path = ''
as $$
declare
    found constant bigint[] := feed.latest(viewer, before, page_size + 1);
    edges api.feed_edge[];
begin
    select array_agg(row(f.cursor, p)::api.feed_edge order by f.place)
    into edges
    from unnest(found[:page_size], feed.seal_each(viewer, found[:page_size])) with ordinality as f (id, cursor, place)
    inner join api.posts as p on p.id = f.id;
    return row(
        coalesce(edges, '{}'),
        row(
            coalesce(cardinality(found) > page_size, false), is_later,
            edges[1].cursor, edges[cardinality(edges)].cursor
        )::api.page_info
    )::api.feed_connection;
end
$$;
comment on function feed.latest_page(bigint, bigint, integer, boolean) is 'A page of a feed in order of time.';

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

create or replace function feed.ranked_page(
    viewer bigint, made_at timestamptz, before bigint, slice feed.ranking_slice, page_size integer, is_later boolean
) returns api.feed_connection
language plpgsql
stable
set search_path = ''
as $$
declare
    room constant integer := page_size - cardinality(slice.found);
    older bigint[] := '{}';
    has_next boolean := true;
    end_cursor text;
    edges api.feed_edge[];
begin
    if cardinality(slice.left_over) = 0 then
        older := coalesce(feed.latest(viewer, before, room + 1), '{}');
        has_next := cardinality(older) > room;
        slice.found := slice.found || older[:room];
        before := coalesce(older[least(room, cardinality(older))], before);
    end if;
    if cardinality(slice.found) > 0 then
        end_cursor := case
            when cardinality(slice.left_over) > 0
                then feed.seal_ranked(viewer, 'R', made_at, before, slice.left_over)
            else feed.seal_latest(viewer, before)
        end;
    end if;
    select
        array_agg(
            row(case when f.place = cardinality(slice.found) then end_cursor end, p)::api.feed_edge order by f.place
        )
    into edges
    from unnest(slice.found) with ordinality as f (id, place)
    inner join api.posts as p on p.id = f.id;
    return row(coalesce(edges, '{}'), row(has_next, is_later, null, end_cursor)::api.page_info)::api.feed_connection;
end
$$;
comment on function feed.ranked_page(bigint, timestamptz, bigint, feed.ranking_slice, integer, boolean) is
'The next page of a ranking, and after its end of the posts before.';

-- The candidates were checked in the same snapshot, so the first page is not checked again.
create or replace function feed.rank_page(viewer bigint, page_size integer) returns api.feed_connection
language plpgsql
stable
set search_path = ''
as $$
declare
    session_size constant integer := 200;
    since constant bigint := api.id_at(now() - interval '7 days');
    candidates constant bigint[] := feed.gathered(viewer, since, 9223372036854775807, session_size);
    ranked constant bigint[] := coalesce(feed.rank(viewer, candidates, now()), '{}');
begin
    return feed.ranked_page(
        viewer, now(),
        case when cardinality(candidates) = session_size then candidates[session_size] else since end,
        row(ranked[:page_size], ranked[page_size + 1:])::feed.ranking_slice, page_size, false
    );
end
$$;
comment on function feed.rank_page(bigint, integer) is
'Ranks the posts of the last week, 200 at most, and gives the first page.';

create or replace function feed.next_page(viewer bigint, given text, page_size integer) returns api.feed_connection
language plpgsql
stable
set search_path = ''
as $$
declare
    content constant bytea := feed.unseal(viewer, given, 'LR');
    before constant bigint := substr(content, 2, 8)::bigint;
begin
    if get_byte(content, 0) = ascii('L') then
        return feed.latest_page(viewer, before, page_size, true);
    end if;
    return feed.ranked_page(
        viewer, feed.made_at(content), before,
        feed.take(viewer, feed.ids_of(substr(content, 18)), page_size, false), page_size, true
    );
end
$$;
comment on function feed.next_page(bigint, text, integer) is 'The page at which a cursor stands.';

create or replace function api.feed(
    cursor text default null, "limit" integer default 20, feed_mode api.feed_mode default 'RANKED'
) returns api.feed_connection
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    viewer constant bigint := auth.uid();
    page_size constant integer := least(greatest(coalesce($2, 20), 1), 50);
begin
    if viewer is null then
        raise exception 'Only a signed-in user has a feed.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    return case
        when $1 is not null then feed.next_page(viewer, $1, page_size)
        when $3 = 'LATEST' then feed.latest_page(viewer, 9223372036854775807, page_size, false)
        else feed.rank_page(viewer, page_size)
    end;
end
$$;
comment on function api.feed(text, integer, api.feed_mode) is
'The posts of the people whom one follows and of oneself: those of the last week ranked, then older ones; or, with feedMode
LATEST, the newest first. A page holds 1 to 50 posts. Go on with pageInfo.endCursor, which keeps its feedMode; a ranking holds
for 15 minutes, and of its posts only the last of a page has a cursor.';
