"""`daira api` on the bazaar's database, once for each of the settings of servers.yaml."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import jwt
import pytest
import yaml
from psycopg import sql

from daira.servers.postgres import PostgresPlace
from tests.rest.contract.cases import UNSAID, Case
from tests.rest.foreign import SECRET
from tests.rest.process import Process, running
from tests.support.databases import Database, create, drop
from tests.support.stacks import until

_HERE = Path(__file__).parent
_ROLES = (
    "MixedCase Login",
    "Configured Login",
    "Anon Guest",
    "Web User",
    "كاتب",
    "Slow Role",
    "Careful Role",
    "Barred Role",
    "Not Granted",
)
_SETTINGS: dict[str, dict[str, str]] = yaml.safe_load((_HERE / "servers.yaml").read_text())
_KEPT = "%/?=&,.:;()!*+$@'~-_"


@dataclass
class Bazaar:
    """The database, and the servers that run on it: the main one and the last other."""

    database: Database
    client: httpx.Client
    main: Process
    other: tuple[str, Process] | None = None
    stack: ExitStack = field(default_factory=ExitStack)

    def restore(self) -> None:
        """The rows as they were."""
        with self.database.connect() as conn:
            conn.execute((_HERE / "data.sql").read_bytes())

    def server(self, name: str) -> Process:
        """The server with these settings, started where it is not the last one that was asked for."""
        if name == "main":
            return self.main
        if self.other is None or self.other[0] != name:
            self.stack.close()
            self.other = (name, self.stack.enter_context(served(self.database, name)))
        return self.other[1]

    def send(self, case: Case) -> httpx.Response:
        """The answer over HTTP. A path that begins with `admin:` is the admin server's."""
        server = self.server(case.server)
        admin = case.path.startswith("admin:")
        base = f"http://127.0.0.1:{server.admin}" if admin else f"http://127.0.0.1:{server.port}/rest/v1"
        content = {} if case.send is UNSAID else _content(case.send)
        url = base + quote(case.path.removeprefix("admin:"), safe=_KEPT)
        kind = {"content-type": "application/json"} if case.send is not UNSAID else {}
        headers = [
            (name.encode(), value.encode()) for name, value in (kind | dict(case.headers) | _token(case)).items()
        ]
        self.client.cookies.clear()
        return self.client.request(case.method.upper(), url, headers=headers, **content)

    def prepare(self, case: Case) -> None:
        """What is done before the request."""
        self.server(case.server)
        if case.sql:
            self.database.execute(case.sql)
        if case.signal:
            os.kill(self.server(case.server).process.pid, signal.Signals[case.signal])


def _content(body: Any) -> dict[str, Any]:
    return {"content": body.encode()} if isinstance(body, str) else {"json": body}


def _token(case: Case) -> dict[str, str]:
    if case.token is not None:
        return {"authorization": case.token}
    if case.role is None and case.claims is None:
        return {}
    now = int(time.time())
    told = {key: now + value if _is_moment(key, value) else value for key, value in (case.claims or {}).items()}
    claims = {"exp": now + 600} | ({"role": case.role} if case.role else {}) | told
    return {"authorization": f"Bearer {jwt.encode(claims, case.key or SECRET, 'HS256')}"}


def _is_moment(name: str, value: Any) -> bool:
    return name in ("exp", "nbf", "iat") and isinstance(value, int)


@contextmanager
def served(database: Database, name: str) -> Iterator[Process]:
    """A server with the settings of this name, from its first answer on."""
    settings = dict(_SETTINGS[name] or {})
    login = settings.pop("login", "MixedCase Login")
    usual = {"PGRST_DB_SCHEMAS": "Bazaar, متجر", "PGRST_DB_ANON_ROLE": "Anon Guest", "PGRST_LOG_LEVEL": "crit"}
    with running(database.url_as(login), **usual | settings) as server:
        until(lambda: server.status("ready", admin=True) == 200)
        yield server


@pytest.fixture(scope="session")
def bazaar(postgres: PostgresPlace) -> Iterator[Bazaar]:
    """The bazaar's database, filled and served."""
    made = create(postgres, "bazaar", "template1")
    with made.connect() as conn:
        conn.execute((_HERE / "schema.sql").read_bytes())
        conn.execute((_HERE / "data.sql").read_bytes())
    with httpx.Client(timeout=30) as client, served(made, "main") as main:
        bazaar = Bazaar(made, client, main)
        yield bazaar
        bazaar.stack.close()
    drop(made)
    with Database(postgres, "postgres").connect() as conn:
        conn.execute(sql.SQL("drop role {}").format(sql.SQL(", ").join(map(sql.Identifier, _ROLES))))
