-- Who sees which comment. Policies read these views too, see audience.sql; the post itself is asked about elsewhere.

create or replace view feed.withheld_comments as
select w.comment_id
from api.withheld_comments as w;
comment on view feed.withheld_comments is 'Comments that only their author and the post''s author see.';

create or replace view feed.live_comments as
select
    c.post_id,
    c.path
from api.comments as c
where c.deleted_at is null;
comment on view feed.live_comments is 'Where comments stand that are not deleted. A deleted one is shown while one stands below it.';

create or replace view feed.shown_comments as
select
    c.id,
    c.post_id,
    c.author_id,
    c.parent_id,
    c.path,
    c.state,
    c.deleted_at
from api.comments as c
where
    case
        when c.deleted_at is not null then
            c.state <> 'HELD'
            and (
                select true from feed.live_comments as below
                where
                    below.post_id = c.post_id and below.path operator(extensions.>) c.path -- noqa: LT01
                    and below.path operator(extensions.<) extensions.text2ltree(c.path::text || '-') -- noqa: LT01
                limit 1
            )
        else
            (select true from feed.reachable_users as u where u.user_id = c.author_id)
            and (
                c.author_id = (select auth.uid())
                or (
                    c.state <> 'HELD'
                    and (select true from feed.withheld_comments as w where w.comment_id = c.id) is null
                )
                or (select p.author_id from api.posts as p where p.id = c.post_id) = (select auth.uid())
            )
    end;
comment on view feed.shown_comments is
'Comments that the viewer may see if the post is visible; what row-level security also says, for definer functions.';

create or replace view feed.visible_comments as
select
    c.id,
    c.post_id,
    c.author_id,
    c.parent_id,
    c.path,
    c.state,
    c.deleted_at
from feed.shown_comments as c
where (select true from feed.visible_posts as p where p.id = c.post_id);
comment on view feed.visible_comments is 'Comments that the viewer may see.';

-- A function, and one that asks by key: a policy that looked comments up would set up all their months, and for each of
-- them all months of posts, however few rows it is asked about.
create or replace function feed.sees_comment(id bigint) returns boolean
language plpgsql
stable
security definer
cost 1000
set search_path = ''
set plan_cache_mode = force_generic_plan
as $$
declare
    post bigint;
begin
    select c.post_id into post
    from feed.shown_comments as c
    where c.id = sees_comment.id;
    perform from feed.visible_posts as p where p.id = post;
    return found;
end
$$;
comment on function feed.sees_comment(bigint) is
'Whether the viewer may see this comment, as feed.visible_comments says; for what stands beneath a comment.';

create or replace function api.create_comment(input api.create_comment_input) returns api.comments
language sql
volatile
begin atomic
    insert into api.comments (post_id, parent_id, content)
    values ((input).post_id, (input).parent_id, (input).content)
    returning *;
end;
comment on function api.create_comment(api.create_comment_input) is
'Writes a comment under a post, or an answer to another comment of the same post.';

create or replace function api.delete_comment(id bigint) returns api.comments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    deleted api.comments;
begin
    update api.comments as c
    set deleted_at = now()
    where c.id = delete_comment.id and c.author_id = auth.uid() and c.deleted_at is null
    returning c.* into deleted;
    if not found then
        raise exception 'There is no such comment of yours.'
            using errcode = 'DA404', hint = 'Only the author can delete a comment, and only once.';
    end if;
    return deleted;
end
$$;
comment on function api.delete_comment(bigint) is
'Deletes a comment of one''s own. Its place stays, without text or author, while answers stand below it.';

-- What the author of a post does with the comments under it.

create or replace view feed.owned_comments as
select
    c.id,
    c.post_id,
    c.parent_id,
    c.state
from feed.visible_comments as c
inner join api.posts as p on p.id = c.post_id
where c.deleted_at is null and p.author_id = (select auth.uid());
comment on view feed.owned_comments is 'Comments that the viewer sees under posts of their own.';

create or replace function feed.set_comment_state(comment_id bigint, wanted api.comment_state) returns api.comments
language plpgsql
volatile
set search_path = ''
as $$
declare
    changed api.comments;
