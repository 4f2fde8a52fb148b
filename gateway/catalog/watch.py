"""Keeps the catalogue current: reads it at start, and again whenever the database or a signal says so."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from psycopg import AsyncConnection, AsyncRawCursor, sql
from psycopg import Error as PostgresError

from gateway.catalog.read import CATALOG_QUERY, read_catalog
from gateway.observe.events import CatalogFailed, CatalogLoaded
from gateway.observe.logs import report

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from gateway.catalog.model import Catalog

    Configure = Callable[[AsyncConnection], Awaitable[tuple[Sequence[str], Sequence[str]]]]

_RETRY_S = 0.5
_RELOADS = frozenset({"", "reload schema", "reload config", "reload tables", "reload relationships"})


class CatalogUnavailable(Exception):
    """No catalogue has been read yet."""


class _SchemaMissing(Exception):
    """An exposed schema is not in the database."""


@dataclass(frozen=True)
class CatalogStats:
    """For metrics: readings that succeeded and failed, how long the last took, and whether the newest is in use."""

    loads: int
    failures: int
    seconds: float
    is_current: bool


class CatalogWatcher:
    """Holds the newest catalogue. A reading that fails leaves the one before in place.

    `configure` is awaited before each reading with the connection, and says which schemas are exposed, and which are
    searched behind them.
    """

    def __init__(
        self,
        conninfo: str,
        schemas: Sequence[str],
        channel: str | None = "pgrst",
        searched: Sequence[str] = ("public",),
    ) -> None:
        self._conninfo = conninfo
        self._schemas = list(schemas)
        self._searched = list(searched)
        self._channel = channel
        self.configure: Configure | None = None
        self._current: Catalog | None = None
        self._on_change: list[Callable[[Catalog], None]] = []
        self._tried = asyncio.Event()
        self._asked = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.stats = CatalogStats(0, 0, 0.0, False)

    def current(self) -> Catalog:
        """The newest catalogue. Raises `CatalogUnavailable` before the first has been read."""
        if self._current is None:
            raise CatalogUnavailable("the schema has not been read yet: no connection to the database")
        return self._current

    def on_change(self, listener: Callable[[Catalog], None]) -> None:
        """Call `listener` with each catalogue that is read from now on."""
        self._on_change.append(listener)

    def reload(self) -> None:
        """Read configuration and catalogue again, soon."""
        self._asked.set()

    async def start(self) -> None:
        """Read the catalogue and go on watching. Returns after the first try, whether or not it succeeded."""
        self._task = asyncio.create_task(self._watch())
        first = asyncio.create_task(self._tried.wait())
        await asyncio.wait((first, self._task), return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            self._task.result()

    async def close(self) -> None:
        """Stop watching."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _watch(self) -> None:
        while True:
            try:
                await self._listen()
            except (PostgresError, _SchemaMissing) as error:
                self._failed(error)
            self._tried.set()
            await asyncio.sleep(_RETRY_S)

    async def _listen(self) -> None:
        connection = await AsyncConnection.connect(
            self._conninfo, autocommit=True, cursor_factory=AsyncRawCursor, application_name="daira-catalog"
        )
        async with connection:
            if self._channel is not None:
                await connection.execute(sql.SQL("listen {}").format(sql.Identifier(self._channel)))
            while True:
                await self._reload(connection)
                await self._until_told(connection)

    async def _until_told(self, connection: AsyncConnection) -> None:
        noticed = asyncio.create_task(_noticed(connection))
        asked = asyncio.create_task(self._asked.wait())
        try:
            done, _ = await asyncio.wait((noticed, asked), return_when=asyncio.FIRST_COMPLETED)
        finally:  # a task that still waits would keep the connection's lock
            noticed.cancel()
            asked.cancel()
            await asyncio.gather(noticed, asked, return_exceptions=True)
        self._asked.clear()
        for task in done:
            task.result()

    async def _reload(self, connection: AsyncConnection) -> None:
        begun = time.perf_counter()
        if self.configure is not None:
            schemas, searched = await self.configure(connection)
            self._schemas, self._searched = list(schemas), list(searched)
        cursor = await connection.execute(CATALOG_QUERY, [self._schemas, self._searched])
        row = await cursor.fetchone()
        catalog = read_catalog(row[0] if row else "{}")
        missing = [schema for schema in self._schemas if schema not in catalog.schemas]
        if missing:
            raise _SchemaMissing(f"schema {missing[0]!r} of db-schemas does not exist")
        self._use(catalog, round(time.perf_counter() - begun, 3))

    def _use(self, catalog: Catalog, seconds: float) -> None:
        self._current = catalog
        self.stats = CatalogStats(self.stats.loads + 1, self.stats.failures, seconds, True)
        report(CatalogLoaded(len(catalog.relations), len(catalog.functions), seconds))
        self._tried.set()
        for listener in self._on_change:
            listener(catalog)

    def _failed(self, error: Exception) -> None:
        self.stats = CatalogStats(self.stats.loads, self.stats.failures + 1, self.stats.seconds, False)
        report(CatalogFailed(str(error)))


async def _noticed(connection: AsyncConnection) -> None:
    while True:
        async for notice in connection.notifies(stop_after=1):
            if notice.payload in _RELOADS:
                return
