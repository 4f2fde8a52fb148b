"""What thirty-two people do at random, and what must hold afterwards."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.jobs.people import make_users, number, publish
from tests.support.databases import Database

BATCH = """
    select count(*) from api.record_engagement(
        (select array_agg(row(kind, post, null, null, 10, null, null, null)::api.engagement_event_input)
        from unnest(%(kinds)s::text[], %(posts)s::bigint[]) as e (kind, post))
    )
"""
NEWEST_COMMENT = "(select max(id) from api.comments where post_id = %(post)s)"
OWN_COMMENT = "(select max(id) from api.comments where author_id = %(me)s and deleted_at is null)"
NEWEST_MESSAGE = "(select max(id) from api.messages where thread_id = %(thread)s)"
ACTS = (
    "select api.follow_user(%(user)s)",
    "select api.follow_user(%(user)s)",
    "select api.accept_follow(%(user)s)",
    "select api.unfollow_user(%(user)s)",
    "select api.remove_follower(%(user)s)",
    "insert into api.follows (followee_id) values (%(user)s) on conflict do nothing",
    "select api.block_user(%(user)s)",
    "select api.unblock_user(%(user)s)",
    "select api.unblock_user(%(user)s)",
    "select api.add_close_friend(%(user)s)",
    "select api.add_circle_members((select min(id) from api.circles), array[%(user)s])",
    "select api.react_post(%(post)s, %(reaction)s)",
    "select api.unreact_post(%(post)s)",
    "select api.save_post(%(post)s)",
    "select api.repost(%(post)s)",
    "select api.unrepost(%(post)s)",
    "select api.create_comment(row(%(post)s, null, 'x'))",
    f"select api.create_comment(row(%(post)s, {NEWEST_COMMENT}, 'x'))",
    f"select api.like_comment({NEWEST_COMMENT})",
    f"select api.unlike_comment({NEWEST_COMMENT})",
    f"select api.delete_comment({OWN_COMMENT})",
    "select api.create_post(row('REGULAR', 'x', null, 'PUBLIC', null, null, null, null, null, null, null, null, null,"
    " null, null)::api.create_post_input)",
    "select api.join_group(%(group)s)",
    "select api.leave_group(%(group)s)",
    "select api.ban_from_group(%(group)s, %(user)s)",
    "select api.unban_from_group(%(group)s, %(user)s)",
    "select api.create_group_post(%(group)s, 'x')",
    "select api.add_thread_members(%(thread)s, array[%(user)s])",
    "select api.leave_thread(%(thread)s)",
    "select api.send_message(row(%(thread)s, null, 'x', null, null, null)::api.send_message_input)",
    "select api.send_message(row(null, %(user)s, 'x', null, null, null)::api.send_message_input)",
    f"select api.react_message({NEWEST_MESSAGE}, %(reaction)s)",
    "select api.mark_thread_read(%(thread)s, 9000000000000000000)",
    "select api.rsvp_event(%(event)s, %(answer)s)",
    BATCH,
    BATCH,
)
# Rows against a rule: each query counts them.
WRONG = {
    "something between people of whom one blocks the other": """
        select count(*) from api.blocks as b
        inner join (
            select follower_id as a, followee_id as z from api.follows
            union all select follower_id, followee_id from api.follow_requests
            union all select owner_id, friend_id from api.close_friends
            union all select c.owner_id, m.member_id from api.circle_members as m
                inner join api.circles as c on c.id = m.circle_id
        ) as pairs on (a, z) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id))
    """,
    "a request beside the follow": """
        select count(*) from api.follow_requests inner join api.follows using (follower_id, followee_id)
    """,
    "a timeline with posts of who is not followed": """
        select count(*) from feed.timelines as t
        where t.post_id > 0
        and not exists (select from api.follows where follower_id = t.owner_id and followee_id = t.author_id)
    """,
    "a group without an owner": """
        select count(*) from api.groups as g where g.deleted_at is null
        and not exists (select from api.group_members where group_id = g.id and role = 'OWNER')
    """,
    "a member who is banned": """
        select count(*) from api.group_members inner join api.group_bans using (group_id, user_id)
    """,
    "an event with more guests than seats": """
        select count(*) from api.events as e where e.capacity < (
            select count(*) from api.event_rsvps where event_id = e.id and answer = 'GOING' and not is_waiting)
    """,
    "somebody waits where a seat is free": """
        select count(*) from api.events as e
        where exists (select from api.event_rsvps where event_id = e.id and is_waiting)
        and e.capacity > (
            select count(*) from api.event_rsvps where event_id = e.id and answer = 'GOING' and not is_waiting)
    """,
    "two threads between the same two people": """
        select count(*) - count(distinct pair) from (
            select array_agg(s.user_id order by s.user_id) as pair
            from api.message_threads as t inner join api.thread_states as s on s.thread_id = t.id
            where t.kind = 'DIRECT' group by t.id
        ) as direct
    """,
}


@dataclass(frozen=True)
class Scene:
    """Who acts, and on what."""

    people: list[int]
    posts: list[int]
    thread: int
    group: int
    event: int

    def arguments(self, chance: random.Random, me: int) -> dict[str, object]:
        """What an act of `me` may be about."""
        return {
            "me": me,
            "user": chance.choice([other for other in self.people if other != me]),
            "post": chance.choice(self.posts),
            "reaction": chance.choice(["LIKE", "LOVE", "WOW"]),
            "answer": chance.choice(["GOING", "NO"]),
            "posts": chance.choices(self.posts, k=20),
            "kinds": chance.choices(["REACT", "UNREACT", "SAVE", "UNSAVE", "VIEW", "SHARE"], k=20),
            "thread": self.thread,
            "group": self.group,
            "event": self.event,
        }


def make_scene(database: Database, writers: int) -> Scene:
    """People with a post and a circle each, of whom every fourth is private; a group, a thread and an event."""
    people = make_users(database, writers)
    database.execute("update api.users set is_private = id = any(%s)", (people[3::4],))
    as_first = f"select set_config('app.user_id', '{people[0]}', true)"
    made = [
        number(
            database, f"with me as materialized ({as_first}) select made.id from me cross join lateral {call} as made"
        )
        for call in (
            f"api.create_group_thread(row('x', array{people[1:9]}::bigint[], null)::api.create_group_thread_input)",
            "api.create_group(row('everybody', null, null, null, null)::api.create_group_input)",
            "api.create_event(row('x', null, null, null, null, null, null, now() + interval '1 day', null, null, 5)"
            "::api.create_event_input)",
        )
    ]
    for owner in people:
        database.execute("insert into api.circles (owner_id, name) values (%s, 'x')", (owner,))
    return Scene(people, [publish(database, author) for author in people], *made)
