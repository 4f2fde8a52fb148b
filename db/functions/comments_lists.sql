-- Lists, and the fields that are computed. The post is asked about once, then its comments row by row. `rows` keeps the planner from hashing all comments.

create or replace function feed.encode_comment_cursor(sort api.comment_sort, likes integer, id bigint) returns text
language sql
immutable
strict
return rtrim(translate(
    encode(convert_to(format('c1:%s:%s:%s', sort, likes, id), 'UTF8'), 'base64'), '+/' || chr(10), '-_'
), '=');
comment on function feed.encode_comment_cursor(api.comment_sort, integer, bigint) is 'The cursor of a comment in a list.';

create or replace function feed.decode_comment_cursor(given text, sort api.comment_sort) returns text[]
language plpgsql
immutable
set search_path = ''
as $$
declare
    parts text[];
begin
    if given is null then
        return null;
    end if;
    parts := regexp_match(
        convert_from(decode(translate(given, '-_', '+/') || repeat('=', -length(given) & 3), 'base64'), 'UTF8'),
        '^c1:([A-Z]+):([0-9]{1,9}):([0-9]{1,18})$'
    );
    if parts[1] is distinct from sort then
        raise invalid_parameter_value;
    end if;
    return parts;
exception
    when invalid_parameter_value or character_not_in_repertoire or untranslatable_character then
        raise exception 'The cursor is not one of this list.'
            using
                errcode = 'DA400',
                hint = 'Give the endCursor of the page before and the same order, or no cursor for the first page.';
end
$$;
comment on function feed.decode_comment_cursor(text, api.comment_sort) is
'The order, the likes and the comment at which a cursor stands.';

create or replace function feed.newest_comments(post bigint, before bigint, with_hidden boolean, wanted integer)
returns table (id bigint, likes integer)
language sql
stable
rows 20
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select
        c.id,
        0
    from feed.shown_comments as c
    where
        c.post_id = post and c.parent_id is null and c.id < before
        and (c.state <> 'HIDDEN' or with_hidden)
    order by c.id desc
    limit wanted;
end;
comment on function feed.newest_comments(bigint, bigint, boolean, integer) is 'Answers to a post, newest first.';

create or replace function feed.oldest_comments(post bigint, after bigint, with_hidden boolean, wanted integer)
returns table (id bigint, likes integer)
language sql
stable
rows 20
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select
        c.id,
        0
    from feed.shown_comments as c
    where
        c.post_id = post and c.parent_id is null and c.id > after
        and (c.state <> 'HIDDEN' or with_hidden)
    order by c.id
    limit wanted;
end;
comment on function feed.oldest_comments(bigint, bigint, boolean, integer) is 'Answers to a post, oldest first.';

-- Those with likes come by their index, then the others, newest first.
create or replace function feed.top_comments(
    post bigint, before_likes integer, before bigint, with_hidden boolean, wanted integer
) returns table (id bigint, likes integer)
language sql
stable
rows 20
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select
        page.id,
        page.likes
    from (
        (
            select
                c.id,
                s.likes_count as likes
            from api.comment_stats as s
            inner join feed.shown_comments as c on c.id = s.comment_id
            where
                s.post_id = post and s.likes_count > 0 and s.likes_count <= before_likes
                and (s.likes_count, s.comment_id) < (before_likes, before)
                and c.parent_id is null and (c.state <> 'HIDDEN' or with_hidden)
            order by s.likes_count desc, s.comment_id desc
            limit wanted
        )
        union all
        (
            select
                c.id,
                0
            from feed.shown_comments as c
            where
                c.post_id = post and c.parent_id is null and (before_likes > 0 or c.id < before)
                and (c.state <> 'HIDDEN' or with_hidden)
                and (select true from api.comment_stats as s where s.comment_id = c.id and s.likes_count > 0) is null
            order by c.id desc
            limit wanted
        )
    ) as page
    order by page.likes desc, page.id desc
    limit wanted;
