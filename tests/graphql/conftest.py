"""GraphQL on a database with DAIRA's schema and a foreign one, as both roles see them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gateway.catalog.read import CATALOG_QUERY, PRIVILEGES_QUERY, read_catalog, read_privileges
from gateway.catalog.watch import CatalogWatcher
from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.graphql.limits import Limits
from gateway.graphql.role_api import RoleApi
from gateway.http import Request, Response
from gateway.lanes import Identity, Lanes, LanesConfig
from tests.support.databases import Database

_HERE = Path(__file__).parent
JSON_BODY = ((b"content-type", b"application/json"),)


@pytest.fixture(scope="module")
def people(module_database: Database) -> Database:
    """A database with nour (1001), omar (1002), the private account hidden (1003), alaa (1004), and a library."""
    with module_database.connect() as conn:
        conn.execute((_HERE / "people.sql").read_bytes())
        conn.execute((_HERE / "library.sql").read_bytes())
        conn.execute((_HERE / "shop.sql").read_bytes())
        conn.execute((_HERE / "reading.sql").read_bytes())
    return module_database


@dataclass(frozen=True)
class Client:
    """Sends operations to one endpoint."""

    endpoint: GraphQLEndpoint

    async def send(self, request: Request, role: str = "authenticated", user: int | None = 1001) -> Response:
        """The answer to a request of `user`."""
        identity = Identity(role, json.dumps({"role": role}), "" if user is None else str(user))
        return await self.endpoint.answer(identity, request)

    async def post(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        role: str = "authenticated",
        user: int | None = 1001,
        **further: Any,
    ) -> dict[str, Any]:
        """The body of the answer to an operation, which has status 200."""
        body = json.dumps({"query": query, "variables": variables, **further}).encode()
        answer = await self.send(Request("POST", "", "", JSON_BODY, body), role, user)
        assert answer.status == 200, answer
        return dict(json.loads(answer.body))

    async def data(self, query: str, variables: Mapping[str, Any] | None = None, **options: Any) -> Any:
        """The data of an operation that has no errors."""
        answer = await self.post(query, variables, **options)
        assert "errors" not in answer, answer
        return answer["data"]

    async def error(self, query: str, variables: Mapping[str, Any] | None = None, **options: Any) -> dict[str, Any]:
        """The first error of an operation that has no data."""
        answer = await self.post(query, variables, **options)
        assert answer["data"] is None
        return dict(answer["errors"][0])


@pytest.fixture(scope="module")
async def lanes(people: Database) -> AsyncIterator[Lanes]:
    """Lanes to the database as the login of the gateway."""
    made = Lanes(LanesConfig(people.url_as("authenticator")))
    await made.start()
    yield made
    await made.close(timeout_s=1)


async def _client(lanes: Lanes, people: Database, schema: str) -> AsyncIterator[Client]:
    watcher = CatalogWatcher(people.url_as("authenticator"), [schema])
    await watcher.start()
    yield Client(GraphQLEndpoint(lanes, watcher.current))
    await watcher.close()


@pytest.fixture(scope="module")
async def daira(lanes: Lanes, people: Database) -> AsyncIterator[Client]:
    """A client of DAIRA's schema."""
    async for client in _client(lanes, people, "api"):
        yield client


@pytest.fixture(scope="module")
async def library(lanes: Lanes, people: Database) -> AsyncIterator[Client]:
    """A client of the library's schema."""
    async for client in _client(lanes, people, "library"):
        yield client


@pytest.fixture(scope="module")
async def reading(lanes: Lanes, people: Database) -> AsyncIterator[Client]:
    """A client of the schema `reading`."""
    async for client in _client(lanes, people, "reading"):
        yield client


@pytest.fixture(scope="module")
async def shop(lanes: Lanes, people: Database) -> AsyncIterator[Client]:
    """A client of the shop's schema."""
    async for client in _client(lanes, people, "shop"):
        yield client


def role_api(database: Database, schema: str, role: str, limits: Limits | None = None) -> RoleApi:
    """What `role` sees of `schema`, without an endpoint."""
    with database.connect() as conn, psycopg.RawCursor(conn) as cursor:
        catalog = cursor.execute(CATALOG_QUERY, [[schema], ["public"]]).fetchone()
        privileges = cursor.execute(PRIVILEGES_QUERY, [role, [schema]]).fetchone()
    assert catalog is not None
    assert privileges is not None
    return RoleApi(read_catalog(catalog[0]), read_privileges(role, privileges[0]), limits)
