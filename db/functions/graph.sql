create or replace function api.tg_follows__added() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
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
    delete from api.follow_requests as r
    using added as b
    where
        (r.follower_id = b.blocker_id and r.followee_id = b.blocked_id)
        or (r.follower_id = b.blocked_id and r.followee_id = b.blocker_id);
    delete from api.close_friends as c
    using added as b
    where
        (c.owner_id = b.blocker_id and c.friend_id = b.blocked_id)
        or (c.owner_id = b.blocked_id and c.friend_id = b.blocker_id);
    delete from api.circle_members as m
    using api.circles as c, added as b
    where
        m.circle_id = c.id
        and (
            (c.owner_id = b.blocker_id and m.member_id = b.blocked_id)
            or (c.owner_id = b.blocked_id and m.member_id = b.blocker_id)
        );
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

-- Two people who act on each other at once are put in order by locks on their own rows, taken by identifier: shared by
-- whoever adds something between them, exclusive by a block, which then sees and ends all of it. Inserts lock no stronger
-- than `for key share`, which disturbs neither. The trigger is for rows that clients insert themselves.
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

create or replace function api.tg_follows__admit() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.share_people(array[new.follower_id, new.followee_id]);
    -- A new look: the statement's own is older than the lock.
    if exists (
        select from api.blocks as b
        where
            (b.blocker_id = new.follower_id and b.blocked_id = new.followee_id)
            or (b.blocker_id = new.followee_id and b.blocked_id = new.follower_id)
    ) then
        raise exception 'new row violates row-level security policy for table "follows"'
            using errcode = 'insufficient_privilege', schema = 'api', table = 'follows';
    end if;
    return new;
end
$$;
comment on function api.tg_follows__admit() is 'Lets no follow slip in beside a block.';

create or replace function api.tg_blocks__admit() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform ops.part_people(array[new.blocker_id, new.blocked_id]);
    return new;
end
$$;
comment on function api.tg_blocks__admit() is 'Puts a block behind whatever is being added between the two.';

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

-- Whom one can't see one can block all the same: who blocks first must not be safe from it. That a number was once given
-- to an account is no secret.
create or replace function api.block_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.part_people(array[ops.require_user(), block_user.user_id]);
    if not exists (select from api.users as u where u.id = block_user.user_id) then
        raise exception 'There is no such user.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
    insert into api.blocks (blocker_id, blocked_id)
    values (auth.uid(), block_user.user_id)
    on conflict do nothing;
    return (select r from feed.relationships(array[block_user.user_id]) as r);
end
$$;
comment on function api.block_user(bigint) is
'Blocks somebody: neither sees the other, and what was between them ends. Doing it twice changes nothing.';

create or replace function api.unblock_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.part_people(array[ops.require_user(), unblock_user.user_id]);
    delete from api.blocks as b
    where b.blocker_id = auth.uid() and b.blocked_id = unblock_user.user_id;
    return (select r from feed.relationships(array[unblock_user.user_id]) as r);
end
$$;
comment on function api.unblock_user(bigint) is 'Lifts a block. What it ended does not come back.';

create or replace function api.mute_user(
    user_id bigint,
    scope text default 'ALL',
    expires_at timestamptz default null
) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    insert into api.mutes (muter_id, muted_id, scope, expires_at)
    values (auth.uid(), mute_user.user_id, mute_user.scope, mute_user.expires_at)
    on conflict (muter_id, muted_id) do update
    set scope = excluded.scope, expires_at = excluded.expires_at;
    return (select r from feed.relationships(array[mute_user.user_id]) as r);
end
$$;
comment on function api.mute_user(bigint, text, timestamptz) is
'Keeps somebody out of one''s feeds (TIMELINE), notifications (NOTIFICATIONS) or both (ALL), who is not told.';

create or replace function api.unmute_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.mutes as m
    where m.muter_id = ops.require_user() and m.muted_id = unmute_user.user_id;
    return (select r from feed.relationships(array[unmute_user.user_id]) as r);
end
$$;
comment on function api.unmute_user(bigint) is 'Hears of somebody again.';

create or replace function api.mute_word(
    word text,
    scope text default 'ALL',
    expires_at timestamptz default null
) returns api.muted_words
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    viewer constant bigint := ops.require_user();
    plain constant text := lower(normalize(trim(mute_word.word), nfkc));
    muted api.muted_words;
begin
    perform ops.refuse_beyond(
        (select count(*) >= 200 from api.muted_words as w where w.user_id = viewer and w.word <> plain),
        'No more than 200 words can be muted.'
    );
    insert into api.muted_words (user_id, word, scope, expires_at)
    values (viewer, plain, mute_word.scope, mute_word.expires_at)
    on conflict on constraint muted_words_are_listed_once do update
    set scope = excluded.scope, expires_at = excluded.expires_at
    returning * into muted;
    return muted;
end
$$;
comment on function api.mute_word(text, text, timestamptz) is
'Keeps posts with a word or phrase out of one''s feeds, notifications or both, for a time or for ever.';

create or replace function api.unmute_word(word text) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.muted_words as w
    where w.user_id = ops.require_user() and w.word = lower(normalize(trim(unmute_word.word), nfkc));
    return found;
end
$$;
comment on function api.unmute_word(text) is 'Reads a word again; answers whether it was muted.';

create or replace function api.mute_post(
    post_id bigint,
    scope text default 'ALL',
    expires_at timestamptz default null
) returns api.muted_threads
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    muted api.muted_threads;
begin
    if (select true from feed.visible_posts as p where p.id = mute_post.post_id) is null then
        raise exception 'There is no such post.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
    insert into api.muted_threads (user_id, post_id, scope, expires_at)
    values (ops.require_user(), mute_post.post_id, mute_post.scope, mute_post.expires_at)
    on conflict on constraint muted_threads_pkey do update
    set scope = excluded.scope, expires_at = excluded.expires_at
    returning * into muted;
    return muted;
