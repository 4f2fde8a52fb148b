"""A real ClickHouse parser and engine for tests: chdb behind ClickHouse's HTTP interface, in this process.

chdb opens one directory per process, so there is one engine for the run and a database in it for each test.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from daira.clickhouse import Engine, make_server
from daira.migrate import packaged_source
from services.clickhouse import StoreConfig, connected

PASSWORD = "open sesame"
FOLDER = packaged_source().root / "analytics"
_numbers = count(1)


@contextmanager
def front(engine: Engine, port: int = 0) -> Iterator[int]:
    """Serves the engine while the context lasts; gives the port."""
    server = make_server(engine, "127.0.0.1", port, PASSWORD)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def config_for(port: int) -> StoreConfig:
    """A database of its own on that port, not made yet."""
    return StoreConfig(f"http://daira:{PASSWORD.replace(' ', '%20')}@127.0.0.1:{port}/test_{next(_numbers)}")


@contextmanager
def engine_in(directory: Path) -> Iterator[Engine]:
    """The engine of this process."""
    directory.mkdir(parents=True)
    engine = Engine(directory)
    try:
        yield engine
    finally:
        engine.close()


async def rows(config: StoreConfig, query: str) -> list[tuple[Any, ...]]:
    """What the store answers."""
    async with connected(config) as store:
        return [tuple(row) for row in await store.rows(query)]
