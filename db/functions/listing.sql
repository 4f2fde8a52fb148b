-- The list of posts with filters, newest first.

create or replace function feed.fits(
    type text, language text, is_sponsored boolean, author_type text,
    wanted_type text, wanted_language text, sponsored_only boolean, creators_only boolean
) returns boolean
language sql
immutable
return (wanted_type is null or type = wanted_type)
and (wanted_language is null or language = wanted_language)
and (sponsored_only is not true or is_sponsored)
and (creators_only is not true or author_type = 'CREATOR');
comment on function feed.fits(text, text, boolean, text, text, text, boolean, boolean) is
'Whether a post passes the filters of a list.';

-- The four ways to the rows stand apart, so that each has its index and those that are not asked for are never read.
create or replace function feed.filtered(
    author_id bigint, hashtag text, wanted_type text, wanted_language text,
    sponsored_only boolean, creators_only boolean, since bigint, before bigint, wanted integer
) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select array_agg(page.id order by page.id desc)
    from (
        (
            select p.id
            from feed.visible_posts as p
            where
                filtered.author_id is null and filtered.hashtag is null and sponsored_only is not true
                and p.id < before and p.id >= since and p.is_current
                and feed.fits(
                    p.type, p.language, p.is_sponsored,
                    (select u.user_type from api.users as u where u.id = p.author_id),
                    wanted_type, wanted_language, sponsored_only, creators_only
                )
            order by p.id desc
            limit wanted
        )
        union all
        (
            select p.id
            from feed.visible_posts as p
            where
                filtered.author_id is null and filtered.hashtag is null and sponsored_only and p.is_sponsored
                and p.id < before and p.id >= since and p.is_current
                and feed.fits(
                    p.type, p.language, p.is_sponsored,
                    (select u.user_type from api.users as u where u.id = p.author_id),
                    wanted_type, wanted_language, sponsored_only, creators_only
                )
            order by p.id desc
            limit wanted
        )
        union all
        (
            select p.id
            from feed.visible_posts as p
            where
                p.author_id = filtered.author_id and filtered.hashtag is null
                and p.id < before and p.id >= since and p.is_current
                and feed.fits(
                    p.type, p.language, p.is_sponsored,
                    (select u.user_type from api.users as u where u.id = p.author_id),
                    wanted_type, wanted_language, sponsored_only, creators_only
                )
            order by p.id desc
            limit wanted
        )
        union all
        (
            select p.id
            from api.post_hashtags as ph
            inner join feed.visible_posts as p on p.id = ph.post_id
            where
                ph.hashtag_id = (select h.id from api.hashtags as h where h.name = filtered.hashtag)
                and (filtered.author_id is null or p.author_id = filtered.author_id)
                and ph.post_id < before and ph.post_id >= since and p.is_current
                and feed.fits(
                    p.type, p.language, p.is_sponsored,
                    (select u.user_type from api.users as u where u.id = p.author_id),
                    wanted_type, wanted_language, sponsored_only, creators_only
                )
            order by ph.post_id desc
            limit wanted
        )
    ) as page;
end;
comment on function feed.filtered(bigint, text, text, text, boolean, boolean, bigint, bigint, integer) is
'The newest posts between two identifiers that the viewer may see and that pass the filters.';

create or replace function feed.page_of(
    post_ids bigint[], page_size integer, given_cursor text
) returns api.feed_connection
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    edges api.feed_edge[];
begin
    select array_agg(row(feed.encode_cursor(p.id), p)::api.feed_edge order by p.id desc)
    into edges
    from api.posts as p
    where p.id = any(post_ids[:page_size]);
    return row(
        coalesce(edges, '{}'),
        row(
            coalesce(cardinality(post_ids) > page_size, false),
            given_cursor is not null,
            edges[1].cursor,
            edges[cardinality(edges)].cursor
        )::api.page_info
    )::api.feed_connection;
end
$$;
comment on function feed.page_of(bigint[], integer, text) is
'A page of these posts, of which there is one more than the page takes where there is another page.';

create or replace function api.list_posts(
    author_id bigint default null,
    type text default null,
    hashtag text default null,
    language text default null,
    since timestamptz default null,
    until timestamptz default null,
    sponsored_only boolean default false,
    creators_only boolean default false,
    cursor text default null,
    "limit" integer default 20
) returns api.feed_connection
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    page_size constant integer := least(greatest(coalesce("limit", 20), 1), 50);
    newest constant bigint := 9223372036854775807;
    tag constant text := (
        select coalesce(min(tags.name), '') from ops.parse_hashtags('#' || ltrim(hashtag, '#')) as tags (name)
    );
begin
    return feed.page_of(
        feed.filtered(
            author_id, case when hashtag is not null then tag end, type, language, sponsored_only, creators_only,
            coalesce(api.id_at(since), 0),
            least(coalesce(feed.decode_cursor(cursor), newest), coalesce(api.id_at(until), newest)),
            page_size + 1
        ),
        page_size,
        cursor
    );
end
$$;
comment on function api.list_posts(
    bigint, text, text, text, timestamptz, timestamptz, boolean, boolean, text, integer
) is
e'@graphql({"name": "posts"})\nThe posts that one may see, filtered, newest first; without one''s own archive. A page holds 1 to 50.';
