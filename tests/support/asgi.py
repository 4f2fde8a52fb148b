"""An ASGI application inside the test's process, between its start and its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.types import ASGIApp, Message

_PATIENCE_S = 20


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of `app`, which has started and is stopped afterwards (ASGI's lifespan messages)."""
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()
    living = asyncio.create_task(_live(app, inbox, outbox))
    await _exchange(inbox, outbox, "startup")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://gateway") as client:
        yield client
    await _exchange(inbox, outbox, "shutdown")
    await living


async def _live(app: ASGIApp, inbox: asyncio.Queue[Message], outbox: asyncio.Queue[Message]) -> None:
    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, inbox.get, outbox.put)


async def _exchange(inbox: asyncio.Queue[Message], outbox: asyncio.Queue[Message], step: str) -> None:
    await inbox.put({"type": f"lifespan.{step}"})
    async with asyncio.timeout(_PATIENCE_S):
        answer = await outbox.get()
    assert answer["type"] == f"lifespan.{step}.complete", answer
