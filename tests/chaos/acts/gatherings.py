"""Rooms, events and groups."""

from __future__ import annotations

from tests.chaos.acts.words import WORD, given, newest

SOON = "now() + interval '1 hour'"
NAME = f"{WORD} || ' group'"
ANY_ROOM = newest("rooms", "state = 'OPEN'")
OWN_ROOM = newest("rooms", "state <> 'ENDED' and creator_id = %(me)s")
LED_ROOM = (
    "(select max(room_id) from api.room_members join api.rooms as r on r.id = room_id"
    " where user_id = %(me)s and role = 'HOST' and r.state = 'OPEN')"
)
OWN_EVENT = newest("events", "creator_id = %(me)s and id <> %(event)s and cancelled_at is null")
ANY_EVENT = newest("events", "cancelled_at is null")
OWN_GROUP = newest("groups", f"creator_id = %(me)s and deleted_at is null and name = {NAME}")
PLANNED_ROOM = newest("rooms", "state = 'SCHEDULED' and creator_id = %(me)s")
GUARDED = "%(guarded)s"
ASKER = f"(select min(user_id) from api.group_requests where group_id = {GUARDED})"
GROUP_POST = newest("posts", "group_id = %(group)s and deleted_at is null")
MANY = "(%(number)s::integer %% 8 + 2)"
ROOMS = (
    f"select api.create_room({given('create_room', title=WORD, capacity=MANY)})",
    f"select api.create_room({given('create_room', title=WORD, starts_at=SOON)})",
    f"select api.open_room({PLANNED_ROOM})",
    f"update api.rooms set title = %(word)s where id = {OWN_ROOM}",
    *[f"select api.join_room({ANY_ROOM})"] * 3,
    "select api.join_room(%(room)s)",
    "select api.leave_room(%(room)s)",
    f"select api.leave_room({ANY_ROOM})",
    f"select api.leave_room({OWN_ROOM})",
    f"select api.raise_hand({ANY_ROOM}, %(flag)s)",
    f"select api.invite_to_room({LED_ROOM}, %(user)s)",
    f"select api.set_room_role({LED_ROOM}, %(user)s, 'HOST')",
    f"select api.set_room_role({LED_ROOM}, %(user)s, 'LISTENER')",
    f"select api.kick_from_room({LED_ROOM}, %(user)s)",
    f"select api.end_room({OWN_ROOM})",
)
EVENTS = (
    f"select api.create_event({given('create_event', title=WORD, starts_at=SOON, capacity=MANY)})",
    *["select api.rsvp_event(%(event)s, %(answer)s)"] * 2,
    f"select api.rsvp_event({ANY_EVENT}, %(answer)s)",
    f"select api.set_event_capacity({OWN_EVENT}, {MANY})",
    f"select api.set_event_capacity({OWN_EVENT}, null)",
    f"update api.events set place = %(word)s where id = {OWN_EVENT}",
    f"select api.cancel_event({OWN_EVENT})",
)
GROUPS = (
    "select api.join_group(%(group)s)",
    "select api.join_group(%(group)s)",
    "select api.leave_group(%(group)s)",
    f"select api.join_group({GUARDED})",
    f"select api.request_group({GUARDED})",
    f"select api.request_group({GUARDED}, %(word)s)",
    f"select api.accept_group_request({GUARDED}, {ASKER})",
    f"select api.decline_group_request({GUARDED}, {ASKER})",
    f"select api.invite_to_group({GUARDED}, %(user)s)",
    "select api.invite_to_group(%(group)s, %(user)s)",
    f"select api.decline_group_invite({GUARDED})",
    f"select api.leave_group({GUARDED})",
    f"select api.set_group_role({GUARDED}, %(user)s, %(rank)s)",
    "select api.set_group_role(%(group)s, %(user)s, %(rank)s)",
    "select api.remove_group_member(%(group)s, %(user)s)",
    "select api.ban_from_group(%(group)s, %(user)s)",
    "select api.unban_from_group(%(group)s, %(user)s)",
    "select api.unban_from_group(%(group)s, %(user)s)",
    "update api.groups set description = %(word)s where id = %(group)s",
    f"select api.create_group({given('create_group', name=NAME)})",
    f"select api.delete_group({OWN_GROUP})",
    "select api.create_group_post(%(group)s, %(text)s)",
    f"select api.remove_group_post({GROUP_POST})",
    f"select api.react_post({GROUP_POST})",
)
ACTS = ROOMS + EVENTS + GROUPS
