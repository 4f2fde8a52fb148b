"""`daira api` on the bazaar's database, once for each of the settings of servers.yaml."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
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
class Servers:
    """The servers in the order in which the cases ask for them: one that is asked for, and the next, on its way."""

    database: Database
    names: list[str]
    running: dict[str, tuple[Process, ExitStack]] = field(default_factory=dict)

    def get(self, name: str) -> Process:
        """The server with these settings, from its first answer on. Those before it are ended."""
        at = self.names.index(name)
        for wanted in self.names[at : at + 2]:
            if wanted not in self.running:
                self.running[wanted] = self._start(wanted)
        for gone in set(self.names[:at]) & set(self.running):
            self.running.pop(gone)[1].close()
        server, _ = self.running[name]
        until(lambda: server.status("ready", admin=True) == 200)
        return server

    def close(self) -> None:
        """Ends all of them."""
        for _, stack in self.running.values():
            stack.close()

    def _start(self, name: str) -> tuple[Process, ExitStack]:
        settings = dict(_SETTINGS[name])
        login = settings.pop("login", "MixedCase Login")
        usual = {"PGRST_DB_SCHEMAS": "Bazaar, متجر", "PGRST_DB_ANON_ROLE": "Anon Guest", "PGRST_LOG_LEVEL": "crit"}
        stack = ExitStack()
        return stack.enter_context(running(self.database.url_as(login), **usual | settings)), stack


@dataclass
class Bazaar:
    """The database, what runs on it, and the server of the last case."""

    database: Database
    client: httpx.Client
    servers: Servers
    last: tuple[str, Process] | None = None

    def restore(self) -> None:
        """The rows as they were."""
        with self.database.connect() as conn:
            conn.execute((_HERE / "data.sql").read_bytes())

    def server(self, name: str) -> Process:
        """The server with these settings."""
        if self.last is None or self.last[0] != name:
            self.last = name, self.servers.get(name)
        return self.last[1]

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


@pytest.fixture(scope="session")
def bazaar(postgres: PostgresPlace) -> Iterator[Bazaar]:
    """The bazaar's database, filled and served."""
    made = create(postgres, "bazaar", "template1")
    with made.connect() as conn:
        conn.execute((_HERE / "schema.sql").read_bytes())
        conn.execute((_HERE / "data.sql").read_bytes())
    servers = Servers(made, sorted(_SETTINGS))
    with httpx.Client(timeout=30) as client, closing(servers):
        yield Bazaar(made, client, servers)
    drop(made)
    with Database(postgres, "postgres").connect() as conn:
        conn.execute(sql.SQL("drop role {}").format(sql.SQL(", ").join(map(sql.Identifier, _ROLES))))
