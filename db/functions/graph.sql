-- Two people who act on each other at once are put in order by locks on their own rows, taken by identifier: shared by
-- whoever adds something between them, exclusive by a block, which then sees and ends all of it. Inserts lock no stronger
-- than `for key share`, which disturbs neither. For rows that clients insert themselves the locks are taken once all of
-- a statement are there, for these are in the client's order.
create or replace function ops.share_people(people bigint[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    select from api.users as u where u.id = any(people) order by u.id for share;
end;
comment on function ops.share_people(bigint[]) is 'Holds off blocks between these people until the transaction ends.';

create or replace function ops.part_people(people bigint[]) returns void
language sql
volatile
set search_path = ''
begin atomic
    select from api.users as u where u.id = any(people) order by u.id for no key update;
end;
comment on function ops.part_people(bigint[]) is
'Waits until nothing is being added between these people, and holds that off until the transaction ends.';

-- A new look: that of the statement and of its policy is older than the lock.
create or replace function ops.admit_follows(followers bigint[], followees bigint[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform ops.share_people(followers || followees);
    if exists (
        select
        from unnest(followers, followees) as f (follower_id, followee_id)
        inner join api.blocks as b
            on b.blocker_id in (f.follower_id, f.followee_id) and b.blocked_id in (f.follower_id, f.followee_id)
    ) then
        raise exception 'new row violates row-level security policy for table "follows"'
            using errcode = 'insufficient_privilege', schema = 'api', table = 'follows';
    end if;
end
$$;
comment on function ops.admit_follows(bigint[], bigint[]) is
'Lets no follow slip in beside a block.';

create or replace function api.tg_blocks__admit() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.part_people(array_agg(b.blocker_id) || array_agg(b.blocked_id))
    from added as b;
    return null;
end
$$;
comment on function api.tg_blocks__admit() is 'Puts blocks behind whatever is being added between these people.';

create or replace function api.tg_follows__added() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    if auth.uid() is not null then
        perform ops.admit_follows(array_agg(f.follower_id), array_agg(f.followee_id))
        from added as f;
    end if;
    insert into ops.counter_deltas (counter, subject_id, delta, actor_id)
    select 'USER_FOLLOWERS', f.followee_id, 1, f.follower_id
    from added as f
    union all
    select 'USER_FOLLOWING', f.follower_id, count(*), null
    from added as f
    group by f.follower_id;
    delete from api.follow_requests as r
    using added as f
    where r.follower_id = f.follower_id and r.followee_id = f.followee_id;
    perform feed.fill_timelines(array_agg(f.follower_id), array_agg(f.followee_id))
    from added as f;
    return null;
end
$$;
comment on function api.tg_follows__added() is 'Counts new followers, ends their requests and fills their timelines with the newest posts.';

create or replace function api.tg_follows__removed() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into ops.counter_deltas (counter, subject_id, delta, actor_id)
    select 'USER_FOLLOWERS', f.followee_id, -1, f.follower_id
    from removed as f
    union all
    select 'USER_FOLLOWING', f.follower_id, -count(*), null
    from removed as f
    group by f.follower_id;
    -- What a job is taking out at this moment is as good as gone: nobody waits crosswise with it.
    delete from feed.timelines as t
    using (
        select d.owner_id, d.post_id
        from removed as f
        inner join feed.timelines as d on d.owner_id = f.follower_id and d.author_id = f.followee_id
        for update of d skip locked
    ) as left_over
    where t.owner_id = left_over.owner_id and t.post_id = left_over.post_id;
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
    where (f.follower_id, f.followee_id) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id));
    delete from api.follow_requests as r
    using added as b
    where (r.follower_id, r.followee_id) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id));
    delete from api.close_friends as c
    using added as b
    where (c.owner_id, c.friend_id) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id));
    delete from api.circle_members as m
    using api.circles as c, added as b
    where
        m.circle_id = c.id
        and (c.owner_id, m.member_id) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id));
    return null;
