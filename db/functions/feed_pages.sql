-- Pages of feeds, made of what feed.sql finds and ranking.sql puts in order.

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
