"""The lanes of a gateway: the one way to PostgreSQL for every request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gateway.lanes.group import Group
from gateway.lanes.model import NO_SETTINGS, NOTHING_AROUND, Around, Identity, LaneKind, LanesConfig, Statement
from gateway.lanes.work import Sink, Work, encode
from gateway.observe.ids import current

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from gateway.lanes.model import GroupStats, Param, Rows


class Lanes:
    """Runs statements, each in a transaction of its own under its caller's role and claims."""

    def __init__(self, config: LanesConfig) -> None:
        self._config = config
        self._groups: dict[LaneKind, Group] = {}
        self.role_settings: Mapping[str, Mapping[str, str]] = {}
        """Settings that go with a role (`alter role ... set`), such as its statement_timeout, by role name."""

    async def start(self) -> None:
        """Open the connections. Does not fail when the database is away: requests are then refused until it is back."""
        self._groups = {kind: Group(kind, self._config) for kind in self._config.sizes}
        await asyncio.gather(*(group.start() for group in self._groups.values()))

    async def run(
        self,
        identity: Identity,
        statement: Statement,
        params: Sequence[Param] = (),
        settings: Mapping[str, str] = NO_SETTINGS,
        around: Around = NOTHING_AROUND,
    ) -> Rows:
        """Run `statement` as `identity` with further local `settings`, commit, and return its rows.

        The statements of `around` belong to the same transaction, and the last of them may undo it.

        Raises `DatabaseError` (rolled back), `Unavailable` (nothing ran) or `OutcomeUnknown` (a write was in flight).
        """
        work = self._work(identity, statement, params, settings, around)
        self._groups[statement.kind].submit(work)
        return await work.future

    async def run_all(
        self,
        identity: Identity,
        steps: Sequence[tuple[Statement, Sequence[Param]]],
        settings: Mapping[str, str] = NO_SETTINGS,
        around: Around = NOTHING_AROUND,
    ) -> list[Rows]:
        """Run `steps` as `identity`, one after the other in one transaction, and return the rows of each.

        The first one's kind is that of all. Raises what `run` raises; nothing is kept where one of them fails.
        """
        (statement, params), *further = steps
        work = self._work(identity, statement, params, settings, around)
        work.further = [(step.text, encode(values)) for step, values in further]
        self._groups[statement.kind].submit(work)
        return [await work.future, *work.more]

    async def stream(
        self,
        identity: Identity,
        statement: Statement,
        params: Sequence[Param] = (),
        settings: Mapping[str, str] = NO_SETTINGS,
        around: Around = NOTHING_AROUND,
        *,
        chunk_rows: int = 500,
    ) -> AsyncGenerator[Rows, None]:
        """The rows of a `LONG` statement in chunks; reads from the server only as fast as the caller takes them."""
        work = self._work(identity, statement, params, settings, around)
        work.sink = sink = Sink(chunk_rows, limit=2)
        self._groups[LaneKind.LONG].submit(work)
        try:
            async for chunk in sink.chunks(work.future):
                yield chunk
        finally:
            sink.close()

    async def close(self, timeout_s: float = 10.0) -> None:
        """Finish what has been accepted, then disconnect."""
        await asyncio.gather(*(group.close(timeout_s) for group in self._groups.values()))

    def stats(self) -> tuple[GroupStats, ...]:
        """The state of each kind of lane."""
        return tuple(group.stats() for group in self._groups.values())

    def _work(
        self,
        identity: Identity,
        statement: Statement,
        params: Sequence[Param],
        settings: Mapping[str, str],
        around: Around,
    ) -> Work:
        of_role = self.role_settings.get(identity.role)
        merged = {**of_role, **settings} if of_role else settings
        if statement.kind is not LaneKind.READ and (cause := current.get()) is not None:
            merged = {**merged, "app.request_id": cause}
        return Work(identity, statement, params, merged, around, asyncio.get_running_loop().create_future())
