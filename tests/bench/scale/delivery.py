"""What delivering to a large following and counting cost in the database."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

import psycopg

from jobs.counters import PARTS
from tests.bench.figures import Figure
from tests.bench.scale.traffic import BATCH, Crowd

FOLLOWERS = 9_999
POSTS = 11
FAN_OUT_MS = 100.0
EVENTS = 50_000
FOLD_SECONDS = 3.0
FOLD_COUNTERS = f"select sum(ops.fold_part(part, 20000)) from generate_series(0, {PARTS - 1}) as part"
FOLD_NOTICES = "select ops.fold_notices(5000)"
RECORD = """
    select count(*)
    from api.record_engagement(
        array(select e from jsonb_populate_recordset(null::api.engagement_event_input, %s::jsonb) as e)
    )
"""
Connection = psycopg.Connection[tuple[Any, ...]]


def fan_out(url: str, followers: int) -> Iterator[Figure]:
    """Delivers posts of somebody with so many followers, each in a transaction of its own; removes all of it again."""
    with psycopg.connect(url, autocommit=True) as conn:
        author = _author(conn, followers)
        try:
            times = [_deliver(conn, author) for _ in range(POSTS)]
        finally:
            _forget(conn, author)
    remark = f"  (the slowest of {POSTS}: {max(times):.0f} ms)"
    yield Figure(f"fan-out to {followers:,} followers, with its commit", median(times), "ms", FAN_OUT_MS, remark=remark)


def _author(conn: Connection, followers: int) -> int:
    [author] = _row(conn, "insert into api.users (username) values ('bench_author') returning id")
    conn.execute(
        """
        insert into api.follows (follower_id, followee_id)
        select u.id, %s from api.users as u where u.username like 'scale\\_%%' order by u.id limit %s
        """,
        [author, followers],
    )
    _drain(conn)
    return int(author)


def _deliver(conn: Connection, author: int) -> float:
    [post] = _row(conn, "insert into api.posts (author_id, content) values (%s, 'hello') returning id", author)
    began = time.perf_counter()
    [delivered] = _row(conn, "select feed.fan_out(%s)", post)
    took = (time.perf_counter() - began) * 1e3
    assert delivered > 0
    return took


def _forget(conn: Connection, author: int) -> None:
    conn.execute("delete from feed.timelines where author_id = %s", [author])
    conn.execute("delete from api.users where id = %s", [author])
    _drain(conn)


def fold(url: str, crowd: Crowd, events: int) -> Iterator[Figure]:
    """Records so many events as the API does, then folds what they left: first the counters, then the notifications."""
    with psycopg.connect(url, autocommit=True) as conn:
        _drain(conn)
        for _ in range(events // BATCH):
            conn.execute("select set_config('app.user_id', %s, false)", [str(crowd.somebody())])
            conn.execute(RECORD, [json.dumps(crowd.events())])
        began = time.perf_counter()
        counted = _empty(conn, FOLD_COUNTERS)
        between = time.perf_counter()
        noticed = _empty(conn, FOLD_NOTICES)
        ended = time.perf_counter()
    name = f"{events:,} engagement events folded into counters"
    yield Figure(name, between - began, "s", FOLD_SECONDS, remark=f"  ({counted:,} deltas)")
    yield Figure("and into notifications", ended - between, "s", remark=f"  ({noticed:,} notices)")


def _drain(conn: Connection) -> None:
    _empty(conn, FOLD_COUNTERS)
    _empty(conn, FOLD_NOTICES)


def _empty(conn: Connection, query: str) -> int:
    total = 0
    while taken := int(_row(conn, query)[0]):
        total += taken
    return total


def _row(conn: Connection, query: str, *params: object) -> tuple[Any, ...]:
    row = conn.execute(query.encode(), params or None).fetchone()
    assert row is not None
    return row
