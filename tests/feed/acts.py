"""What changes whose posts a feed holds: everything that people, staff and jobs do to follows and timelines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.jobs.people import make_users
from tests.support.databases import Database

FEW = "update feed.delivery_settings set timeline_rows = 8, rebuilt_rows = 5, filled_rows = 3"
POST = "insert into api.posts (author_id, content, visibility, circle_id, group_id) values "
CIRCLE = "(select id from api.circles where owner_id = %(one)s)"
PAIRS = (
    "insert into api.follows (follower_id, followee_id) values (%(one)s, %(other)s) on conflict do nothing",
    "insert into api.follows (follower_id, followee_id) values (%(one)s, %(other)s) on conflict do nothing",
    "insert into api.follows (follower_id, followee_id) select %(one)s, unnest(%(people)s) except"
    " select %(one)s, %(one)s on conflict do nothing",
    "delete from api.follows where follower_id = %(one)s and followee_id = %(other)s",
    "insert into api.mutes (muter_id, muted_id, scope) values (%(one)s, %(other)s, 'ALL') on conflict do nothing",
    "insert into api.mutes (muter_id, muted_id, expires_at) values (%(one)s, %(other)s, now() + interval '1 day')"
    " on conflict (muter_id, muted_id) do update set expires_at = excluded.expires_at, scope = 'TIMELINE'",
    "update api.mutes set expires_at = null, scope = 'TIMELINE' where muter_id = %(one)s",
    "delete from api.mutes where muter_id = %(one)s",
    "delete from api.mutes where muted_id = %(one)s",
    "insert into api.close_friends (owner_id, friend_id) values (%(one)s, %(other)s) on conflict do nothing",
    "delete from api.close_friends where owner_id = %(one)s",
    f"insert into api.circle_members (circle_id, member_id) select {CIRCLE}, %(other)s on conflict do nothing",
    f"delete from api.circle_members where circle_id = {CIRCLE}",
    "insert into api.group_members (group_id, user_id) values (%(group)s, %(one)s) on conflict do nothing",
    "delete from api.group_members where user_id = %(one)s and role = 'MEMBER'",
)
BLOCKS = (
    "insert into api.blocks (blocker_id, blocked_id) values (%(one)s, %(other)s) on conflict do nothing",
    "delete from api.blocks where blocker_id = %(one)s",
    "delete from api.blocks where blocked_id = %(one)s",
)
POSTS = (
    *[f"{POST} (%(one)s, 'x', 'PUBLIC', null, null)"] * 6,
    f"{POST} (%(one)s, 'x', 'PRIVATE', null, null)",
    f"{POST} (%(one)s, 'x', 'FOLLOWERS', null, null)",
    f"{POST} (%(one)s, 'x', 'CLOSE_FRIENDS', null, null)",
    f"{POST} (%(one)s, 'x', 'CIRCLE', {CIRCLE}, null)",
    f"{POST} (%(one)s, 'x', 'GROUP', null, %(group)s)",
    "insert into api.posts (author_id, content, type, expires_at)"
    " values (%(one)s, 'x', 'STORY', now() + interval '0.2 s')",
    "update api.posts set deleted_at = now() where id = %(post)s",
    "update api.posts set deleted_at = null where id = %(post)s",
    "update api.posts set archived_at = now() where id = %(post)s",
    "update api.posts set archived_at = null where id = %(post)s",
    "update api.posts set visibility = 'PRIVATE', circle_id = null, group_id = null where id = %(post)s",
    "update api.posts set visibility = 'PUBLIC', circle_id = null, group_id = null where id = %(post)s",
    "update api.posts set is_highlighted = not is_highlighted"
    " where id = (select max(id) from api.posts where author_id = %(one)s and expires_at is not null)",
    "update api.users set is_private = not is_private where id = %(one)s",
)
DELIVERY = (
    *["select feed.fan_out(post_id) from (select post_id from feed.undelivered order by random() limit 1) as one"] * 16,
    "select feed.fan_out(%(post)s)",
    "select feed.trim_timelines()",
    "select feed.drop_expired()",
    *["select feed.rebuild_timeline(%(one)s)"] * 4,
    "select feed.rebuild_timeline(u) from feed.timelines_to_rebuild(1) as u",
    "update feed.activity set seen_at = now() - interval '8 days' where user_id = %(one)s",
    "select feed.rest_timelines()",
    "select feed.see_user(%(one)s)",
    "select feed.see_user(u) from unnest(%(people)s) as u",
)
# More followers than can be delivered to, and fewer.
COUNTS = (
    "update api.user_stats set follower_count = 10000 where user_id = %(one)s",
    "update api.user_stats set follower_count = 0 where user_id = %(one)s",
    "select feed.review_delivery(%(people)s)",
)
RUBBISH = """
insert into feed.timelines (owner_id, post_id, author_id)
select o.id, p.id, (array[p.author_id, %(one)s])[1 + p.id %% 2]
from unnest(%(people)s) as o (id), api.posts as p where p.author_id = %(one)s
on conflict do nothing
"""
LEAVES = tuple(f"truncate partitions.timelines_{leaf}" for leaf in range(8))
EMPTYING = ("truncate feed.timelines", *LEAVES, "delete from feed.timelines")


@dataclass(frozen=True)
class Scene:
    """Who acts, in which group."""

    people: list[int]
    group: int

    def do(self, conn: psycopg.Connection[Any], chance: random.Random, acts: Sequence[str]) -> None:
        """One of these acts, by somebody."""
        one, other = chance.sample(self.people, 2)
        newest = conn.execute("select id from api.posts order by id desc limit 12").fetchall()
        given = {
            "one": one,
            "other": other,
            "people": self.people,
            "group": self.group,
            "post": chance.choice(newest)[0] if newest else 0,
        }
        conn.execute(chance.choice(acts).encode(), given)


def make_scene(database: Database, size: int) -> Scene:
    """People with a circle each, of whom the first has a group; timelines are short, so that they end."""
    people = make_users(database, size)
    database.execute(FEW)
    database.execute("insert into api.circles (owner_id, name) select unnest(%s), 'x'", (people,))
    rows = database.execute("insert into api.groups (creator_id, name) values (%s, 'group') returning id", (people[0],))
    group = int(str(rows[0][0]))
    database.execute(
        "insert into api.group_members (group_id, user_id, role) values (%s, %s, 'OWNER')", (group, people[0])
    )
    database.execute("insert into api.user_stats (user_id) select unnest(%s) on conflict do nothing", (people,))
    return Scene(people, group)