begin
    update api.comments as c
    set state = wanted
    from feed.owned_comments as o
    where o.id = set_comment_state.comment_id and c.id = o.id
    returning c.* into changed;
    if not found then
        raise exception 'There is no such comment under a post of yours.'
            using errcode = 'DA404', hint = 'Only the author of the post can do this.';
    end if;
    return changed;
end
$$;
comment on function feed.set_comment_state(bigint, api.comment_state) is
'Changes who sees a comment under a post of the viewer''s; raises DA404 for any other.';

create or replace function api.hide_comment(id bigint) returns api.comments
language sql
volatile
security definer
set search_path = ''
begin atomic
    select c.*
    from feed.set_comment_state(hide_comment.id, 'HIDDEN') as c;
end;
comment on function api.hide_comment(bigint) is
'Hides a comment under one''s post: lists leave it out, unless they are asked for hidden ones too.';

create or replace function api.approve_comment(id bigint) returns api.comments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    approved constant api.comments := feed.set_comment_state(id, 'VISIBLE');
begin
    delete from api.withheld_comments as w
    where w.comment_id = approve_comment.id;
    return approved;
end
$$;
comment on function api.approve_comment(bigint) is
'Shows everybody a comment under one''s post that was hidden, or that waited for approval.';

create or replace function api.pin_comment(id bigint) returns api.pinned_comments
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    pinned api.pinned_comments;
begin
    insert into api.pinned_comments as p (post_id, comment_id)
    select o.post_id, o.id
    from feed.owned_comments as o
    where o.id = pin_comment.id and o.parent_id is null and o.state = 'VISIBLE'
    on conflict (post_id) do update
    set comment_id = excluded.comment_id, created_at = excluded.created_at
    returning p.* into pinned;
    if not found then
        raise exception 'There is no such comment under a post of yours.'
            using errcode = 'DA404', hint = 'Pin a visible comment that answers a post of yours, and no other comment.';
    end if;
    return pinned;
end
$$;
comment on function api.pin_comment(bigint) is
'Shows a comment before all others under one''s post, instead of the one pinned so far.';

create or replace function api.unpin_comment(post_id bigint) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.pinned_comments as p
    using api.posts as o
    where p.post_id = unpin_comment.post_id and o.id = p.post_id and o.author_id = auth.uid();
    return found;
end
$$;
comment on function api.unpin_comment(bigint) is 'Ends the pinning of a comment under one''s post; tells whether there was one.';

create or replace function api.like_comment(id bigint) returns api.comment_likes
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    liked api.comment_likes;
begin
    insert into api.comment_likes as l (comment_id, user_id)
    select c.id, auth.uid()
    from feed.visible_comments as c
    where c.id = like_comment.id and c.deleted_at is null
    on conflict (comment_id, user_id) do update
    set user_id = excluded.user_id
    returning l.* into liked;
    if not found then
        raise exception 'There is no such comment.'
            using errcode = 'DA404', hint = 'Like a comment that you can see.';
    end if;
    return liked;
end
$$;
comment on function api.like_comment(bigint) is 'Likes a comment. Doing it twice is doing it once.';

create or replace function api.unlike_comment(id bigint) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.comment_likes as l
    where l.comment_id = unlike_comment.id and l.user_id = auth.uid();
    return found;
end
$$;
comment on function api.unlike_comment(bigint) is 'Takes one''s like of a comment back; tells whether there was one.';

-- Lists. The post is asked about once, then its comments row by row. `rows` keeps the planner from hashing all comments.

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

-- How comments are written.

create or replace function ops.fold_text(given text) returns text
language sql
immutable
strict
return casefold(
    regexp_replace(normalize(given, nfkc), '[\u064B-\u0652\u0670\u0640]', '', 'g') collate pg_catalog.pg_unicode_fast
);
comment on function ops.fold_text(text) is 'A text without cases, Arabic vowel marks and lengthening strokes.';

create or replace function feed.screen_comment(owner bigint, author bigint, content text) returns api.comment_state
language sql
stable
set search_path = ''
begin atomic
    select
        case
            when owner = author then 'VISIBLE'
            when (
                select s.approval = 'EVERYBODY' or (
                    s.approval = 'STRANGERS'
                    and (
                        select true from api.follows as f
                        where f.follower_id = author and f.followee_id = owner
                    ) is null
                )
                from api.comment_settings as s
                where s.user_id = owner
            ) then 'HELD'
            when exists (
                select from api.comment_keywords as k
                where k.user_id = owner and position(ops.fold_text(k.keyword) in ops.fold_text(content)) > 0
            ) then 'HIDDEN'
            else 'VISIBLE'
        end::api.comment_state;
