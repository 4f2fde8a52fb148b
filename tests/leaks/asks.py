"""Requests, and answers as they are compared."""

from __future__ import annotations

import asyncio
import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

# What differs between two runs of the same thing: moments and identifiers made anew.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00(?::00)?|Z)?")
ENCODED = re.compile(r'(?<=(?:"nodeId|_cursor|.Cursor|"cursor)":")[\w+/-]+=*(?=")')
FRESH = re.compile(r"(?:-?0\.)?\d{15,}")


@dataclass(frozen=True)
class Ask:
    """A request: what a client could send. `body` is JSON text."""

    method: str
    path: str
    body: str | None = None
    prefer: str = ""

    @property
    def text(self) -> str:
        """The request in one line."""
        return f"{self.method} {self.path} {self.body or ''}"

    @staticmethod
    def graphql(query: str) -> Ask:
        """An operation."""
        return Ask("POST", "/graphql", json.dumps({"query": query}))


@dataclass(frozen=True)
class Answer:
    """Status, the header that tells totals, and the body, without what differs anyhow."""

    status: int
    range: str
    body: str


async def send(client: httpx.AsyncClient, ask: Ask, headers: dict[str, str]) -> Answer:
    """The answer to `ask`."""
    own = {"content-type": "application/json", "prefer": ask.prefer}
    answer = await client.request(ask.method, ask.path, content=ask.body, headers={**headers, **own})
    plain = ENCODED.sub(lambda found: _decoded(found[0]), answer.text)
    body = FRESH.sub("N", MOMENT.sub("T", plain))
    return Answer(answer.status_code, answer.headers.get("content-range", ""), body)


def _decoded(text: str) -> str:
    padded = text.translate(str.maketrans("-_", "+/")) + "=" * (-len(text) % 4)
    return base64.b64decode(padded).decode(errors="backslashreplace")


async def send_all(
    client: httpx.AsyncClient, asks: Sequence[Ask], headers: dict[str, str], together: int
) -> list[Answer]:
    """The answers to requests, of which so many are asked at the same time."""
    gate = asyncio.Semaphore(together)

    async def one(ask: Ask) -> Answer:
        async with gate:
            return await send(client, ask, headers)

    return list(await asyncio.gather(*(one(ask) for ask in asks)))
