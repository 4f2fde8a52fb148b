"""A minute of everything: posts and engagement through the gateway, with the worker that a stack has."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future

import psycopg

from tests.bench.figures import WRONG, Figure
from tests.bench.scale.backlog import LINE_SECONDS, Look, Series, look, series
from tests.bench.scale.cpu import Meter, meter
from tests.bench.scale.openloop import Answered, Schedule, Stream, sending
from tests.bench.scale.traffic import BATCH, KINDS, Crowd
from tests.support.stacks import Stack

POSTS_A_MINUTE, EVENTS_A_SECOND = 1_000, 10_000
PUNCTUAL = 0.99
DRAINED_SECONDS = 10.0
PARTS = ("postgres", "gateway", "worker")
# Two seconds of what comes in: what is folded once a second waits for one second, and a busy machine is a second late.
# Views are folded by half hours, some minutes after they are over.
TOLERATED = {"posts": 40, "jobs": 50, "deltas": 20_000, "notices": 4_000, "unindexed": 80, "half_hours": 1}


VIEWS_A_SECOND = EVENTS_A_SECOND * KINDS["VIEW"] // 100
FOLD_VIEWS = """
    select
        feed.fold_signals(api.id_at(p.folded_until), api.id_at(now() + interval '30 minutes'), 0, 1),
        feed.fold_meetings(api.id_at(p.folded_until), api.id_at(now() + interval '30 minutes'), 0, 1)
    from ops.ranking_progress as p
"""


def sustained(stack: Stack, url: str, crowd: Crowd, seconds: float) -> Iterator[Figure]:
    """Sends for so many seconds; prints what waits every five, and a verdict for each kind of work."""
    posts = Stream("posts", POSTS_A_MINUTE / 60, crowd.new_posts(int(POSTS_A_MINUTE / 60 * seconds)), b'"createdAt"')
    batches = int(EVENTS_A_SECOND / BATCH * seconds)
    events = Stream("batches of events", EVENTS_A_SECOND / BATCH, crowd.batches(batches), b'"DONE"')
    used = meter(**{name: [stack.pid(name)] for name in PARTS})
    with psycopg.connect(url, autocommit=True) as conn, sending(Schedule(stack.port, [posts, events])) as result:
        looks = _watch(conn, result, used)
        print(f"  processors kept busy: {_shares(used)}", flush=True)
        found = list(series(looks, TOLERATED))
        print(*(each.text() for each in found), sep="\n", flush=True)
        yield from _figures(result.result(), found, _drained(conn))
        yield _views(conn)


def _watch(conn: psycopg.Connection[tuple[int, ...]], result: Future[list[Answered]], used: Meter) -> list[Look]:
    began = time.monotonic()
    looks = [look(conn, began)]
    while not result.done():
        time.sleep(max(0.0, began + len(looks) - time.monotonic()))
        looks.append(look(conn, began))
        if len(looks) % LINE_SECONDS == 1:
            print(looks[-1].text(), flush=True)
    return looks


def _shares(used: Meter) -> str:
    return ", ".join(f"{name} {cores:.2f}" for name, cores in used.cores().items())


def _figures(told: list[Answered], found: list[Series], drained: float) -> Iterator[Figure]:
    posts, events = told
    yield _rate("posts a minute", posts, 60, POSTS_A_MINUTE)
    yield _rate("engagement events a second", events, BATCH, EVENTS_A_SECOND)
    yield Figure(WRONG, posts.errors + events.errors, "", 1, remark=posts.example or events.example)
    growing = [each.name for each in found if each.grows]
    yield Figure("backlogs that grow", len(growing), "", 1, remark="  ".join(["", *growing]))
    yield Figure("seconds until nothing waits after the end", drained, "s", DRAINED_SECONDS)


def _views(conn: psycopg.Connection[tuple[int, ...]]) -> Figure:
    """Folds the views of a half hour that is not over, to see how fast that goes, and takes it back."""
    with conn.transaction(force_rollback=True):
        began = time.perf_counter()
        row = conn.execute(FOLD_VIEWS.encode()).fetchone()
        rate = (row[0] if row else 0) / (time.perf_counter() - began)
    remark = f"  ({1800 * VIEWS_A_SECOND / max(rate, 1):.0f} s for half an hour of {VIEWS_A_SECOND:,} a second)"
    return Figure("views folded for ranking a second", rate, "", least=VIEWS_A_SECOND, remark=remark)


def _rate(name: str, told: Answered, factor: int, wanted: int) -> Figure:
    remark = f"  (answered after {told.p50:.0f} ms, 99 % within {told.p99:.0f} ms)"
    return Figure(name, told.rate * factor, "", least=wanted * PUNCTUAL, remark=remark)


def _drained(conn: psycopg.Connection[tuple[int, ...]]) -> float:
    began = time.monotonic()
    while time.monotonic() - began < 3 * DRAINED_SECONDS:
        waiting = look(conn, began).waiting
        if not any(waiting[name] for name in ("posts", "deltas", "notices", "unindexed")):
            break
        time.sleep(0.1)
    return time.monotonic() - began