end;
comment on function feed.screen_comment(bigint, bigint, text) is
'How a comment begins, by what the author of the post has chosen.';

-- A missing, a hidden and a deleted parent look alike, and so do posts: the policy would refuse with another code. What
-- is written for nobody (seeds, imports) is trusted.
create or replace function api.tg_comments__place() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    owner bigint;
    above text;
begin
    select p.author_id into owner
    from api.posts as p
    where
        p.id = new.post_id
        and ((select auth.uid()) is null or (select true from feed.visible_posts as v where v.id = p.id));
    if not found then
        raise exception 'There is no such post.'
            using errcode = 'DA404', hint = 'Comment on a post that you can see.';
    end if;
    if auth.uid() is not null and (select true from feed.repliable_posts as r where r.id = new.post_id) is null then
        raise exception 'Its author does not take comments on this post from you.'
            using errcode = 'DA403', hint = 'See replyGate of the post.';
    end if;
    if new.parent_id is not null then
        select c.path::text into above
        from feed.shown_comments as c
        where c.id = new.parent_id and c.post_id = new.post_id and c.deleted_at is null;
        if not found then
            raise exception 'There is no such comment under this post.'
                using errcode = 'DA404', hint = 'Answer a comment of the same post that you can see.';
        end if;
    end if;
    new.path := extensions.text2ltree(concat_ws('.', above, new.id));
    if auth.uid() is not null then
        new.state := feed.screen_comment(owner, new.author_id, new.content);
    end if;
    return new;
end
$$;
comment on function api.tg_comments__place() is
'Puts a comment below the one that it answers, and decides whether it waits for approval.';

create or replace function api.tg_comments__edit() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    owner bigint;
begin
    if new.content is not distinct from old.content or new.content is null then
        return new;
    end if;
    new.edited_at := now();
    if auth.uid() = new.author_id then
        select p.author_id into owner
        from api.posts as p
        where p.id = new.post_id;
        new.state := case feed.screen_comment(owner, new.author_id, new.content)
            when 'VISIBLE' then new.state
            else feed.screen_comment(owner, new.author_id, new.content)
        end;
    end if;
    return new;
end
$$;
comment on function api.tg_comments__edit() is 'Marks a comment as edited; a new text is screened as a new comment is.';

create or replace function api.tg_comments__erase() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if new.deleted_at is null and new.author_id is not null then
        return new;
    end if;
    if tg_op = 'UPDATE' then
        if old.author_id is not null and new.author_id is not null then
            insert into ops.deleted_comments (comment_id, author_id, content)
            values (old.id, old.author_id, old.content);
        end if;
        delete from api.withheld_comments as w
        where w.comment_id = old.id;
        if found then
            new.state := 'HELD';
        end if;
    end if;
    new.deleted_at := coalesce(new.deleted_at, now());
    new.author_id := null;
    new.content := null;
    return new;
end
$$;
comment on function api.tg_comments__erase() is 'Takes text and author out of deleted comments, and of those whose author is gone.';

create or replace function api.tg_comments__withhold() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into api.withheld_comments (comment_id, post_id, parent_id, owner_id)
    select n.id, n.post_id, n.parent_id, p.author_id
    from changed as n
    inner join api.posts as p on p.id = n.post_id
    inner join api.restricts as r on r.restricter_id = p.author_id and r.restricted_id = n.author_id
    where n.deleted_at is null and n.state <> 'HELD';
    return null;
end
$$;
comment on function api.tg_comments__withhold() is 'Keeps the comments of restricted people between them and the post''s author.';

-- Counted are comments that everybody who sees the post can come to see; ops.counter_facts says so, too.
create or replace function feed.count_comments(
    post_ids bigint[], parent_ids bigint[], changes integer[], author_ids bigint[]
) returns void
language sql
volatile
set search_path = ''
begin atomic
    with changed as (
        select
            c.post_id,
            c.parent_id,
            c.change,
            c.author_id
        from unnest(post_ids, parent_ids, changes, author_ids) as c (post_id, parent_id, change, author_id)
    )
    insert into ops.counter_deltas (counter, subject_id, delta, actor_id)
    select
        'POST_COMMENTS',
        c.post_id,
        sum(c.change),
        c.author_id
    from changed as c
    group by c.post_id, c.author_id
    union all
    select
        'COMMENT_REPLIES',
        c.parent_id,
        sum(c.change),
        null
    from changed as c
    where c.parent_id is not null
    group by c.parent_id;
