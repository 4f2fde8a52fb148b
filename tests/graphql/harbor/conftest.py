"""`daira api` on the harbor's database: once on all its schemas, once on one that does not ask for introspection."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import jwt
import psycopg
import pytest
from psycopg import sql

from daira.servers.postgres import PostgresPlace
from tests.graphql.harbor.case import Case
from tests.rest.foreign import SECRET
from tests.rest.process import Process, running
from tests.support.databases import Database, create, drop
from tests.support.stacks import until

_HERE = Path(__file__).parent
_ROLES = ("Gq Login", "Gq Visitor", "gq_clerk", "gq_keeper", "gq_nobody", "gq_reader")
_SCHEMAS = {"harbor": "harbor, Raw Dock, capped, veiled", "veiled": "veiled"}


@dataclass
class Harbor:
    """The database, what serves it, and a client."""

    database: Database
    client: httpx.Client
    servers: dict[str, Process]
    connection: psycopg.Connection

    def send(self, case: Case) -> dict[str, Any]:
        """The answer to the operation."""
        body: dict[str, Any] = {"query": case.query}
        body |= {"variables": case.variables} if case.variables is not None else {}
        body |= {"operationName": case.operation} if case.operation is not None else {}
        url = f"http://127.0.0.1:{self.servers[case.server].port}/graphql"
        return dict(self.client.post(url, json=body, headers=_token(case)).json())

    def restore(self) -> None:
        """The rows as they were."""
        self.connection.execute((_HERE / "data.sql").read_bytes())

    def value(self, expression: str) -> object:
        """The value of a subquery, as text and as the superuser sees it."""
        rows = self.connection.execute(f"select ({expression})::text".encode()).fetchall()
        return rows[0][0]


def _token(case: Case) -> dict[str, str]:
    if case.role is None:
        return {}
    claims = {"role": case.role, "exp": int(time.time()) + 600, **(case.claims or {})}
    return {"authorization": f"Bearer {jwt.encode(claims, SECRET, 'HS256')}"}


@pytest.fixture(scope="session")
def harbor(postgres: PostgresPlace) -> Iterator[Harbor]:
    """The harbor's database, filled and served."""
    made = create(postgres, "harbor", "template1")
    with made.connect() as conn:
        conn.execute(b"alter database harbor set timezone to 'UTC'")
        conn.execute((_HERE / "schema.sql").read_bytes())
        conn.execute((_HERE / "data.sql").read_bytes())
        conn.execute(b"refresh materialized view harbor.name_index")
    with ExitStack() as stack, httpx.Client(timeout=30) as client, made.connect() as conn:
        yield Harbor(made, client, {name: stack.enter_context(_serving(made, name)) for name in _SCHEMAS}, conn)
    drop(made)
    with Database(postgres, "postgres").connect() as conn:
        conn.execute(sql.SQL("drop role {}").format(sql.SQL(", ").join(map(sql.Identifier, _ROLES))))


def _serving(database: Database, name: str) -> Any:
    settings = {
        "PGRST_DB_SCHEMAS": _SCHEMAS[name],
        "PGRST_DB_ANON_ROLE": "Gq Visitor",
        "PGRST_LOG_LEVEL": "crit",
    }
    return running(database.url_as("Gq Login"), **settings)


@pytest.fixture(scope="session")
def ready(harbor: Harbor) -> Harbor:
    """The harbor, from the first answer of its servers on."""
    for server in harbor.servers.values():
        until(partial(_is_ready, server))
    return harbor


def _is_ready(server: Process) -> bool:
    return server.status("ready", admin=True) == 200


def fits(pattern: str, answer: dict[str, Any]) -> bool:
    """Whether some error's message fits."""
    return any(re.search(pattern, error["message"]) for error in answer.get("errors") or [])
