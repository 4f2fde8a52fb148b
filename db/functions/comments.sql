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
            (select true from feed.visible_users as u where u.user_id = c.author_id)
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
    screened api.comment_state;
begin
    if new.content is not distinct from old.content or new.content is null then
        return new;
    end if;
    new.edited_at := now();
    if auth.uid() = new.author_id then
        select feed.screen_comment(p.author_id, new.author_id, new.content) into screened
        from api.posts as p
        where p.id = new.post_id;
        new.state := coalesce(nullif(screened, 'VISIBLE'), new.state);
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

create or replace trigger comments_withhold after insert on api.comments
referencing new table as changed for each statement execute function api.tg_comments__withhold();

create or replace trigger comment_settings_touch before update on api.comment_settings
for each row execute function ops.tg_rows__touch();
