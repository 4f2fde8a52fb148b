"""The settings in force: those of the process with those of the database over them, replaced whole on each reload."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gateway.catalog.config import read_config, read_role_limits
from gateway.lanes import GroupSize, LaneKind, LanesConfig
from gateway.observe.events import ConfigFailed
from gateway.observe.logs import report
from gateway.rest.limits import read_limits
from gateway.settings import IN_DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from psycopg import AsyncConnection

    from gateway.catalog.watch import CatalogWatcher
    from gateway.serving import Serving
    from gateway.settings import ApiSettings

_USUAL_POOL = 10


class Live:
    """Holds the present state and tells of new ones. What is wrong in the database leaves the last good one."""

    def __init__(self, settings: ApiSettings, make: Callable[[ApiSettings], Serving]) -> None:
        """Raises ValueError where `make` can't use the process's own settings."""
        self.serving = make(settings)
        self._own = settings
        self._make = make
        self._listeners: list[Callable[[Serving], None]] = []

    def on_change(self, listener: Callable[[Serving], None]) -> None:
        """Call `listener` with the present state, and with others whenever the settings change."""
        self._listeners.append(listener)
        listener(self.serving)

    async def read(self, connection: AsyncConnection) -> tuple[Sequence[str], Sequence[str]]:
        """Take over what the database sets; gives the schemas to expose, and those behind them in the search path."""
        try:
            await self._read(connection)
        except ValueError as error:
            report(ConfigFailed(str(error)))
        settings = self.serving.settings
        return settings.pgrst_db_schemas, settings.pgrst_db_extra_search_path

    async def _read(self, connection: AsyncConnection) -> None:
        if self._own.pgrst_db_config:
            found = await read_config(connection, self._own.pgrst_db_pre_config, IN_DATABASE)
            self._take(self._own.with_database(found))
        limits = await read_role_limits(connection)
        self.serving.rest.limit({role: read_limits(found) for role, found in limits.items()})

    def _take(self, settings: ApiSettings) -> None:
        if settings != self.serving.settings:
            self.serving = self._make(settings)
            for listener in self._listeners:
                listener(self.serving)


def lanes_config(settings: ApiSettings, *, is_own: bool) -> LanesConfig:
    """Where the lanes lead; a quarter of `db-pool` connections is for reads, one for long work, the rest for writes.

    Another database is asked for ten connections unless the setting says otherwise, as PostgREST does.
    """
    config, pool = LanesConfig(settings.pgrst_db_uri), settings.pgrst_db_pool or (None if is_own else _USUAL_POOL)
    if pool is None:
        return config
    quarter = pool // 4
    shares = {LaneKind.READ: quarter, LaneKind.WRITE: pool - 2 * quarter, LaneKind.LONG: quarter}
    sizes = {kind: GroupSize(max(1, shares[kind]), size.depth, size.timeout_ms) for kind, size in config.sizes.items()}
    return LanesConfig(settings.pgrst_db_uri, sizes)


@contextmanager
def reload_signals(watcher: CatalogWatcher) -> Iterator[None]:
    """SIGUSR1 (schema) and SIGUSR2 (settings) read both anew."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGUSR1, signal.SIGUSR2):
        loop.add_signal_handler(number, watcher.reload)
    try:
        yield
    finally:
        for number in (signal.SIGUSR1, signal.SIGUSR2):
            loop.remove_signal_handler(number)
