"""People who post and read without pause, and keep book of every answer."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf

import httpx
import psycopg

from tests.bench.inside import addresses, signer
from tests.jobs.workers import eventually
from tests.support.stacks import Stack

CREATE_POST = "mutation CreatePost($input: CreatePostInput!) { createPost(input: $input) { id } }"
READ = "/rest/v1/posts?select=id&limit=1&order=id.desc"
PAUSE = 0.01
WRITERS = 4


@dataclass(frozen=True)
class Answer:
    """When an answer came, what it was, and whether its body says what is wrong when something is."""

    at: float
    path: str
    status: int
    explained: bool


@dataclass
class Book:
    """What the load was told."""

    acknowledged: list[int] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def statuses(self) -> Counter[int]:
        """How often each status came."""
        return Counter(answer.status for answer in self.answers)

    def unexplained(self) -> list[Answer]:
        """Refusals without a body that says why, and statuses that nobody should see."""
        return [a for a in self.answers if a.status not in (200, 503) or (a.status == 503 and not a.explained)]

    def silence_after(self, moment: float) -> float:
        """The seconds from this moment until each path has succeeded again; infinite where one has not."""
        good = [answer for answer in self.answers if answer.status == 200 and answer.at > moment]
        paths = {answer.path for answer in self.answers}
        return max(min((a.at - moment for a in good if a.path == path), default=inf) for path in paths)


@asynccontextmanager
async def under_load(stack: Stack, author: int) -> AsyncIterator[Book]:
    """Posts as `author`, and reads, until the block ends. Waits for the first post."""
    book, stopping = Book(), asyncio.Event()
    headers = {"Authorization": f"Bearer {signer(stack).make(author)}"}
    async with httpx.AsyncClient(base_url=stack.url, headers=headers, timeout=15) as client:
        work = [asyncio.create_task(_write(client, book, stopping)) for _ in range(WRITERS)]
        work.append(asyncio.create_task(_read(client, book, stopping)))
        await eventually(lambda: bool(book.acknowledged))
        try:
            yield book
        finally:
            stopping.set()
            await asyncio.gather(*work)


async def _write(client: httpx.AsyncClient, book: Book, stopping: asyncio.Event) -> None:
    body = {"query": CREATE_POST, "variables": {"input": {"content": "hello"}}}
    while not stopping.is_set():
        answer = await client.post("/graphql", json=body)
        _note(book, answer)
        if answer.status_code == 200:
            book.acknowledged.append(int(answer.json()["data"]["createPost"]["id"]))
        await asyncio.sleep(PAUSE)


async def _read(client: httpx.AsyncClient, book: Book, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        _note(book, await client.get(READ))
        await asyncio.sleep(PAUSE)


def _note(book: Book, answer: httpx.Response) -> None:
    is_good = answer.status_code == 200 and "errors" not in answer.json()
    status = answer.status_code if is_good or answer.status_code != 200 else 500
    book.answers.append(Answer(time.monotonic(), answer.url.path, status, is_good or _explains(answer)))


def _explains(answer: httpx.Response) -> bool:
    """Whether the body is a problem document, PostgREST's error or GraphQL's errors, with a code and a sentence."""
    try:
        body = answer.json()
    except json.JSONDecodeError:
        return False
    error = body["errors"][0] if "errors" in body else body
    code = error.get("code") or error.get("extensions", {}).get("code")
    return bool(code and (error.get("message") or error.get("title")))


def accepts(stack: Stack) -> bool:
    """Whether PostgreSQL takes connections."""
    try:
        psycopg.connect(addresses(stack).admin).close()
    except psycopg.OperationalError:
        return False
    return True


def number(stack: Stack, query: str, *parameters: object) -> int:
    """The number that a query gives, asked as superuser."""
    with psycopg.connect(addresses(stack).admin) as connection:
        found = connection.execute(query.encode(), parameters).fetchone()
    assert found is not None
    return int(found[0])


def make_author(stack: Stack, followers: int) -> int:
    """A user with so many followers, who have no accounts of their own to speak of."""
    with psycopg.connect(addresses(stack).admin) as connection:
        rows = connection.execute(
            "insert into api.users (username) select 'c' || md5(random()::text || n)::varchar(20)"
            " from generate_series(0, %s::integer) as n returning id",
            [followers],
        ).fetchall()
        author, *others = [row[0] for row in rows]
        connection.execute("insert into api.follows (follower_id, followee_id) select unnest(%s), %s", [others, author])
    return int(author)
