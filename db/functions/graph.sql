create or replace function api.tg_follows__added() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_FOLLOWERS', f.followee_id, count(*)
    from added as f
    group by f.followee_id
    union all
    select 'USER_FOLLOWING', f.follower_id, count(*)
    from added as f
    group by f.follower_id;
    insert into feed.timelines (owner_id, post_id, author_id)
    select f.follower_id, p.id, p.author_id
    from added as f
    cross join lateral (
        select p.id, p.author_id
        from api.posts as p
        where p.author_id = f.followee_id and p.deleted_at is null and p.visibility <> 'PRIVATE'
        order by p.id desc
        limit 100
    ) as p
    where not exists (select from feed.pulled_authors as a where a.author_id = f.followee_id)
    on conflict (owner_id, post_id) do nothing;
    return null;
end
$$;
comment on function api.tg_follows__added() is 'Counts new followers and fills their timelines with the newest posts.';

create or replace function api.tg_follows__removed() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta)
    select 'USER_FOLLOWERS', f.followee_id, -count(*)
    from removed as f
    group by f.followee_id
    union all
    select 'USER_FOLLOWING', f.follower_id, -count(*)
    from removed as f
    group by f.follower_id;
    delete from feed.timelines as t
    using removed as f
    where t.owner_id = f.follower_id and t.author_id = f.followee_id;
    return null;
end
$$;
comment on function api.tg_follows__removed() is 'Counts lost followers and takes the posts out of their timelines.';

create or replace function api.tg_blocks__part() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    delete from api.follows as f
    using added as b
    where
        (f.follower_id = b.blocker_id and f.followee_id = b.blocked_id)
        or (f.follower_id = b.blocked_id and f.followee_id = b.blocker_id);
    return null;
end
$$;
comment on function api.tg_blocks__part() is 'Ends the follows between two people, in both directions.';

create or replace trigger follows_added after insert on api.follows
referencing new table as added for each statement execute function api.tg_follows__added();
create or replace trigger follows_removed after delete on api.follows
referencing old table as removed for each statement execute function api.tg_follows__removed();
create or replace trigger blocks_part after insert on api.blocks
referencing new table as added for each statement execute function api.tg_blocks__part();

create or replace trigger circles_version before update on api.circles
for each row execute function ops.tg_rows__version();
