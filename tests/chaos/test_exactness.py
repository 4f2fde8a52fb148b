"""Workers and PostgreSQL killed at random while people post and react: afterwards everything is there, exactly once.

CHAOS_SECONDS is how long it lasts: 12 for every day, 60 (twenty workers and PostgreSQL twice) for the full proof.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx
import psycopg

from tests.bench.inside import addresses, signer
from tests.chaos.load import Book, make_author, number, under_load
from tests.jobs.workers import _MAIN, eventually
from tests.support.stacks import Stack, until

SECONDS = float(os.environ.get("CHAOS_SECONDS", "12"))
KILLS = int(SECONDS / 3)
POSTGRES_KILLS = 2 if SECONDS >= 60 else 1
FOLLOWERS = 20
WORKERS = 3

LEFT = """
select
    (select count(*) from procrastinate.procrastinate_jobs where task_name = 'fanout.deliver')
    + (select count(*) from feed.undelivered)
    + (select count(*) from ops.counter_deltas)
    + (select count(*) from ops.notices)
"""
MISSING = """
select count(*)
from api.posts as p
inner join api.follows as f on f.followee_id = p.author_id
left join feed.timelines as t on t.owner_id = f.follower_id and t.post_id = p.id
where p.author_id = %s and t.post_id is null
"""
IN_FEED = "select count(*) from unnest(feed.gathered(%s, 0, 9223372036854775807, 1000000)) as p (id) where id = any(%s)"
UNTOLD = """
select count(*)
from api.reactions as r
inner join api.posts as p on p.id = r.post_id and p.author_id = %s
left join api.notifications as n on n.post_id = r.post_id and n.kind = 'REACTION'
left join api.notification_actors as a on a.notification_id = n.id and a.actor_id = r.user_id
where a.actor_id is null
"""
TOLD_TWICE = """
select count(*)
from (
    select from api.notifications where recipient_id = %s and kind = 'REACTION' group by post_id having count(*) > 1
) as twice
"""
ACKNOWLEDGED = """
select count(*)
from api.reactions
where (post_id, user_id) in (select * from unnest(%s::bigint[], %s::bigint[]))
"""


class Workers:
    """Worker processes beside the stack's own; one that is killed is followed by another."""

    def __init__(self, stack: Stack) -> None:
        self._command = [sys.executable, "-c", _MAIN.replace("'WARNING'", "'ERROR'"), addresses(stack).worker]
        self._processes = [subprocess.Popen(self._command) for _ in range(WORKERS)]

    def kill_one(self) -> None:
        place = random.randrange(WORKERS)
        self._processes[place].kill()
        self._processes[place].wait()
        self._processes[place] = subprocess.Popen(self._command)

    def stop(self) -> None:
        for process in self._processes:
            process.kill()
            process.wait()


def strike(stack: Stack, victim: str) -> bool:
    """Kills a part of the stack; False while it is between two lives."""
    try:
        os.kill(stack.pid(victim), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


async def torment(stack: Stack, workers: Workers) -> None:
    """Kills, at random moments: workers of both kinds, and PostgreSQL."""
    chance = random.Random()
    victims = ["worker"] * KILLS + ["postgres"] * POSTGRES_KILLS
    moments = sorted(chance.uniform(0.5, SECONDS) for _ in victims)
    chance.shuffle(victims)
    begun = time.monotonic()
    for moment, victim in zip(moments, victims, strict=True):
        await asyncio.sleep(max(0.0, begun + moment - time.monotonic()))
        if victim == "worker" and chance.random() < 0.75:
            workers.kill_one()
        else:
            await asyncio.to_thread(until, stack.is_well)
            await asyncio.to_thread(until, partial(strike, stack, victim))
    await asyncio.sleep(max(0.0, begun + SECONDS - time.monotonic()))


@asynccontextmanager
async def reacting(stack: Stack, fans: list[int], book: Book) -> AsyncIterator[list[tuple[int, int]]]:
    """Fans react to acknowledged posts without pause; gives the reactions that were acknowledged, as post and fan."""
    done: list[tuple[int, int]] = []
    stopping = asyncio.Event()

    async def react(client: httpx.AsyncClient, fan: int) -> None:
        headers = signer(stack).header(fan)
        while not stopping.is_set():
            post = random.choice(book.acknowledged)
            answer = await client.post("/rest/v1/rpc/react_post", json={"id": str(post)}, headers=headers)
            if answer.status_code == 200:
                done.append((post, fan))
            await asyncio.sleep(0.02)

    async with httpx.AsyncClient(base_url=stack.url, timeout=15) as client:
        work = [asyncio.create_task(react(client, fan)) for fan in fans]
        try:
            yield done
        finally:
            stopping.set()
            await asyncio.gather(*work)


def shown(stack: Stack, reader: int, posts: list[int]) -> int:
    """How many of the posts a feed shows that reads the timeline."""
    with psycopg.connect(addresses(stack).admin) as connection, connection.transaction(force_rollback=True):
        connection.execute("update feed.delivery_settings set timeline_from = 0")
        connection.execute("select set_config('app.user_id', %s, true)", [str(reader)])
        [(found,)] = connection.execute(IN_FEED, [reader, posts]).fetchall()
    return int(found)


def followers(stack: Stack, author: int) -> list[int]:
    with psycopg.connect(addresses(stack).admin) as connection:
        connection.execute("update feed.delivery_settings set timeline_rows = 1000000")
        rows = connection.execute("select follower_id from api.follows where followee_id = %s", [author])
        return [int(row[0]) for row in rows]


async def test_everything_arrives_exactly_once_whoever_is_killed(stack: Stack) -> None:
    author = make_author(stack, FOLLOWERS)
    fans = followers(stack, author)[:4]
    before = number(stack, "select count(*) from ops.dead_letters")
    workers = Workers(stack)
    try:
        async with under_load(stack, author) as book, reacting(stack, fans, book) as reactions:
            await torment(stack, workers)
        await asyncio.to_thread(until, stack.is_well)
        took = await eventually(lambda: number(stack, LEFT) == 0, within=90)
    finally:
        workers.stop()
    posts, fan_ids = [post for post, _ in reactions], [fan for _, fan in reactions]
    found = {
        "posts": len(book.acknowledged),
        "statuses": dict(Counter(answer.status for answer in book.answers)),
        "reactions": len(set(reactions)),
        "drained in s": round(took, 1),
    }
    print(found)
    assert number(stack, "select count(*) from api.posts where id = any(%s)", book.acknowledged) == found["posts"]
    assert number(stack, ACKNOWLEDGED, posts, fan_ids) == found["reactions"]
    assert number(stack, MISSING, author) == 0
    assert {shown(stack, fan, book.acknowledged) for fan in followers(stack, author)} == {found["posts"]}
    assert number(stack, "select count(*) from ops.counter_drift") == 0
    assert (number(stack, UNTOLD, author), number(stack, TOLD_TWICE, author)) == (0, 0)
    assert number(stack, "select count(*) from ops.dead_letters") == before
