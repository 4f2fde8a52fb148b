"""Fixtures of the schema of reading.sql."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from gateway.app import build_api
from tests.rest.reading import SCHEMA, reading_settings
from tests.support.asgi import serving
from tests.support.databases import Database, create, drop


@pytest.fixture(scope="session")
def library(postgres: PostgresPlace) -> Iterator[Database]:
    """The database of reading.sql."""
    made = create(postgres, "reading", "template1")
    with made.connect() as conn:
        conn.execute(SCHEMA.read_text().encode())
        conn.execute("analyze")
    yield made
    drop(made)


@pytest.fixture(scope="session")
async def web(library: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client below /rest/v1, with aggregates."""
    settings = reading_settings(library, pgrst_db_aggregates_enabled=True)
    async with serving(build_api(settings)) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client


@pytest.fixture(scope="session")
async def strict(library: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway that gives two rows at most, and no aggregates."""
    settings = reading_settings(library, pgrst_db_max_rows=2)
    async with serving(build_api(settings)) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client
