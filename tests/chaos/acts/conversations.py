"""What people write to each other."""

from __future__ import annotations

from tests.chaos.acts.words import WORD, given, newest

NEWEST_MESSAGE = newest("messages", "thread_id = %(thread)s")
OWN_MESSAGE = newest("messages", "sender_id = %(me)s and deleted_at is null")
ANY_DIRECT = newest("message_threads", "kind = 'DIRECT'")
OWN_THREAD = newest("message_threads", "kind = 'GROUP' and creator_id = %(me)s")
REQUEST = "(select max(thread_id) from api.thread_states where user_id = %(me)s and folder = 'REQUESTS')"
REPLY = given("send_message", thread_id="%(thread)s::bigint", content=WORD, reply_to_id=NEWEST_MESSAGE)
KEYED = given("send_message", thread_id=ANY_DIRECT, content=WORD, client_id="%(key)s::text")
GATHERED = given("create_group_thread", title=WORD, member_ids="to_jsonb(%(users)s::bigint[])")
IN_THREAD = given("send_message", thread_id="%(thread)s::bigint", content=WORD)
TO_SOMEBODY = given("send_message", recipient_id="%(user)s::bigint", content=WORD)
ACTS = (
    f"select api.send_message({IN_THREAD})",
    f"select api.send_message({IN_THREAD})",
    f"select api.send_message({TO_SOMEBODY})",
    f"select api.send_message({TO_SOMEBODY})",
    f"select api.send_message({REPLY})",
    f"select api.send_message({KEYED})",
    f"select api.edit_message({OWN_MESSAGE}, %(word)s)",
    f"select api.delete_message({OWN_MESSAGE}, true)",
    f"select api.delete_message({NEWEST_MESSAGE})",
    f"select api.react_message({NEWEST_MESSAGE}, %(reaction)s)",
    f"select api.react_message({NEWEST_MESSAGE}, null)",
    "select api.open_direct_thread(%(user)s)",
    "select api.mark_thread_read(%(thread)s, 9000000000000000000)",
    f"select api.mark_thread_read({ANY_DIRECT}, 9000000000000000000)",
    "select api.mute_thread(%(thread)s)",
    "select api.mute_thread(%(thread)s, null)",
    f"select api.clear_thread({ANY_DIRECT})",
    f"select api.accept_thread({REQUEST})",
    f"select api.decline_thread({REQUEST})",
    "select api.add_thread_members(%(thread)s, %(users)s::bigint[])",
    "select api.add_thread_members(%(thread)s, %(users)s::bigint[])",
    "select api.remove_thread_member(%(thread)s, %(user)s)",
    "select api.set_thread_role(%(thread)s, %(user)s, %(role)s)",
    "select api.leave_thread(%(thread)s)",
    f"select api.create_group_thread({GATHERED})",
    f"select api.leave_thread({OWN_THREAD})",
    "select api.update_thread(%(thread)s, %(word)s)",
    f"select api.update_thread({ANY_DIRECT}, null, 60)",
)