end
$$;
comment on function api.mute_post(bigint, text, timestamptz) is
'Hears no more of what is said under a post, for a time or for ever.';

create or replace function api.unmute_post(post_id bigint) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.muted_threads as t
    where t.user_id = ops.require_user() and t.post_id = unmute_post.post_id;
    return found;
end
$$;
comment on function api.unmute_post(bigint) is 'Hears of a post again; answers whether it was muted.';

create or replace function api.restrict_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    insert into api.restricts (restricter_id, restricted_id)
    values (auth.uid(), restrict_user.user_id)
    on conflict do nothing;
    return (select r from feed.relationships(array[restrict_user.user_id]) as r);
end
$$;
comment on function api.restrict_user(bigint) is
'Shows what somebody answers to nobody but the two, until it is approved. They are not told.';

create or replace function api.unrestrict_user(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.restricts as r
    where r.restricter_id = ops.require_user() and r.restricted_id = unrestrict_user.user_id;
    return (select r from feed.relationships(array[unrestrict_user.user_id]) as r);
end
$$;
comment on function api.unrestrict_user(bigint) is 'Ends a restriction.';

create or replace function api.add_close_friend(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(array[user_id]);
    perform ops.refuse_beyond(
        (select count(*) >= 500 from api.close_friends as c
        where c.owner_id = auth.uid() and c.friend_id <> add_close_friend.user_id),
        'Nobody has more than 500 close friends.'
    );
    insert into api.close_friends (owner_id, friend_id)
    values (auth.uid(), add_close_friend.user_id)
    on conflict do nothing;
    return (select r from feed.relationships(array[add_close_friend.user_id]) as r);
end
$$;
comment on function api.add_close_friend(bigint) is 'Counts somebody among one''s close friends, who is not told.';

create or replace function api.remove_close_friend(user_id bigint) returns api.relationship
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    delete from api.close_friends as c
    where c.owner_id = ops.require_user() and c.friend_id = remove_close_friend.user_id;
    return (select r from feed.relationships(array[remove_close_friend.user_id]) as r);
end
$$;
comment on function api.remove_close_friend(bigint) is 'Takes somebody off one''s close friends, who is not told.';

create or replace function ops.require_circle(circle_id bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
    perform from api.circles as c
    where c.id = require_circle.circle_id and c.owner_id = ops.require_user()
    for update;
    if not found then
        raise exception 'There is no such circle of yours.'
            using errcode = 'DA404', hint = 'Check the identifier.';
    end if;
end
$$;
comment on function ops.require_circle(bigint) is 'Refuses unless the viewer owns the circle, and holds it.';

-- People are held before the circle, everywhere in this order.
create or replace function api.add_circle_members(circle_id bigint, user_ids bigint[]) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_visible(user_ids);
    perform ops.require_circle(circle_id);
    insert into api.circle_members (circle_id, member_id)
    select add_circle_members.circle_id, given.id
    from (select distinct unnest(user_ids) as id) as given
    where given.id <> auth.uid()
    order by given.id
    on conflict do nothing;
    perform ops.refuse_beyond(
        (select count(*) > 500 from api.circle_members as m where m.circle_id = add_circle_members.circle_id),
        'A circle has 500 members at most.'
    );
    return (select c from api.circles as c where c.id = add_circle_members.circle_id);
end
$$;
comment on function api.add_circle_members(bigint, bigint[]) is
'Puts people into one''s circle, who are not told. From now on they see what was and is shared with it.';

create or replace function api.remove_circle_members(circle_id bigint, user_ids bigint[]) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
    perform ops.require_circle(circle_id);
    delete from api.circle_members as m
    where m.circle_id = remove_circle_members.circle_id and m.member_id = any(user_ids);
    return (select c from api.circles as c where c.id = remove_circle_members.circle_id);
end
$$;
comment on function api.remove_circle_members(bigint, bigint[]) is
'Takes people out of one''s circle, who are not told. They no longer see what is shared with it.';

create or replace function api.create_circle(name text, member_ids bigint[] default '{}') returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    made api.circles;
begin
    perform ops.refuse_beyond(
        (select count(*) >= 50 from api.circles as c where c.owner_id = ops.require_user()),
        'Nobody has more than 50 circles.'
    );
    insert into api.circles (owner_id, name)
    values (auth.uid(), trim(create_circle.name))
    returning * into made;
    return api.add_circle_members(made.id, create_circle.member_ids);
end
$$;
comment on function api.create_circle(text, bigint[]) is 'Makes a circle, with its first members.';

create or replace function api.rename_circle(id bigint, name text, version integer default null) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    renamed api.circles;
begin
    perform ops.require_circle(rename_circle.id);
    update api.circles as c
    set name = trim(rename_circle.name), version = coalesce(rename_circle.version, c.version)
    where c.id = rename_circle.id
    returning c.* into renamed;
    return renamed;
end
$$;
comment on function api.rename_circle(bigint, text, integer) is 'Gives one''s circle another name.';

create or replace function api.delete_circle(id bigint) returns api.circles
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
    deleted api.circles;
begin
    perform ops.require_circle(delete_circle.id);
    delete from api.circles as c
    where c.id = delete_circle.id
    returning c.* into deleted;
    return deleted;
end
$$;
comment on function api.delete_circle(bigint) is
'Ends one''s circle. What was shared with it is seen by nobody else from then on.';

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

create or replace trigger follows_admit before insert on api.follows
for each row when (auth.uid() is not null) execute function api.tg_follows__admit();
create or replace trigger blocks_admit before insert on api.blocks
for each row when (auth.uid() is not null) execute function api.tg_blocks__admit();