end;
comment on function feed.top_comments(bigint, integer, bigint, boolean, integer) is 'Answers to a post, most liked first.';

create or replace function feed.comment_replies(
    parent bigint, sort api.comment_sort, at_likes integer, at_id bigint, with_hidden boolean, wanted integer
) returns table (id bigint, likes integer)
language sql
stable
rows 20
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select
        page.id,
        page.likes
    from (
        select
            c.id,
            case when sort = 'TOP' then coalesce(s.likes_count, 0) else 0 end as likes
        from feed.shown_comments as c
        left join api.comment_stats as s on s.comment_id = c.id
        where c.parent_id = parent and (c.state <> 'HIDDEN' or with_hidden)
    ) as page
    where
        case
            when sort = 'OLDEST' then page.id > at_id
            else (page.likes, page.id) < (at_likes, at_id)
        end
    order by page.likes desc, case when sort = 'OLDEST' then page.id else -page.id end
    limit wanted;
end;
comment on function feed.comment_replies(bigint, api.comment_sort, integer, bigint, boolean, integer) is
'Answers to a comment, in any order.';

create or replace function feed.find_comments(
    post_id bigint, parent_id bigint, sort api.comment_sort, cursor_parts text[], with_hidden boolean, wanted integer
) returns table (id bigint, likes integer)
language plpgsql
stable
rows 20
set search_path = ''
as $$
declare
    at_likes constant integer := coalesce(cursor_parts[2]::integer, case when sort = 'TOP' then 2147483647 else 0 end);
    at_id constant bigint := coalesce(
        cursor_parts[3]::bigint, case when sort = 'OLDEST' then -1 else 9223372036854775807 end
    );
begin
    if parent_id is not null then
        return query select * from feed.comment_replies(parent_id, sort, at_likes, at_id, with_hidden, wanted);
    elsif sort = 'TOP' then
        return query select * from feed.top_comments(post_id, at_likes, at_id, with_hidden, wanted);
    elsif sort = 'NEWEST' then
        return query select * from feed.newest_comments(post_id, at_id, with_hidden, wanted);
    else
        return query select * from feed.oldest_comments(post_id, at_id, with_hidden, wanted);
    end if;
end
$$;
comment on function feed.find_comments(bigint, bigint, api.comment_sort, text[], boolean, integer) is
'Where a list of comments goes on.';

create or replace function api.list_comments(
    post_id bigint,
    parent_id bigint default null,
    sort api.comment_sort default 'TOP',
    cursor text default null,
    "limit" integer default 20,
    with_hidden boolean default false
) returns api.comment_connection
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    wanted_sort constant api.comment_sort := coalesce(sort, 'TOP');
    at constant text[] := feed.decode_comment_cursor(cursor, wanted_sort);
    page_size constant integer := least(greatest(coalesce("limit", 20), 1), 50);
    pinned bigint;
    edges api.comment_edge[];
begin
    perform from feed.visible_posts as p
    where
        p.id = list_comments.post_id
        and (
            list_comments.parent_id is null
            or (
                select true from feed.shown_comments as c
                where c.id = list_comments.parent_id and c.post_id = list_comments.post_id
            )
        );
    if not found then
        raise exception 'There is no such post, or no such comment under it.'
            using errcode = 'DA404', hint = 'Ask for the comments of a post that you can see.';
    end if;
    if list_comments.parent_id is null then
        select c.id into pinned
        from api.pinned_comments as p
        inner join feed.shown_comments as c on c.id = p.comment_id
        where p.post_id = list_comments.post_id and c.deleted_at is null and c.state = 'VISIBLE';
    end if;
    select array_agg(
        row(feed.encode_comment_cursor(wanted_sort, page.likes, page.id), c)::api.comment_edge order by page.place
    )
    into edges
    from (
        select
            pinned as id,
            0 as likes,
            0 as place
        where pinned is not null and at is null
        union all
        select
            f.id,
            f.likes,
            row_number() over ()
        from feed.find_comments(
            list_comments.post_id, list_comments.parent_id, wanted_sort, at, coalesce(with_hidden, false), page_size + 2
        ) as f
        where f.id is distinct from pinned
    ) as page
    inner join api.comments as c on c.id = page.id;
    return feed.comment_page(coalesce(edges, '{}'), page_size, at is not null);
