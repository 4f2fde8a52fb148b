"""A ClickHouse for one machine: chdb, which is ClickHouse's engine as a library, behind ClickHouse's HTTP interface.

Only what clickhouse-connect and curl ask for (https://clickhouse.com/docs/interfaces/http): the query in the body, or
in `query` with the rows of an insert in the body, `database`, settings as further parameters, a login, and /ping. The
engine is one process's own, hence this server between it and the workers.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
import signal
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    from chdb.state.sqlitelike import Connection

LOOPBACK = "127.0.0.1"
USER = "daira"
PASSWORD_VARIABLE = "CLICKHOUSE_PASSWORD"  # noqa: S105  (the name of one)
_FORMAT = re.compile(r"\s+FORMAT\s+(\w+)\s*$", re.IGNORECASE)
_CODE = re.compile(r"Code: (\d+)")
_NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_SETTINGS = frozenset({"insert_deduplicate", "insert_deduplication_token", "max_insert_block_size"})


@dataclass(frozen=True)
class Asked:
    """One statement, the rows of an insert, where it runs, the format of the answer, and settings that we pass on."""

    query: str
    rows: bytes
    database: str
    answer: str
    settings: dict[str, str]


@dataclass
class Engine:
    """The embedded engine on one directory; one statement at a time."""

    directory: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _open: Connection | None = None

    def run(self, asked: Asked) -> bytes:
        """The answer. Raises RuntimeError with ClickHouse's own text."""
        with self._lock:
            self._connection.query(f"use {_quoted(asked.database)}")
            if asked.rows:
                return self._insert(asked)
            return bytes(self._connection.query(asked.query, asked.answer).bytes())

    def close(self) -> None:
        """Lets go of the directory."""
        with self._lock:
            if self._open is not None:
                self._open.close()
                self._open = None

    def _insert(self, asked: Asked) -> bytes:
        found = _FORMAT.search(asked.query)
        if found is None:
            raise RuntimeError("Code: 62. DB::Exception: the rows of an insert need a FORMAT (SYNTAX_ERROR)")
        with tempfile.NamedTemporaryFile(dir=self.directory.parent) as file:
            file.write(asked.rows)
            file.flush()
            settings = ", ".join(f"{name} = {_literal(value)}" for name, value in asked.settings.items())
            clause = f" settings {settings}" if settings else ""
            head = asked.query[: found.start()]
            self._connection.query(f"{head} from infile {_literal(file.name)}{clause} format {found[1]}")
        return b""

    @property
    def _connection(self) -> Connection:
        if self._open is None:
            import chdb

            connect: Callable[[str], Connection] = chdb.connect
            self._open = connect(str(self.directory))
        return self._open


class _Handler(BaseHTTPRequestHandler):
    """Speaks ClickHouse's HTTP interface for the server's engine."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        if urlsplit(self.path).path == "/ping":
            self._answer(HTTPStatus.OK, b"Ok.\n")
        else:
            self._run()

    def do_POST(self) -> None:
        self._run()

    def log_message(self, format: str, *args: object) -> None:
        """Statements are nobody's business here; failures are told to who asked."""

    def _run(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._is_let_in():
            self._refuse(HTTPStatus.UNAUTHORIZED, "Code: 516. DB::Exception: wrong login (AUTHENTICATION_FAILED)")
            return
        try:
            self._answer(HTTPStatus.OK, self.server.engine.run(self._asked(body)))
        except RuntimeError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    def _asked(self, body: bytes) -> Asked:
        given = dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))
        query = given.get("query", "")
        if not query:
            query, body = body.decode(), b""
        answer = self.headers.get("X-ClickHouse-Format") or given.get("default_format") or "TabSeparated"
        settings = {name: value for name, value in given.items() if name in _SETTINGS}
        return Asked(query, body, given.get("database", "default"), answer, settings)

    def _is_let_in(self) -> bool:
        """By HTTP's own login, or by ClickHouse's two headers."""
        wanted = f"{USER}:{self.server.password}".encode()
        basic = self.headers.get("Authorization", "").removeprefix("Basic ")
        named = f"{self.headers.get('X-ClickHouse-User')}:{self.headers.get('X-ClickHouse-Key')}".encode()
        return secrets.compare_digest(basic.encode(), base64.b64encode(wanted)) or secrets.compare_digest(named, wanted)

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        code = _CODE.search(text)
        self._answer(status, text.encode(), {"X-ClickHouse-Exception-Code": code[1] if code else "1000"})

    def _answer(self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], engine: Engine, password: str) -> None:
        super().__init__(address, _Handler)
        self.engine = engine
        self.password = password


def make_server(engine: Engine, host: str, port: int, password: str) -> _Server:
    """A server on this address, not serving yet."""
    return _Server((host, port), engine, password)


def serve(directory: Path, host: str, port: int) -> None:
    """Serves until the process is told to stop; the password is in the environment."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    server = make_server(Engine(directory), host, port, os.environ[PASSWORD_VARIABLE])
    # shutdown() waits for the loop that the signal has interrupted.
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    server.engine.close()


def main() -> None:
    """Serves on the port of the first argument, with the data in the directory of the second."""
    serve(Path(sys.argv[2]), LOOPBACK, int(sys.argv[1]))


def _quoted(name: str) -> str:
    if not _NAME.match(name):
        raise RuntimeError(f"Code: 81. DB::Exception: no database {name!r} (UNKNOWN_DATABASE)")
    return f"`{name}`"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


if __name__ == "__main__":
    main()
