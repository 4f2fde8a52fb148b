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
comment on function api.delete_comment(bigint) is 'Deletes a comment of one''s own.';

-- A missing, a hidden and a deleted parent look alike, and so do their posts.
create or replace function api.tg_comments__place() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    above text;
begin
    if new.parent_id is null then
        new.path := extensions.text2ltree(new.id::text);
        return new;
    end if;
    select c.path::text into above
    from api.comments as c
    inner join feed.visible_posts as p on p.id = c.post_id
    where
        c.id = new.parent_id and c.post_id = new.post_id and c.deleted_at is null
        and not exists (select from feed.viewer_blocks as b where b.user_id = c.author_id);
    if not found then
        raise exception 'There is no such comment under this post.'
            using errcode = 'DA404', hint = 'Answer a comment of the same post that you can see.';
    end if;
    new.path := extensions.text2ltree(above || '.' || new.id::text);
    return new;
end
$$;
comment on function api.tg_comments__place() is 'Puts a comment below the one that it answers.';

create or replace function api.tg_comments__count() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_COMMENTS', n.post_id, count(*)
        from added as n
        where n.deleted_at is null
        group by n.post_id;
    elsif tg_op = 'UPDATE' then
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_COMMENTS', n.post_id, sum((n.deleted_at is null)::integer - (o.deleted_at is null)::integer)
        from added as n
        inner join removed as o on o.id = n.id
        where (n.deleted_at is null) <> (o.deleted_at is null)
        group by n.post_id;
    else
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_COMMENTS', o.post_id, -count(*)
        from removed as o
        where o.deleted_at is null
        group by o.post_id;
    end if;
    return null;
end
$$;
comment on function api.tg_comments__count() is 'Records how many comments posts have gained or lost.';

create or replace trigger comments_place before insert on api.comments
for each row execute function api.tg_comments__place();
create or replace trigger comments_version before update on api.comments
for each row execute function ops.tg_rows__version();
create or replace trigger comments_keep before update of id, post_id, author_id, parent_id, created_at on api.comments
for each row execute function ops.tg_rows__keep('id', 'post_id', 'author_id', 'parent_id', 'created_at');
create or replace trigger comments_count_added after insert on api.comments
referencing new table as added for each statement execute function api.tg_comments__count();
create or replace trigger comments_count_changed after update on api.comments
referencing old table as removed new table as added for each statement execute function api.tg_comments__count();
create or replace trigger comments_count_removed after delete on api.comments
referencing old table as removed for each statement execute function api.tg_comments__count();
