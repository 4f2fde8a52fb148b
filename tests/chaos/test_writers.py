"""Thirty-two people who follow, block, react, comment and like at random, all at once."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.jobs.people import make_users, publish
from tests.support.databases import Database

WRITERS = 32
SECONDS = 6.0
# What a client is told rather than done: not there for you, or not yours to do. 42501 is the policy's word for it,
# where somebody is unblocked between the snapshots of a statement and of its triggers.
ANSWERS = {"DA403", "DA404", "23505", "42501"}
BATCH = """
    select count(*) from api.record_engagement(
        (select array_agg(row(kind, post, null, null, 10, null, null, null)::api.engagement_event_input)
        from unnest(%(kinds)s::text[], %(posts)s::bigint[]) as e (kind, post))
    )
"""
ACTS = (
    "select api.follow_user(%(user)s)",
    "select api.unfollow_user(%(user)s)",
    "select api.block_user(%(user)s)",
    "select api.unblock_user(%(user)s)",
    "select api.react_post(%(post)s, %(reaction)s)",
    "select api.unreact_post(%(post)s)",
    "select api.save_post(%(post)s)",
    "select api.create_comment(row(%(post)s, null, 'x'))",
    "select api.like_comment((select max(id) from api.comments where post_id = %(post)s))",
    "select api.delete_comment((select max(id) from api.comments where author_id = %(me)s and deleted_at is null))",
    BATCH,
    BATCH,
)


def write(database: Database, me: int, people: list[int], posts: list[int]) -> list[str]:
    """Acts for some seconds in one person's name; gives the codes of errors that nobody should see."""
    chance = random.Random(me)  # noqa: S311 - what they do, no secret
    until = time.monotonic() + SECONDS
    unexpected: list[str] = []
    with database.connect() as conn:
        conn.execute("set role authenticated")
        conn.execute("select set_config('app.user_id', %s, false)", (str(me),))
        while time.monotonic() < until:
            try:
                conn.execute(chance.choice(ACTS), arguments(chance, me, people, posts))
            except psycopg.Error as error:
                unexpected += [error.sqlstate or "?"] if error.sqlstate not in ANSWERS else []
    return unexpected


def arguments(chance: random.Random, me: int, people: list[int], posts: list[int]) -> dict[str, object]:
    """What an act may be about."""
    return {
        "me": me,
        "user": chance.choice([other for other in people if other != me]),
        "post": chance.choice(posts),
        "reaction": chance.choice(["LIKE", "LOVE", "WOW"]),
        "posts": chance.choices(posts, k=20),
        "kinds": chance.choices(["REACT", "UNREACT", "SAVE", "UNSAVE", "VIEW", "SHARE"], k=20),
    }


def fold(database: Database) -> None:
    """Folds while the others write, and until nothing is left."""
    until = time.monotonic() + SECONDS
    with database.connect("worker") as conn:
        while conn.execute("select ops.fold_counters(500)").fetchone() != (0,) or time.monotonic() < until:
            pass


def test_no_deadlock_reaches_anybody_and_all_is_counted(database: Database) -> None:
    people = make_users(database, WRITERS)
    posts = [publish(database, author) for author in people]
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        folding = [pool.submit(fold, database) for _ in range(2)]
        writing = [pool.submit(write, database, me, people, posts) for me in people]
        unexpected = [code for each in writing for code in each.result()]
        for each in folding:
            each.result()
    fold(database)
    assert unexpected == []
    assert database.execute("select * from ops.counter_drift") == []
    assert database.execute("select count(*) > 0 from api.reactions") == [(True,)]
