grant select, delete on api.follows to authenticated;
grant insert (follower_id, followee_id) on api.follows to authenticated;

-- One's own follows of and by people whom one sees, and those between two people whose public posts one may see.
drop policy if exists select_visible on api.follows;
create policy select_visible on api.follows for select to authenticated
using (
    (
        follower_id = (select auth.uid())
        and (select true from api.users as u where u.id = follows.followee_id)
    )
    or (
        followee_id = (select auth.uid())
        and (select true from api.users as u where u.id = follows.follower_id)
    )
    or (
        (select true from feed.audience as a where a.author_id = follows.follower_id and a.visibility = 'PUBLIC')
        and (select true from feed.audience as a where a.author_id = follows.followee_id and a.visibility = 'PUBLIC')
    )
);
-- A private account, or a minor's, can't be followed without its consent, hence not by a plain insert.
drop policy if exists insert_own on api.follows;
create policy insert_own on api.follows for insert to authenticated
with check (
    follower_id = (select auth.uid())
    and (select true from feed.open_accounts as o where o.user_id = follows.followee_id)
);
-- Both ends may end it.
drop policy if exists delete_own on api.follows;
create policy delete_own on api.follows for delete to authenticated
using (follower_id = (select auth.uid()) or followee_id = (select auth.uid()));

grant select, delete on api.blocks to authenticated;
grant insert (blocker_id, blocked_id) on api.blocks to authenticated;

-- Nobody learns from this table who has blocked them. Whom one can't see one can block all the same.
drop policy if exists select_own on api.blocks;
create policy select_own on api.blocks for select to authenticated
using (blocker_id = (select auth.uid()));
drop policy if exists insert_own on api.blocks;
create policy insert_own on api.blocks for insert to authenticated
with check (blocker_id = (select auth.uid()));
drop policy if exists delete_own on api.blocks;
create policy delete_own on api.blocks for delete to authenticated
using (blocker_id = (select auth.uid()));

-- What follows is each person's own, and changes through functions only. Both ends of a request see it.
grant select on api.follow_requests, api.mutes, api.muted_words, api.muted_threads, api.restricts, api.close_friends
to authenticated;
grant select on api.circles, api.circle_members to authenticated;

drop policy if exists select_own on api.follow_requests;
create policy select_own on api.follow_requests for select to authenticated
using (
    (
        follower_id = (select auth.uid())
        and (select true from api.users as u where u.id = follow_requests.followee_id)
    )
    or (
        followee_id = (select auth.uid())
        and (select true from api.users as u where u.id = follow_requests.follower_id)
    )
);
drop policy if exists select_own on api.mutes;
create policy select_own on api.mutes for select to authenticated
using (muter_id = (select auth.uid()));
drop policy if exists select_own on api.muted_words;
create policy select_own on api.muted_words for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists select_own on api.muted_threads;
create policy select_own on api.muted_threads for select to authenticated
using (user_id = (select auth.uid()));
drop policy if exists select_own on api.restricts;
create policy select_own on api.restricts for select to authenticated
using (restricter_id = (select auth.uid()));
drop policy if exists select_own on api.close_friends;
create policy select_own on api.close_friends for select to authenticated
using (owner_id = (select auth.uid()));
drop policy if exists select_own on api.circles;
create policy select_own on api.circles for select to authenticated
using (owner_id = (select auth.uid()));
-- Nobody but the owner learns who is in a circle, not even the members.
drop policy if exists select_own on api.circle_members;
create policy select_own on api.circle_members for select to authenticated
using ((select true from api.circles as c where c.id = circle_members.circle_id));

grant execute on function
api.relationships(bigint[]),
api._relationship(api.users),
api.follow_user(bigint),
api.unfollow_user(bigint),
api.cancel_follow(bigint),
api.accept_follow(bigint),
api.reject_follow(bigint),
api.remove_follower(bigint),
api.block_user(bigint),
api.unblock_user(bigint),
api.mute_user(bigint, text, timestamptz),
api.unmute_user(bigint),
api.mute_word(text, text, timestamptz),
api.unmute_word(text),
api.mute_post(bigint, text, timestamptz),
api.unmute_post(bigint),
api.restrict_user(bigint),
api.unrestrict_user(bigint),
api.add_close_friend(bigint),
api.remove_close_friend(bigint),
api.create_circle(text, bigint[]),
api.rename_circle(bigint, text, integer),
api.delete_circle(bigint),
api.add_circle_members(bigint, bigint[]),
api.remove_circle_members(bigint, bigint[]),
api.list_followers(bigint),
api.list_following(bigint),
api.suggest_users(integer)
to authenticated;
