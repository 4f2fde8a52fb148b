"""What the gateway sends to PostgreSQL for a request: the gateway itself, in this process, tells."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from unittest.mock import patch

import httpx
from starlette.types import ASGIApp, Message

from gateway.app import build
from gateway.lanes import Lanes
from gateway.lanes.work import Work
from gateway.settings import Settings
from tests.bench.cases import Ask, Case
from tests.bench.translate import Sent


async def capture(environment: Mapping[str, str], case: Case, ask: Ask, token: str) -> tuple[Sent, Sent]:
    """The settings and the statement of one request. Fails when the answer is not what the case expects."""
    with patch.dict("os.environ", environment), _recorded() as works:
        async with _client(build(_settings())) as client:
            works.clear()
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            answer = await client.request(ask.method, ask.path, content=ask.body, headers=headers)
    assert answer.is_success, answer.text
    assert case.marker in answer.content, answer.text
    work = next(work for work in reversed(works) if work.role == "authenticated")
    return Sent(work.settings_text, _texts(work.settings)), Sent(work.text, _texts(work.params))


def _settings() -> Settings:
    return Settings()  # type: ignore[call-arg]  # they come from the environment


@asynccontextmanager
async def _client(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application between its start and its end (ASGI's lifespan messages)."""
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()
    await inbox.put({"type": "lifespan.startup"})
    living = asyncio.create_task(_live(app, inbox, outbox))
    assert (await outbox.get())["type"] == "lifespan.startup.complete"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        yield client
    await inbox.put({"type": "lifespan.shutdown"})
    await living


async def _live(app: ASGIApp, inbox: asyncio.Queue[Message], outbox: asyncio.Queue[Message]) -> None:
    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, inbox.get, outbox.put)


@contextmanager
def _recorded() -> Iterator[list[Work]]:
    works: list[Work] = []
    make = Lanes._work

    def record(lanes: Lanes, *arguments: Any) -> Work:
        works.append(make(lanes, *arguments))
        return works[-1]

    with patch.object(Lanes, "_work", record):
        yield works


def _texts(values: Sequence[bytes | None]) -> list[str | None]:
    return [None if value is None else value.decode() for value in values]
