"""`daira api` on the contract's database, once with all of its schemas and once with those that say nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from daira.servers.postgres import PostgresPlace
from tests.graphql.contract.cases import Case
from tests.rest.process import SECRET, Process, running
from tests.support.databases import Database, create, drop
from tests.support.stacks import until

_HERE = Path(__file__).parent
_SCHEMAS = {"all": "market, Raw Data, vaults, based", "silent": "Raw Data"}
_ROLES = tuple(f"contract_{name}" for name in ("login", "defaults", "web", "clerk", "auditor", "stranger"))


@dataclass(frozen=True)
class Contract:
    """The database and where it is served."""

    database: Database
    servers: dict[str, Process]
    client: httpx.Client

    def restore(self) -> None:
        """The rows as they were."""
        with self.database.connect() as conn:
            conn.execute((_HERE / "data.sql").read_bytes())

    def send(self, case: Case) -> dict[str, Any]:
        """The body of the answer, over HTTP."""
        claims = {"role": case.role, "sub": case.sub, "exp": int(time.time()) + 600}
        token = jwt.encode(claims, SECRET, "HS256")
        body = {"query": case.query, "variables": case.variables, "operationName": case.operation}
        url = f"http://127.0.0.1:{self.servers[case.server].port}/graphql"
        answer = self.client.post(url, json=body, headers={"authorization": f"Bearer {token}"})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@pytest.fixture(scope="session")
def contract(postgres: PostgresPlace) -> Iterator[Contract]:
    """The contract's database, filled and served."""
    made = create(postgres, "contract", "template1")
    with made.connect() as conn:
        conn.execute((_HERE / "schema.sql").read_bytes())
        conn.execute((_HERE / "data.sql").read_bytes())
    with ExitStack() as stack:
        servers = {name: stack.enter_context(_served(made, schemas)) for name, schemas in _SCHEMAS.items()}
        for server in servers.values():
            until(lambda server=server: server.status("ready", admin=True) == 200)
        yield Contract(made, servers, stack.enter_context(httpx.Client(timeout=30)))
    drop(made)
    with Database(postgres, "postgres").connect() as conn:
        conn.execute("drop role " + ", ".join(_ROLES))


def _served(database: Database, schemas: str) -> Any:
    own = {"PGRST_DB_SCHEMAS": schemas, "PGRST_DB_ANON_ROLE": "contract_web", "PGRST_LOG_LEVEL": "crit"}
    return running(database.url_as("contract_login"), **own)
