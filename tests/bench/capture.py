"""What the gateway sends to PostgreSQL for a request: the gateway itself, in this process, tells."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from gateway.app import build
from gateway.lanes import Identity, LaneKind, Lanes, Statement
from gateway.lanes.model import NOTHING_AROUND, Around
from gateway.lanes.work import Work
from gateway.settings import Settings
from tests.bench.cases import Ask, Case
from tests.support.asgi import serving


@dataclass(frozen=True)
class Sent:
    """A statement as the gateway sent it: its text and its parameters in text format."""

    text: str
    parameters: Sequence[str | None]


@dataclass(frozen=True)
class Captured:
    """The settings and the statement of one request, the kind of lane that it took, and what stands around them."""

    settings: Sent
    statement: Sent
    kind: LaneKind
    around: Around = NOTHING_AROUND


async def capture(environment: Mapping[str, str], case: Case, ask: Ask, token: str) -> Captured:
    """What one request becomes. Fails when the answer is not what the case expects."""
    with patch.dict("os.environ", environment), _recorded() as captured:
        async with serving(build(_settings())) as client:
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            asking = client.request(ask.method, ask.path, content=ask.body, headers=headers)
            # In a task of its own, as under a server: the gateway cancels the task of a request whose client has gone.
            answer = await asyncio.create_task(asking)
    assert answer.is_success, answer.text
    assert case.marker in b"HTTP/1.1 %d \r\n\r\n%b" % (answer.status_code, answer.content), answer.text
    [only] = captured
    return only


def _settings() -> Settings:
    return Settings()  # type: ignore[call-arg]  # they come from the environment


@contextmanager
def _recorded() -> Iterator[list[Captured]]:
    """Collects what is run as a signed-in user."""
    found: list[Captured] = []
    make = Lanes._work

    def record(lanes: Lanes, identity: Identity, statement: Statement, *more: Any) -> Work:
        work = make(lanes, identity, statement, *more)
        if identity.user_id:
            settings = Sent(work.settings_text, _texts(work.settings))
            found.append(Captured(settings, Sent(work.text, _texts(work.params)), statement.kind, work.around))
        return work

    with patch.object(Lanes, "_work", record):
        yield found


def _texts(values: Sequence[bytes | None]) -> list[str | None]:
    return [None if value is None else value.decode() for value in values]
