"""kill -9 in the middle of load: refusals that say why, recovery without help, nothing lost that was acknowledged."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from math import inf

import httpx
import psycopg
import pytest

from daira.processes import start_time
from tests.bench.inside import addresses
from tests.chaos.load import Book, accepts, make_author, number, under_load
from tests.jobs.workers import eventually
from tests.support.stacks import Stack, until

FOLLOWERS = 20
# What the gateway needs once PostgreSQL, which replays its log at the speed of the disk, takes connections again.
RECOVERY_S = 5.0

FOUND = "select count(*) from api.posts where id = any(%s) and deleted_at is null"
DELIVERED = "select count(*) from feed.timelines where post_id = any(%s)"


def kill(stack: Stack, part: str) -> None:
    """Kills the part, once it is up again after the kill before."""
    until(lambda: start_time(stack.pid(part)))
    os.kill(stack.pid(part), signal.SIGKILL)


async def kept(stack: Stack, book: Book) -> None:
    """Every acknowledged post is there, and in every follower's timeline; and the stack is whole again."""
    posts = book.acknowledged
    assert number(stack, FOUND, posts) == len(posts)
    await eventually(lambda: number(stack, DELIVERED, posts) == len(posts) * FOLLOWERS)
    until(stack.is_well)


async def until_answered(client: httpx.AsyncClient, path: str, body: dict[str, str], status: int) -> None:
    for _ in range(300):
        if (await client.post(path, json=body)).status_code == status:
            return
        await asyncio.sleep(0.1)
    pytest.fail(f"{path} never answered {status}")


@pytest.fixture
def author(stack: Stack) -> int:
    return make_author(stack, FOLLOWERS)


async def test_postgres_killed_under_load(stack: Stack, author: int) -> None:
    async with under_load(stack, author) as book:
        await asyncio.sleep(1)
        kill(stack, "postgres")
        await eventually(lambda: book.statuses()[503] > 0)
        await eventually(lambda: accepts(stack))
        back = time.monotonic()
        await eventually(lambda: book.silence_after(back) < inf)
    assert book.unexplained() == []
    assert book.silence_after(back) < RECOVERY_S
    await kept(stack, book)


async def test_valkey_killed_under_load(stack: Stack, author: int) -> None:
    login = {"email": "nobody@example.com", "password": "securepass123"}
    async with under_load(stack, author) as book, httpx.AsyncClient(base_url=stack.url) as client:
        assert (await client.post("/auth/login", json=login)).status_code == 401
        kill(stack, "valkey")
        answer = await client.post("/auth/login", json=login)
        assert answer.status_code in (401, 503), answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        await until_answered(client, "/auth/login", login, 401)
    assert book.unexplained() == []
    await kept(stack, book)


async def test_worker_killed_under_load(stack: Stack, author: int) -> None:
    async with under_load(stack, author) as book:
        for _ in range(3):
            await asyncio.sleep(1)
            kill(stack, "worker")
        await asyncio.sleep(1)
    assert set(book.statuses()) == {200}
    await kept(stack, book)


async def test_postgres_comes_back_although_a_backend_of_it_is_at_work(stack: Stack) -> None:
    busy = "do $$ begin for n in 1..2000000000 loop perform n; end loop; end $$"
    with psycopg.connect(addresses(stack).admin) as connection:
        working = asyncio.get_running_loop().run_in_executor(None, connection.execute, busy)
        await asyncio.sleep(0.5)
        kill(stack, "postgres")
        await eventually(lambda: not accepts(stack))
        await eventually(lambda: accepts(stack), within=10)
        with pytest.raises(psycopg.OperationalError):
            await working
    until(stack.is_well)
