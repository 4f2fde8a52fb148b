from __future__ import annotations

import asyncio

import psycopg

from tests.jobs.people import make_users, number, publish
from tests.jobs.workers import eventually, working
from tests.support.databases import Database

LIKES = "select likes_count from api.post_stats where post_id = %s"
FOLD = "select sum(ops.fold_part(part, 500)) from generate_series(0, 3) as part"
FOLD_PART = "select ops.fold_part(%s, 20)"
LEFT = "select count(*) from ops.counter_deltas"


def add_likes(database: Database, posts: list[int], each: int) -> None:
    database.execute(
        """
        insert into ops.counter_deltas (counter, subject_id, delta)
        select 'POST_LIKES', post, 1 from unnest(%s::bigint[]) as post, generate_series(1, %s::integer)
        """,
        (posts, each),
    )


async def test_deltas_are_folded_within_two_seconds(database: Database) -> None:
    post = publish(database, make_users(database, 1)[0])
    async with working(database):
        add_likes(database, [post], 30)
        await eventually(lambda: number(database, LIKES, post) == 30)
    assert number(database, LEFT) == 0


async def test_folding_is_exact_while_others_fold_and_write(database: Database) -> None:
    author = make_users(database, 1)[0]
    posts = [publish(database, author) for _ in range(5)]

    def fold_until_empty() -> None:
        with database.connect("worker") as conn:
            while conn.execute(FOLD).fetchone() != (0,):
                pass

    def write() -> None:
        for _ in range(20):
            add_likes(database, posts, 20)

    await asyncio.gather(*(asyncio.to_thread(work) for work in (write, write, fold_until_empty, fold_until_empty)))
    await asyncio.to_thread(fold_until_empty)
    assert [number(database, LIKES, post) for post in posts] == [800] * 5
    assert number(database, "select post_count from api.user_stats where user_id = %s", author) == 5


def test_parts_do_not_wait_for_each_other(database: Database) -> None:
    author = make_users(database, 1)[0]
    posts = [publish(database, author) for _ in range(40)]
    for _ in range(10):
        add_likes(database, posts, 1)
    with database.connect("worker") as first, database.connect("worker") as second:
        first.execute("begin")
        assert _fold_part(first, 0) == 20
        second.execute("set statement_timeout = '5s'")
        assert [_fold_part(second, part) for part in range(4)] == [0, 20, 20, 20]


def _fold_part(conn: psycopg.Connection, part: int) -> int:
    row = conn.execute(FOLD_PART, [part]).fetchone()
    assert row is not None
    return int(row[0])
