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
--
-- Timelines, authors whose posts are fetched, and the viewer's own posts, each newest first and each checked row by row,
-- so that no stream ends early because of what the viewer may not see.
create or replace function feed.newest(viewer bigint, before bigint, wanted integer) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select array_agg(page.id)
    from (
        (
            select t.post_id as id
            from feed.timelines as t
            inner join feed.visible_posts as p on p.id = t.post_id
            where
                t.owner_id = viewer and t.post_id < before and p.is_current
                and (select true from feed.viewer_follows as f where f.user_id = t.author_id)
                and (select true from feed.viewer_hides as h where h.post_id = t.post_id) is null
                and feed.is_muted(t.author_id, coalesce(p.thread_root_id, p.id), p.content) is null
            order by t.post_id desc
            limit wanted
        )
        union
        (
            select p.id
            from feed.viewer_follows as f
            inner join feed.pulled_authors as a on a.author_id = f.user_id
            cross join lateral (
                select array_agg(au.visibility) as visibilities
                from feed.audience as au
                where au.author_id = f.user_id
            ) as seen
            cross join lateral (
                select v.id
                from api.posts as v
                where
                    v.author_id = f.user_id and v.id < before and v.deleted_at is null
                    and v.visibility = any(seen.visibilities)
                    and feed.is_current(v.archived_at, v.expires_at, v.is_highlighted)
                    and (
                        v.visibility <> 'CIRCLE'
                        or (select true from feed.viewer_circles as c where c.circle_id = v.circle_id)
                    )
                    and (select true from feed.viewer_hides as h where h.post_id = v.id) is null
                    and feed.is_muted(v.author_id, coalesce(v.thread_root_id, v.id), v.content) is null
                order by v.id desc
                limit wanted
            ) as p
            order by p.id desc
            limit wanted
        )
        union
        (
            select p.id
            from feed.visible_posts as p
            where p.author_id = viewer and p.id < before and p.is_current
            order by p.id desc
            limit wanted
        )
        order by id desc
        limit wanted
    ) as page;
end;
comment on function feed.newest(bigint, bigint, integer) is
'The newest posts before this one that timelines, fetched authors and the viewer''s own posts offer.';

-- Where the timeline ends (a new account, one long away, or the table was truncated) the posts are fetched from all whom
-- the viewer follows: what anybody may see never depends on timelines.
create or replace function feed.newest_fetched(viewer bigint, before bigint, wanted integer) returns bigint[]
language sql
stable
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select array_agg(page.id)
    from (
        select p.id
        from (
            select f.user_id
            from feed.viewer_follows as f
            union all
            select viewer
        ) as authors
        cross join lateral (
            select array_agg(au.visibility) as visibilities
            from feed.audience as au
            where au.author_id = authors.user_id
        ) as seen
        cross join lateral (
            select v.id
            from api.posts as v
            where
                v.author_id = authors.user_id and v.id < before and v.deleted_at is null
                and v.visibility = any(seen.visibilities)
                and feed.is_current(v.archived_at, v.expires_at, v.is_highlighted)
                and (
                    v.visibility <> 'CIRCLE' or v.author_id = viewer
                    or (select true from feed.viewer_circles as c where c.circle_id = v.circle_id)
                )
                and (select true from feed.viewer_hides as h where h.post_id = v.id) is null
                and (
                    v.author_id = viewer
                    or feed.is_muted(v.author_id, coalesce(v.thread_root_id, v.id), v.content) is null
                )
            order by v.id desc
            limit wanted
        ) as p
        order by p.id desc
        limit wanted
    ) as page;
end;
comment on function feed.newest_fetched(bigint, bigint, integer) is
'The newest posts before this one by everybody whom the viewer follows, without timelines.';

create or replace function api.feed(cursor text default null, "limit" integer default 20) returns api.feed_connection
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    viewer constant bigint := auth.uid();
    before constant bigint := coalesce(feed.decode_cursor($1), 9223372036854775807);
    page_size constant integer := least(greatest(coalesce($2, 20), 1), 50);
    found bigint[];
begin
    if viewer is null then
        raise exception 'Only a signed-in user has a feed.'
            using errcode = 'DA401', hint = 'Sign in and send the access token.';
    end if;
    found := feed.newest(viewer, before, page_size + 1);
    if cardinality(found) > page_size is not true then
        found := feed.newest_fetched(viewer, before, page_size + 1);
    end if;
    return feed.page_of(found, page_size, $1);
end
$$;
comment on function api.feed(text, integer) is
'The newest posts of the people whom one follows and of oneself. A page holds 1 to 50 posts.';
