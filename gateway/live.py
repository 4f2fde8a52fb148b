"""The settings in force: those of the process with those of the database over them, replaced whole on each reload."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.catalog.config import read_config, read_limits
from gateway.lanes import GroupSize, LaneKind, LanesConfig
from gateway.observe.events import ConfigFailed
from gateway.observe.logs import report
from gateway.settings import IN_DATABASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from psycopg import AsyncConnection

    from gateway.catalog.watch import CatalogWatcher
    from gateway.serving import Serving
    from gateway.settings import ApiSettings


@dataclass(frozen=True)
class Limits:
    """What one role may ask for; None is without limit. Set by `alter role x set daira.max_rows = 100` and the like."""

    embed_depth: int | None = None
    rows: int | None = None
    plan_cost: float | None = None


NO_LIMITS = Limits()


class Live:
    """Holds the present state and tells of new ones. What is wrong in the database leaves the last good one."""

    def __init__(self, settings: ApiSettings, make: Callable[[ApiSettings], Serving]) -> None:
        """Raises ValueError where `make` can't use the process's own settings."""
        self.serving = make(settings)
        self.limits: Mapping[str, Limits] = {}
        self._own = settings
        self._make = make
        self._listeners: list[Callable[[Serving], None]] = []

    def on_change(self, listener: Callable[[Serving], None]) -> None:
        """Call `listener` with the present state, and with others whenever the settings change."""
        self._listeners.append(listener)
        listener(self.serving)

    async def read(self, connection: AsyncConnection) -> Sequence[str]:
        """Take over what the database sets; gives the schemas to expose."""
        try:
            await self._read(connection)
        except ValueError as error:
            report(ConfigFailed(str(error)))
        return self.serving.settings.pgrst_db_schemas

    async def _read(self, connection: AsyncConnection) -> None:
        self.limits = {role: _limits(found) for role, found in (await read_limits(connection)).items()}
        if self._own.pgrst_db_config:
            found = await read_config(connection, self._own.pgrst_db_pre_config, IN_DATABASE)
            self._take(self._own.with_database(found))

    def _take(self, settings: ApiSettings) -> None:
        if settings != self.serving.settings:
            self.serving = self._make(settings)
            for listener in self._listeners:
                listener(self.serving)


def lanes_config(settings: ApiSettings) -> LanesConfig:
    """Where the lanes lead; `db-pool` connections are shared out half to writes and a quarter each to the others."""
    config, pool = LanesConfig(settings.pgrst_db_uri), settings.pgrst_db_pool
    if pool is None:
        return config
    shares = {LaneKind.READ: pool // 4, LaneKind.WRITE: pool // 2, LaneKind.LONG: pool // 4}
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


def _limits(found: Mapping[str, str]) -> Limits:
    depth, rows, cost = (found.get(name) for name in ("max_embed_depth", "max_rows", "max_plan_cost"))
    return Limits(
        None if depth is None else int(depth),
        None if rows is None else int(rows),
        None if cost is None else float(cost),
    )
