"""The same backlog drained by one, two and four worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from tests.bench.figures import Figure
from tests.bench.scale.cpu import meter
from tests.bench.scale.folder import Alone

LOOK_SECONDS = 0.05
START_SECONDS = 30.0
DRAIN_SECONDS = 100.0
HEAD = f"{'backlog':<44}{'workers':>8}{'seconds':>9}{'rate/s':>10}{'speed-up':>10}{'PostgreSQL':>12}{'workers':>9}"
_READY = "select count(*) from procrastinate.procrastinate_workers where last_heartbeat > now() - interval '5 seconds'"
_DELIVERIES = """
    select cardinality(procrastinate.procrastinate_defer_jobs_v1(array_agg(
        row('post.created', 'fanout.deliver', 0, null, null, jsonb_build_object('post_id', p.id), null)
        ::procrastinate.procrastinate_job_to_defer_v1
    )))
    from (
        select p.id
        from api.posts as p
        inner join api.user_stats as s on s.user_id = p.author_id and s.follower_count between 1 and 500
        where p.visibility = 'PUBLIC'
        order by random()
        limit %(number)s
    ) as p
"""
_DELTAS = """
    insert into ops.counter_deltas (counter, subject_id, delta, actor_id)
    select
        (array['POST_VIEWS', 'POST_VIEWS', 'POST_VIEWS', 'POST_LIKES'])[1 + n %% 4],
        posts.ids[1 + floor(random() * cardinality(posts.ids))::integer],
        1,
        users.ids[1 + floor(random() * cardinality(users.ids))::integer]
    from (select array_agg(p.id) as ids from (select id from api.posts order by id desc limit 20000) as p) as posts
    cross join (select array_agg(u.id) as ids from api.users as u where u.username like 'scale\\_%%') as users
    cross join generate_series(1, %(number)s) as n
"""


@dataclass(frozen=True)
class Backlog:
    """Work for one queue: the statement that makes so much of it, and the one that counts what is left."""

    name: str
    queue: str
    number: int
    make: str
    left: str


@dataclass(frozen=True)
class Row:
    """How long so many workers took for the backlog, and how many processors PostgreSQL and they kept busy."""

    backlog: Backlog
    workers: int
    seconds: float
    postgres: float
    python: float

    @property
    def rate(self) -> float:
        return self.backlog.number / self.seconds

    def text(self, first: Row) -> str:
        """The line of the table; the speed-up is over the first row."""
        return (
            f"{self.backlog.name:<44}{self.workers:>8}{self.seconds:>9.1f}{self.rate:>10,.0f}"
            f"{self.rate / first.rate:>10.2f}{self.postgres:>12.2f}{self.python:>9.2f}"
        )


def backlogs(users: int) -> Sequence[Backlog]:
    """Many small jobs, which run one by one; and rows that a job takes twenty thousand of at a time."""
    jobs, deltas = users // 20, 5 * users
    count_jobs = "select count(*) from procrastinate.procrastinate_jobs where queue_name = 'post.created'"
    return (
        Backlog(f"{jobs:,} deliveries, each a job", "post.created", jobs, _DELIVERIES, count_jobs),
        Backlog(
            f"{deltas:,} deltas, set by set",
            "post.engagement",
            deltas,
            _DELTAS,
            "select count(*) from ops.counter_deltas",
        ),
    )


def workers(database: Alone, users: int, processes: Sequence[int]) -> Iterator[Figure]:
    """Prints the table, a row for each number of workers, and gives what a second one brings."""
    print(f"{'':<81}{'processors kept busy':>21}\n{HEAD}", flush=True)
    for backlog in backlogs(users):
        rows: list[Row] = []
        for number in processes:
            rows.append(_drain(database, backlog, number))
            print(rows[-1].text(rows[0]), flush=True)
        yield from _verdict(rows)


def _verdict(rows: Sequence[Row]) -> Iterator[Figure]:
    """What a second worker brings."""
    first, *others = rows
    for second in others[:1]:
        yield Figure(f"{first.backlog.name}: speed-up by a second worker", second.rate / first.rate, "")


def _drain(database: Alone, backlog: Backlog, number: int) -> Row:
    with (
        psycopg.connect(database.admin, autocommit=True) as conn,
        _working(database.worker, backlog.queue, number) as pids,
    ):
        _until(conn, _READY, number, START_SECONDS)
        _until(conn, backlog.left, 0, DRAIN_SECONDS)
        conn.execute(backlog.make.encode(), {"number": backlog.number})
        used, began = meter(postgres=[database.pid], workers=pids), time.perf_counter()
        _until(conn, backlog.left, 0, DRAIN_SECONDS)
        cores = used.cores()
        return Row(backlog, number, time.perf_counter() - began, cores["postgres"], cores["workers"])


@contextmanager
def _working(url: str, queue: str, number: int) -> Iterator[list[int]]:
    """So many worker processes, ended afterwards."""
    command = [sys.executable, "-m", "daira", "worker", "--queues", queue]
    env = os.environ | {"WORKER_DATABASE_URL": url, "LOG_LEVEL": "WARNING"}
    processes = [subprocess.Popen(command, env=env) for _ in range(number)]
    try:
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


def _until(conn: psycopg.Connection[tuple[int]], query: str, wanted: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while (row := conn.execute(query.encode()).fetchone()) and row[0] != wanted:
        assert time.monotonic() < deadline, f"not {wanted} but {row[0]} after {seconds:.0f} s: {query}"
        time.sleep(LOOK_SECONDS)
