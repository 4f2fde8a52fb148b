"""Feeds that read timelines show what feeds show that fetch from everybody, whatever happened."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

import psycopg
import pytest

from tests.feed.acts import BLOCKS, COUNTS, DELIVERY, EMPTYING, PAIRS, POSTS, RUBBISH, Scene, make_scene
from tests.support.databases import Database

NEVER = 2_147_483_647
STEPS = 150
SECONDS = 5.0
# Both in one statement, which is one snapshot.
BOTH = """
select
    coalesce(feed.gathered(me.id, 0, 9223372036854775807, 40), '{}'),
    coalesce(
        feed.fetched(
            me.id, array(select user_id from feed.viewer_follows) || me.id, 0, 9223372036854775807, 40,
            null, null, null
        ), '{}'
    ),
    feed.timeline_floor(me.id) is not null
from (select auth.uid() as id) as me
"""


def become(conn: psycopg.Connection[Any], user: int | None) -> None:
    conn.execute("select set_config('app.user_id', %s, false)", (str(user or ""),))


def walk(conn: psycopg.Connection[Any], mode: str, timeline_from: int) -> list[list[int]]:
    """The pages of a feed for readers of timelines who follow so many."""
    conn.execute("update feed.delivery_settings set timeline_from = %s", (timeline_from,))
    pages: list[list[int]] = []
    cursor = None
    while not pages or cursor:
        row = conn.execute(
            "select array(select (e.node).id from unnest((f).edges) with ordinality as e (cursor, node, place)"
            " order by e.place), ((f).page_info).has_next_page, ((f).page_info).end_cursor"
            " from (select api.feed(%s, 7, %s) as f offset 0) as page",
            (cursor, mode),
        ).fetchone()
        assert row is not None
        pages.append(row[0])
        cursor = row[2] if row[1] else None
    return pages


def compare(conn: psycopg.Connection[Any], reader: int, mode: str) -> bool:
    """Reads in both ways in a transaction that leaves nothing behind; gives whether there was a timeline to be read."""
    with conn.transaction(force_rollback=True):
        become(conn, reader)
        assert walk(conn, mode, 0) == walk(conn, mode, NEVER)
        conn.execute("update feed.delivery_settings set timeline_from = 0")
        [promised] = conn.execute("select feed.timeline_floor(auth.uid()) is not null").fetchall()
    return bool(promised[0])


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_timelines_and_fetching_agree(database: Database, seed: int) -> None:
    chance = random.Random(seed)
    scene = make_scene(database, 6)
    read = 0
    with database.connect() as conn:
        for _ in range(STEPS):
            kinds = [PAIRS, POSTS, DELIVERY, BLOCKS, COUNTS, (RUBBISH,), EMPTYING]
            [acts] = chance.choices(kinds, [30, 40, 60, 3, 4, 3, 2])
            become(conn, None)
            scene.do(conn, chance, acts)
            one, other = chance.sample(scene.people, 2)
            read += compare(conn, one, "LATEST") + compare(conn, other, "RANKED")
    assert read > STEPS / 2


def act(database: Database, scene: Scene, seed: int, until: float) -> None:
    """Does this and that."""
    chance = random.Random(seed)
    with database.connect() as conn:
        while time.monotonic() < until:
            [acts] = chance.choices([PAIRS, POSTS, DELIVERY, COUNTS, EMPTYING], [30, 30, 60, 3, 1])
            scene.do(conn, chance, acts)


def test_at_every_moment_of_what_runs_at_once_both_agree(database: Database) -> None:
    scene = make_scene(database, 5)
    database.execute("update feed.delivery_settings set timeline_from = 0")
    until = time.monotonic() + SECONDS
    threads = [threading.Thread(target=act, args=(database, scene, seed, until)) for seed in range(5)]
    for thread in threads:
        thread.start()
    read = 0
    with database.connect() as conn:
        while any(thread.is_alive() for thread in threads):
            become(conn, random.choice(scene.people))
            [(gathered, fetched, promised)] = conn.execute(BOTH).fetchall()
            assert gathered == fetched
            read += promised
    assert read > 100