end;
comment on function feed.count_comments(bigint[], bigint[], integer[], bigint[]) is
'Records how many comments posts, and how many answers comments have gained or lost.';

create or replace function api.tg_comments__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        perform feed.count_comments(array_agg(n.post_id), array_agg(n.parent_id), array_agg(1), array_agg(n.author_id))
        from added as n
        where n.deleted_at is null and n.state <> 'HELD';
    elsif tg_op = 'UPDATE' then
        perform feed.count_comments(
            array_agg(n.post_id), array_agg(n.parent_id), array_agg(n.counts - o.counts), array_agg(n.author_id)
        )
        from (select a.*, (a.deleted_at is null and a.state <> 'HELD')::integer as counts from added as a) as n
        inner join (
            select r.id, (r.deleted_at is null and r.state <> 'HELD')::integer as counts from removed as r
        ) as o on o.id = n.id
        where n.counts <> o.counts;
    else
        perform feed.count_comments(array_agg(o.post_id), array_agg(o.parent_id), array_agg(-1), array_agg(o.author_id))
        from removed as o
        where o.deleted_at is null and o.state <> 'HELD';
    end if;
    return null;
end
$$;
comment on function api.tg_comments__count() is 'Records how many comments posts and comments have gained or lost.';

create or replace function api.tg_withheld_comments__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    change constant integer := case tg_op when 'INSERT' then -1 else 1 end;
begin
    perform feed.count_comments(array_agg(w.post_id), array_agg(w.parent_id), array_agg(change), null)
    from changed as w;
    return null;
end
$$;
comment on function api.tg_withheld_comments__count() is 'Takes withheld comments out of the numbers, and puts approved ones in.';

create or replace function api.tg_comment_likes__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'COMMENT_LIKES', l.comment_id, count(*) * case tg_op when 'INSERT' then 1 else -1 end
    from changed as l
    group by l.comment_id;
    return null;
end
$$;
comment on function api.tg_comment_likes__count() is 'Records how many likes comments have gained or lost.';

create or replace trigger comments_place before insert on api.comments
for each row execute function api.tg_comments__place();
create or replace trigger comments_erase before insert or update on api.comments
for each row execute function api.tg_comments__erase();
create or replace trigger comments_edit before update of content on api.comments
for each row execute function api.tg_comments__edit();
create or replace trigger comments_version before update on api.comments
for each row execute function ops.tg_rows__version();
create or replace trigger comments_keep before update of id, post_id, author_id, parent_id, created_at on api.comments
for each row when (new.author_id is not null)
execute function ops.tg_rows__keep('id', 'post_id', 'author_id', 'parent_id', 'created_at');
create or replace trigger comments_count_added after insert on api.comments
referencing new table as added for each statement execute function api.tg_comments__count();
create or replace trigger comments_count_changed after update on api.comments
referencing old table as removed new table as added for each statement execute function api.tg_comments__count();
create or replace trigger comments_count_removed after delete on api.comments
referencing old table as removed for each statement execute function api.tg_comments__count();
create or replace trigger comments_withhold after insert on api.comments
referencing new table as changed for each statement execute function api.tg_comments__withhold();
create or replace trigger withheld_comments_count_added after insert on api.withheld_comments
referencing new table as changed for each statement execute function api.tg_withheld_comments__count();
create or replace trigger withheld_comments_count_removed after delete on api.withheld_comments
referencing old table as changed for each statement execute function api.tg_withheld_comments__count();
create or replace trigger comment_likes_count_added after insert on api.comment_likes
referencing new table as changed for each statement execute function api.tg_comment_likes__count();
create or replace trigger comment_likes_count_removed after delete on api.comment_likes
referencing old table as changed for each statement execute function api.tg_comment_likes__count();
create or replace trigger comment_settings_touch before update on api.comment_settings
for each row execute function ops.tg_rows__touch();
