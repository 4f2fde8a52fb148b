"""`daira api` on the schema of writing.sql, and its golden requests.

A golden file has three parts, with a line of four dashes between them: the request (its line, its headers, an empty
line, its body), the SQL that ran, and the answer (status, headers, an empty line, body).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import httpx

from daira.servers.postgres import PostgresPlace
from gateway.app import build_api
from gateway.settings import ApiSettings
from tests.support.asgi import serving
from tests.support.databases import Database, create, drop

SCHEMA = Path(__file__).with_name("writing.sql")
_IGNORED = frozenset({"content-length", "x-request-id"})


@contextmanager
def writing_database(postgres: PostgresPlace, name: str) -> Iterator[Database]:
    """A database of writing.sql."""
    made = create(postgres, name, "template1")
    with made.connect() as conn:
        conn.execute(SCHEMA.read_text().encode())
    yield made
    drop(made)


def writing_settings(database: Database, **more: Any) -> ApiSettings:
    """The settings of a gateway whose anonymous role writes."""
    usual: dict[str, Any] = {
        "pgrst_db_uri": database.url_as("Writer Login"),
        "pgrst_db_schemas": ("test", "other"),
        "pgrst_db_anon_role": "Odd Writer",
        "pgrst_db_plan_enabled": True,
        "pgrst_log_level": "crit",
        "log_level": "CRITICAL",
    }
    return ApiSettings(**{**usual, **more})


@asynccontextmanager
async def writing_api(database: Database, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client below /rest/v1 of a gateway with these settings."""
    async with serving(build_api(writing_settings(database, **more))) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client


async def send(client: httpx.AsyncClient, request: str) -> httpx.Response:
    """The answer to a request that is written as in a golden file."""
    head, _, body = request.partition("\n\n")
    line, *headers = head.split("\n")
    method, target = line.split(" ", 1)
    pairs = dict(header.split(": ", 1) for header in headers)
    return await client.request(method, target.removeprefix("/"), headers=pairs, content=body.encode())


def written(answer: httpx.Response) -> str:
    """The answer as it stands in a golden file."""
    headers = sorted(f"{name}: {value}" for name, value in answer.headers.items() if name not in _IGNORED)
    return "\n".join([str(answer.status_code), *headers, "", answer.text])
