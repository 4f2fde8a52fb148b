"""Keeps the catalogue current: reads it at start, and again whenever the database says `notify pgrst`."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from psycopg import AsyncConnection, AsyncRawCursor
from psycopg import Error as PostgresError

from gateway.catalog.read import CATALOG_QUERY, read_catalog
from gateway.observe.events import CatalogFailed, CatalogLoaded
from gateway.observe.logs import report

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gateway.catalog.model import Catalog

_RETRY_S = 0.5
_RELOADS = frozenset({"", "reload schema"})


class CatalogUnavailable(Exception):
    """No catalogue has been read yet."""


class CatalogWatcher:
    """Holds the newest catalogue. A reading that fails leaves the one before in place."""

    def __init__(self, conninfo: str, schemas: Sequence[str], channel: str = "pgrst") -> None:
        self._conninfo = conninfo
        self._schemas = list(schemas)
        self._channel = channel
        self._current: Catalog | None = None
        self._on_change: list[Callable[[Catalog], None]] = []
        self._tried = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def current(self) -> Catalog:
        """The newest catalogue. Raises `CatalogUnavailable` before the first has been read."""
        if self._current is None:
            raise CatalogUnavailable("the schema has not been read yet: no connection to the database")
        return self._current

    def on_change(self, listener: Callable[[Catalog], None]) -> None:
        """Call `listener` with each catalogue that is read from now on."""
        self._on_change.append(listener)

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
            except PostgresError as error:
                report(CatalogFailed(str(error)))
            self._tried.set()
            await asyncio.sleep(_RETRY_S)

    async def _listen(self) -> None:
        connection = await AsyncConnection.connect(
            self._conninfo, autocommit=True, cursor_factory=AsyncRawCursor, application_name="daira-catalog"
        )
        async with connection:
            await connection.execute(f'listen "{self._channel}"')
            await self._reload(connection)
            while True:
                notices = [notice async for notice in connection.notifies(stop_after=1)]
                if any(notice.payload in _RELOADS for notice in notices):
                    await self._reload(connection)

    async def _reload(self, connection: AsyncConnection) -> None:
        begun = time.perf_counter()
        cursor = await connection.execute(CATALOG_QUERY, [self._schemas])
        row = await cursor.fetchone()
        self._current = catalog = read_catalog(row[0] if row else "{}")
        seconds = round(time.perf_counter() - begun, 3)
        report(CatalogLoaded(len(catalog.relations), len(catalog.functions), seconds))
        self._tried.set()
        for listener in self._on_change:
            listener(catalog)
