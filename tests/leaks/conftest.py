from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.leaks.worlds import Pair, make_databases, serve
from tests.support.databases import Database


@pytest.fixture(scope="package")
def leak_databases(template: Database) -> Iterator[dict[str, tuple[Database, Database]]]:
    """The play without and with the secrets of each file."""
    yield from make_databases(template)


@pytest.fixture(scope="package")
async def pairs(leak_databases: dict[str, tuple[Database, Database]]) -> AsyncIterator[dict[str, Pair]]:
    """The databases, served."""
    async for made in serve(leak_databases):
        yield made
