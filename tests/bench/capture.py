"""What the gateway sends to PostgreSQL for a request: the gateway itself, in this process, tells."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import httpx
from starlette.types import ASGIApp, Message

from gateway.app import build
from gateway.lanes import Identity, LaneKind, Lanes, Statement
from gateway.lanes.model import NOTHING_AROUND
from gateway.lanes.work import Work
from gateway.settings import Settings
from tests.bench.cases import Ask, Case

START_SECONDS = 30
_living: list[asyncio.Future[None]] = []


@dataclass(frozen=True)
class Sent:
    """A statement as the gateway sent it: its text and its parameters in text format."""

    text: str
    parameters: Sequence[str | None]


@dataclass(frozen=True)
class Captured:
    """The settings and the statement of one request, and the kind of lane that it took."""

    settings: Sent
    statement: Sent
    kind: LaneKind


async def capture(environment: Mapping[str, str], case: Case, ask: Ask, token: str) -> Captured:
    """What one request becomes. Fails when the answer is not what the case expects."""
    with patch.dict("os.environ", environment), _recorded() as captured:
        transport = httpx.ASGITransport(await _started(build(_settings())))
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            answer = await client.request(ask.method, ask.path, content=ask.body, headers=headers)
    assert answer.is_success, answer.text
    assert case.marker in answer.content, answer.text
    [only] = captured
    return only


def _settings() -> Settings:
    return Settings()  # type: ignore[call-arg]  # they come from the environment


async def _started(app: ASGIApp) -> ASGIApp:
    """The application after ASGI's start-up message; the end of the event loop ends it."""
    inbox: asyncio.Queue[Message] = asyncio.Queue()
    outbox: asyncio.Queue[Message] = asyncio.Queue()
    await inbox.put({"type": "lifespan.startup"})
    _living.append(asyncio.ensure_future(app({"type": "lifespan", "state": {}}, inbox.get, outbox.put)))
    answer = await asyncio.wait_for(outbox.get(), START_SECONDS)
    assert answer["type"] == "lifespan.startup.complete", answer
    return app


@contextmanager
def _recorded() -> Iterator[list[Captured]]:
    """Collects what is run as a signed-in user."""
    found: list[Captured] = []
    make = Lanes._work

    def record(lanes: Lanes, identity: Identity, statement: Statement, *more: Any) -> Work:
        work = make(lanes, identity, statement, *more)
        if identity.user_id:
            assert work.around is NOTHING_AROUND, "pgbench would have to run the statements around this one, too"
            settings = Sent(work.settings_text, _texts(work.settings))
            found.append(Captured(settings, Sent(work.text, _texts(work.params)), statement.kind))
        return work

    with patch.object(Lanes, "_work", record):
        yield found


def _texts(values: Sequence[bytes | None]) -> list[str | None]:
    return [None if value is None else value.decode() for value in values]
