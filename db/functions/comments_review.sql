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
