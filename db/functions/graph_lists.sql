-- Lists of people.

-- Read as the viewer, so that the policies of follows and users decide, row by row in the order of the index.
create or replace function api.list_followers(user_id bigint) returns setof api.users
language sql
stable
rows 1000
begin atomic
    select u.*
    from api.follows as f
    inner join api.users as u on u.id = f.follower_id
    where f.followee_id = list_followers.user_id;
end;
comment on function api.list_followers(bigint) is
e'@graphql({"name": "followers"})\nWho follows somebody, as far as one may see it: nobody for a private account that one does not follow.';

create or replace function api.list_following(user_id bigint) returns setof api.users
language sql
stable
rows 1000
begin atomic
    select u.*
    from api.follows as f
    inner join api.users as u on u.id = f.followee_id
    where f.follower_id = list_following.user_id;
end;
comment on function api.list_following(bigint) is
e'@graphql({"name": "following"})\nWhom somebody follows, as far as one may see it: nobody for a private account that one does not follow.';

-- Bounded, so that who follows thousands waits no longer: the 200 people followed last, and 200 follows of each.
create or replace function api.suggest_users("limit" integer default 20) returns setof api.suggestion
language sql
stable
security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
rows 20
begin atomic
    select
        u,
        candidates.mutual_count
    from (
        select
            theirs.followee_id as user_id,
            count(*)::integer as mutual_count
        from (
            select f.followee_id
            from api.follows as f
            where f.follower_id = auth.uid()
            order by f.followee_id desc
            limit 200
        ) as mine
        cross join lateral (
            select f.followee_id
            from api.follows as f
            where f.follower_id = mine.followee_id
            order by f.followee_id desc
            limit 200
        ) as theirs
        group by theirs.followee_id
        order by count(*) desc, theirs.followee_id desc
        limit 1000
    ) as candidates
    inner join api.users as u on u.id = candidates.user_id
    inner join feed.open_accounts as o on o.user_id = u.id
    inner join feed.discoverable_users as d on d.user_id = u.id
    where
        u.id <> auth.uid()
        and (select true from feed.viewer_follows as f where f.user_id = u.id) is null
        and (select true from feed.viewer_mutes as m where m.user_id = u.id) is null
    order by candidates.mutual_count desc, u.id desc
    limit least(greatest(coalesce("limit", 20), 1), 50);
end;
comment on function api.suggest_users(integer) is
'People whom those follow whom one follows, the most followed first: open accounts that may be suggested. 1 to 50 of them.';
