"""`daira api` in the test's process, on DAIRA's schema with three people."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import jwt
import pytest

from daira.servers.postgres import PostgresPlace
from gateway.app import build_api
from gateway.settings import ApiSettings
from tests.rest.foreign import FOREIGN
from tests.rest.reading_fixtures import library, strict, web
from tests.support.asgi import serving
from tests.support.databases import Database, create, drop

__all__ = ["library", "strict", "web"]

SECRET = "a secret for the tests of the generated interfaces"
PEOPLE = Path(__file__).with_name("people.sql")


def bearer(user_id: int, role: str = "authenticated") -> dict[str, str]:
    """The header of a token for this user."""
    claims = {"role": role, "sub": str(user_id), "exp": int(time.time()) + 7200}
    return {"authorization": f"Bearer {jwt.encode(claims, SECRET, 'HS256')}"}


@pytest.fixture(scope="module")
def people(module_database: Database) -> Database:
    """A database with nour (1001), omar (1002) and the private account hidden (1003)."""
    with module_database.connect() as conn:
        conn.execute(PEOPLE.read_text().encode())
    return module_database


@pytest.fixture(scope="module")
def settings(people: Database) -> ApiSettings:
    """The settings of the gateway under test."""
    return ApiSettings(
        pgrst_db_uri=people.url_as("authenticator"),
        pgrst_db_schemas=("api",),
        pgrst_db_anon_role="anon",
        pgrst_jwt_secret=SECRET,
        log_level="WARNING",
    )


@pytest.fixture(scope="module")
async def api(settings: ApiSettings) -> AsyncIterator[httpx.AsyncClient]:
    """A client below /rest/v1."""
    async with serving(build_api(settings)) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client


@pytest.fixture(scope="session")
def foreign(postgres: PostgresPlace) -> Iterator[Database]:
    """Somebody else's database, see foreign.sql. Whoever changes it puts it back."""
    made = create(postgres, "foreign", "template1")
    with made.connect() as conn:
        conn.execute(FOREIGN.read_text().encode())
    yield made
    drop(made)
