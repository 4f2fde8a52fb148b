"""`daira api` on DAIRA's schema with three people, for clients made by others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from postgrest import AsyncPostgrestClient

from gateway.app import build_api
from gateway.settings import ApiSettings
from tests.rest.conftest import PEOPLE, SECRET, bearer
from tests.rest.process import Process, running
from tests.support.asgi import serving
from tests.support.databases import Database

EXTRA = Path(__file__).with_name("clients.sql")
PLANS = {"pgrst_db_plan_enabled": True, "pgrst_db_aggregates_enabled": True, "pgrst_db_tx_end": "commit-allow-override"}


@pytest.fixture(scope="module")
def people(module_database: Database) -> Database:
    """A database with nour (1001), omar (1002) and the private account hidden (1003)."""
    with module_database.connect() as conn:
        conn.execute(PEOPLE.read_text().encode())
        conn.execute(EXTRA.read_text().encode())
    return module_database


@pytest.fixture(scope="module")
async def http(people: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The gateway that the Python client talks to."""
    more: dict[str, Any] = PLANS
    settings = ApiSettings(
        pgrst_db_uri=people.url_as("authenticator"),
        pgrst_db_schemas=("api",),
        pgrst_db_extra_search_path=("extensions",),
        pgrst_db_anon_role="anon",
        pgrst_jwt_secret=SECRET,
        pgrst_log_level="crit",
        log_level="WARNING",
        **more,
    )
    async with serving(build_api(settings)) as client:
        yield client


@pytest.fixture
def nour(http: httpx.AsyncClient) -> AsyncPostgrestClient:
    """postgrest-py, signed in as nour."""
    headers = {"accept": "application/json", "content-type": "application/json", **bearer(1001)}
    return AsyncPostgrestClient("http://gateway/rest/v1", schema="api", headers=headers, http_client=http)


@pytest.fixture(scope="module")
def served(people: Database) -> Iterator[Process]:
    """The gateway that the JavaScript client talks to."""
    env = {name.upper(): str(value) for name, value in PLANS.items()}
    own = {
        "PGRST_DB_SCHEMAS": "api",
        "PGRST_DB_EXTRA_SEARCH_PATH": "extensions",
        "PGRST_DB_ANON_ROLE": "anon",
        "PGRST_JWT_SECRET": SECRET,
    }
    with running(people.url_as("authenticator"), **own, **env) as made:
        made.until_answers("users")
        yield made