end
$$;
comment on function api.tg_blocks__part() is
'Ends follows, requests, close friendship and circle membership between two people, in both directions.';

create or replace trigger follows_added after insert on api.follows
referencing new table as added for each statement execute function api.tg_follows__added();
create or replace trigger follows_removed after delete on api.follows
referencing old table as removed for each statement execute function api.tg_follows__removed();
create or replace trigger blocks_part after insert on api.blocks
referencing new table as added for each statement execute function api.tg_blocks__part();

create or replace trigger circles_version before update on api.circles
for each row execute function ops.tg_rows__version();

create or replace function feed.relationships(user_ids bigint[]) returns setof api.relationship
language sql
stable
set search_path = ''
begin atomic
    select
        given.id,
        case when follows.yes then 'FOLLOWING' when asks.yes then 'REQUESTED' else 'NONE' end,
        follows.yes is not null,
        (select true from api.follows as f where f.follower_id = given.id and f.followee_id = auth.uid()) is not null,
        asks.yes is not null,
        (
            select true from api.follow_requests as r where r.follower_id = given.id and r.followee_id = auth.uid()
        ) is not null,
        blocks.yes is not null,
        (select true from feed.viewer_mutes as m where m.user_id = given.id) is not null,
        (
            select true from api.restricts as r where r.restricter_id = auth.uid() and r.restricted_id = given.id
        ) is not null,
        (select true from api.close_friends as c where c.owner_id = auth.uid() and c.friend_id = given.id) is not null
    from (select distinct unnest(user_ids) as id) as given
    left join lateral (
        select true as yes from api.follows as f where f.follower_id = auth.uid() and f.followee_id = given.id
    ) as follows on true
    left join lateral (
        select true as yes from api.follow_requests as r where r.follower_id = auth.uid() and r.followee_id = given.id
    ) as asks on true
    left join lateral (
        select true as yes from api.blocks as b where b.blocker_id = auth.uid() and b.blocked_id = given.id
    ) as blocks on true
    where blocks.yes or (select true from feed.visible_users as v where v.user_id = given.id);
end;
comment on function feed.relationships(bigint[]) is
'How the viewer stands to each of these people, as far as they can be seen or are blocked.';

create or replace function api.relationships(user_ids bigint[]) returns setof api.relationship
language sql
stable
security definer
set search_path = ''
rows 20
begin atomic
    select r.*
    from feed.relationships(user_ids[:100]) as r
    where r.user_id <> auth.uid();
end;
comment on function api.relationships(bigint[]) is
'How one stands to each of up to 100 people. Whom one can''t see is left out.';

create or replace function api._relationship(subject api.users) returns api.relationship
language sql
stable
security definer
set search_path = ''
begin atomic
    select r from feed.relationships(array[(subject).id]) as r where r.user_id <> auth.uid();
end;
comment on function api._relationship(api.users) is 'How the signed-in user stands to this one; null for oneself.';

-- What every function below begins with: who acts, with the other one held, and seen. It answers alike for people who
-- do not exist, have closed their account, or have blocked the viewer.
create or replace function ops.require_visible(user_ids bigint[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform ops.share_people(user_ids || ops.require_user());
    if exists (
        select from unnest(user_ids) as given (id)
        where (select true from feed.visible_users as v where v.user_id = given.id) is null
    ) then
        raise exception 'There is no such user.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
end
$$;
comment on function ops.require_visible(bigint[]) is
'Refuses unless the viewer sees all these people, and holds off blocks among them. For definer functions that write.';

create or replace function ops.refuse_beyond(reached boolean, what text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if reached then
        raise exception '%', what
            using errcode = 'DA422', hint = 'Take something away first.';
    end if;
end
$$;
comment on function ops.refuse_beyond(boolean, text) is 'Refuses what would go beyond a limit.';

-- By its name it is the first of the triggers after blocks.
create or replace trigger blocks_admit after insert on api.blocks
referencing new table as added
for each statement when (auth.uid() is not null) execute function api.tg_blocks__admit();
