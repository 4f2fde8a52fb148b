-- How comments and their likes are counted.

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

create or replace trigger comments_count_added after insert on api.comments
referencing new table as added for each statement execute function api.tg_comments__count();
create or replace trigger comments_count_changed after update on api.comments
referencing old table as removed new table as added for each statement execute function api.tg_comments__count();
create or replace trigger comments_count_removed after delete on api.comments
referencing old table as removed for each statement execute function api.tg_comments__count();

create or replace trigger withheld_comments_count_added after insert on api.withheld_comments
referencing new table as changed for each statement execute function api.tg_withheld_comments__count();
create or replace trigger withheld_comments_count_removed after delete on api.withheld_comments
referencing old table as changed for each statement execute function api.tg_withheld_comments__count();
create or replace trigger comment_likes_count_added after insert on api.comment_likes
referencing new table as changed for each statement execute function api.tg_comment_likes__count();
create or replace trigger comment_likes_count_removed after delete on api.comment_likes
referencing old table as changed for each statement execute function api.tg_comment_likes__count();