end
$$;
comment on function api.list_comments(bigint, bigint, api.comment_sort, text, integer, boolean) is
e'@graphql({"name": "comments"})\nThe comments under a post, or those that answer one of them (parentId): most liked first (TOP), NEWEST or OLDEST first.
The pinned comment opens the first page. Hidden ones are left out unless asked for. A page holds 1 to 50.';

create or replace function feed.comment_page(edges api.comment_edge[], page_size integer, has_previous boolean)
returns api.comment_connection
language sql
immutable
return row(
    edges[:page_size],
    row(
        cardinality(edges) > page_size,
        has_previous,
        (edges[1]).cursor,
        (edges[least(cardinality(edges), page_size)]).cursor
    )::api.page_info
)::api.comment_connection;
comment on function feed.comment_page(api.comment_edge[], integer, boolean) is 'A page, of edges that may be too many.';

create or replace function api.comment_thread(id bigint, with_hidden boolean default false, "limit" integer default 100)
returns setof api.comments
language sql
stable
security definer
rows 100
set search_path = ''
set plan_cache_mode = force_generic_plan
begin atomic
    select below.*
    from feed.visible_comments as top
    inner join feed.shown_comments as shown
        on
            shown.post_id = top.post_id
            and shown.path operator(extensions.>=) top.path -- noqa: LT01
            and shown.path operator(extensions.<) extensions.text2ltree(top.path::text || '-') -- noqa: LT01
    inner join api.comments as below on below.id = shown.id
    where top.id = comment_thread.id and (shown.state <> 'HIDDEN' or comment_thread.with_hidden)
    order by shown.path
    limit least(greatest(coalesce("limit", 100), 1), 500);
end;
comment on function api.comment_thread(bigint, boolean, integer) is
'A comment and all that stands below it, each before what answers it; 500 at most.';

-- What fields of a comment are computed.

create or replace function api._likes_count(subject api.comments) returns integer
language sql
stable
begin atomic
    select coalesce((select s.likes_count from api.comment_stats as s where s.comment_id = (subject).id), 0);
end;
comment on function api._likes_count(api.comments) is 'How many like this comment.';

create or replace function api._replies_count(subject api.comments) returns integer
language sql
stable
begin atomic
    select coalesce((select s.replies_count from api.comment_stats as s where s.comment_id = (subject).id), 0);
end;
comment on function api._replies_count(api.comments) is 'How many comments answer this one directly.';

create or replace function api._is_liked(subject api.comments) returns boolean
language sql
stable
begin atomic
    select coalesce((
        select true from api.comment_likes as l
        where l.comment_id = (subject).id and l.user_id = (select auth.uid())
    ), false);
end;
comment on function api._is_liked(api.comments) is 'Whether the signed-in user likes this comment.';

create or replace function api._is_liked_by_author(subject api.comments) returns boolean
language sql
stable
begin atomic
    select coalesce((
        select true
        from api.posts as p
        inner join api.comment_likes as l on l.user_id = p.author_id
        where p.id = (subject).post_id and l.comment_id = (subject).id
    ), false);
end;
comment on function api._is_liked_by_author(api.comments) is 'Whether the author of the post likes this comment.';

create or replace function api._is_pinned(subject api.comments) returns boolean
language sql
stable
begin atomic
    select coalesce((
        select true from api.pinned_comments as p
        where p.post_id = (subject).post_id and p.comment_id = (subject).id
    ), false);
end;
comment on function api._is_pinned(api.comments) is 'Whether the author of the post shows this comment before all others.';
