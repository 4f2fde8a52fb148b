-- Following, and requests to follow.

create or replace function api.follow_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    if exists (select from feed.open_accounts as o where o.user_id = follow_user.user_id) then
        insert into api.follows (follower_id, followee_id)
        values (auth.uid(), follow_user.user_id)
        on conflict do nothing;
    elsif not exists (
        select from api.follows as f where f.follower_id = auth.uid() and f.followee_id = follow_user.user_id
    ) then
        insert into api.follow_requests (follower_id, followee_id)
        values (auth.uid(), follow_user.user_id)
        on conflict do nothing;
        -- It may have been accepted while this one waited.
        delete from api.follow_requests as r
        using api.follows as f
        where
            r.follower_id = auth.uid() and r.followee_id = follow_user.user_id
            and f.follower_id = r.follower_id and f.followee_id = r.followee_id;
    end if;
    return (select r from feed.relationships(array[follow_user.user_id]) as r);
end
$$;
comment on function api.follow_user(bigint) is
e'@graphql({"name": "follow"})\nFollows somebody, or asks to where the account is private or a minor''s; followState says which. Doing it twice changes nothing.';

create or replace function api.unfollow_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.share_people(array[ops.require_user(), unfollow_user.user_id]);
    delete from api.follows as f
    where f.follower_id = auth.uid() and f.followee_id = unfollow_user.user_id;
    delete from api.follow_requests as r
    where r.follower_id = auth.uid() and r.followee_id = unfollow_user.user_id;
    return (select r from feed.relationships(array[unfollow_user.user_id]) as r);
end
$$;
comment on function api.unfollow_user(bigint) is
e'@graphql({"name": "unfollow"})\nEnds a follow, or takes the request back. Doing it twice changes nothing.';

create or replace function api.cancel_follow(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.share_people(array[ops.require_user(), cancel_follow.user_id]);
    delete from api.follow_requests as r
    where r.follower_id = auth.uid() and r.followee_id = cancel_follow.user_id;
    return (select r from feed.relationships(array[cancel_follow.user_id]) as r);
end
$$;
comment on function api.cancel_follow(bigint) is 'Takes back a request to follow; a follow that it led to stays.';

create or replace function api.accept_follow(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    delete from api.follow_requests as r
    where r.follower_id = accept_follow.user_id and r.followee_id = auth.uid();
    if found then
        insert into api.follows (follower_id, followee_id)
        values (accept_follow.user_id, auth.uid())
        on conflict do nothing;
    elsif not exists (
        select from api.follows as f where f.follower_id = accept_follow.user_id and f.followee_id = auth.uid()
    ) then
        raise exception 'There is no such request.'
            using errcode = 'DA404', hint = 'It may have been taken back.';
    end if;
    return (select r from feed.relationships(array[accept_follow.user_id]) as r);
end
$$;
comment on function api.accept_follow(bigint) is 'Lets somebody follow who has asked to.';

create or replace function api.reject_follow(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.share_people(array[ops.require_user(), reject_follow.user_id]);
    delete from api.follow_requests as r
    where r.follower_id = reject_follow.user_id and r.followee_id = auth.uid();
    return (select r from feed.relationships(array[reject_follow.user_id]) as r);
end
$$;
comment on function api.reject_follow(bigint) is 'Declines a request to follow. Who asked is not told, and may ask again.';

create or replace function api.remove_follower(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.share_people(array[ops.require_user(), remove_follower.user_id]);
    delete from api.follows as f
    where f.follower_id = remove_follower.user_id and f.followee_id = auth.uid();
    return (select r from feed.relationships(array[remove_follower.user_id]) as r);
end
$$;
comment on function api.remove_follower(bigint) is 'Takes a follower away, who is not told.';
