"""What people do to each other and to their own account."""

from __future__ import annotations

from tests.chaos.acts.words import NUMBERED, POST, given, newest, text

REQUESTED = "(select min(follower_id) from api.follow_requests where followee_id = %(me)s)"
ANY_CIRCLE = "(select id from api.circles where owner_id = %(me)s order by random() limit 1)"
CONTACTS = given("update_settings", message_policy="%(policy)s::text", mention_policy="%(policy)s::text")
REPORT = given("report", subject_type=text("USER"), subject_id="%(user)s::bigint", reason=text("SPAM"))
FOLLOWING = (
    "select api.follow_user(%(user)s)",
    "select api.follow_user(%(user)s)",
    "select api.follow_user(%(user)s)",
    "select api.accept_follow(%(user)s)",
    f"select api.accept_follow({REQUESTED})",
    f"select api.reject_follow({REQUESTED})",
    "select api.cancel_follow(%(user)s)",
    "select api.unfollow_user(%(user)s)",
    "select api.remove_follower(%(user)s)",
    "insert into api.follows (followee_id) values (%(user)s) on conflict do nothing",
    "insert into api.follows (followee_id) select unnest(%(users)s::bigint[]) on conflict do nothing",
    "delete from api.follows where followee_id = any(%(users)s)",
    "delete from api.follows where followee_id = %(me)s and follower_id = any(%(users)s)",
)
LIMITS = (
    "select api.block_user(%(user)s)",
    "insert into api.blocks (blocked_id) values (%(user)s) on conflict do nothing",
    "insert into api.blocks (blocked_id) select unnest(%(pair)s::bigint[]) on conflict do nothing",
    "select api.unblock_user(%(user)s)",
    "select api.unblock_user(%(user)s)",
    *["delete from api.blocks"] * 6,
    "delete from api.blocks where blocked_id = any(%(users)s)",
    "select api.mute_user(%(user)s, %(scope)s)",
    "select api.mute_user(%(user)s, %(scope)s, now() + interval '1 hour')",
    "select api.unmute_user(%(user)s)",
    "select api.mute_word(%(word)s)",
    "select api.unmute_word(%(word)s)",
    f"select api.mute_post({POST}, %(scope)s)",
    f"select api.unmute_post({POST})",
    "select api.restrict_user(%(user)s)",
    "select api.unrestrict_user(%(user)s)",
)
CIRCLES = (
    "select api.add_close_friend(%(user)s)",
    "select api.remove_close_friend(%(user)s)",
    f"select api.create_circle({NUMBERED}, %(users)s::bigint[])",
    f"select api.rename_circle({ANY_CIRCLE}, {NUMBERED})",
    f"select api.add_circle_members({ANY_CIRCLE}, %(users)s::bigint[])",
    f"select api.add_circle_members({ANY_CIRCLE}, array[%(user)s])",
    f"select api.remove_circle_members({ANY_CIRCLE}, %(users)s::bigint[])",
    f"select api.delete_circle({ANY_CIRCLE})",
)
ACCOUNT = (
    f"select api.update_profile({given('update_profile', is_private='%(flag)s::boolean')})",
    f"select api.update_profile({given('update_profile', bio='%(word)s::text', is_private='false')})",
    "update api.users set name = %(word)s where id = %(me)s",
    "select api.change_handle(%(word)s || '_' || %(number)s::text)",
    "select api.change_handle('q' || %(me)s::text || '_' || %(number)s::text)",
    "select api.deactivate_account()",
    *["select api.reactivate_account()"] * 6,
    f"select api.update_settings({CONTACTS})",
    f"select api.update_settings({given('update_settings', allows_analytics='%(flag)s::boolean')})",
    "select api.set_birth_date('1990-01-01')",
    f"select api.verify_creator({given('verify_creator', statement='%(word)s::text')})",
    "select api.withdraw_verification()",
    "select api.set_district((select min(code) from api.districts))",
    "insert into api.user_interests (interest_code) select code from api.interests order by random() limit 2"
    " on conflict do nothing",
    "delete from api.user_interests",
)
NOTICES = (
    "select api.mark_notifications_read()",
    f"select api.mark_notifications_read(array[{newest('notifications')}])",
    "delete from api.notifications where id in (select id from api.notifications order by random() limit 2)",
    "select api.subscribe_push('https://push.example/' || %(number)s::text, repeat('A', 87), repeat('A', 22))",
    "delete from api.push_subscriptions",
    "insert into api.notification_settings (quiet_from, quiet_to) values ('22:00', '07:00')"
    " on conflict (user_id) do update set quiet_from = excluded.quiet_from",
    "insert into api.notification_preferences (kind, in_app, push, email)"
    " select kind, true, true, true from api.notification_kinds"
    " order by random() limit 3 on conflict (user_id, kind) do update set push = excluded.push",
    "delete from api.notification_preferences",
    f"select api.report({REPORT})",
    "select api.save_search(%(word)s)",
    "delete from api.recent_searches",
)
ACTS = FOLLOWING + LIMITS + CIRCLES + ACCOUNT + NOTICES
