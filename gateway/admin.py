"""The admin server on a port of its own: /live, /ready, /metrics, /config, /schema_cache.

https://docs.postgrest.org/en/stable/references/admin_server.html
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import socket
from contextlib import asynccontextmanager, nullcontext
from enum import Enum
from typing import TYPE_CHECKING, Any

import uvicorn

from gateway.pgrst_config import written
from gateway.pgrst_metrics import page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from contextlib import AbstractContextManager

    from starlette.types import ASGIApp, Receive, Scope, Send

    from gateway.app import Generated

_TEXT = b"text/plain; charset=utf-8"
_JSON = b"application/json; charset=utf-8"
_START_S = 5.0

Answer = tuple[int, bytes, bytes]


class Admin:
    """ASGI application on what the generated interfaces share."""

    def __init__(self, generated: Generated) -> None:
        self._generated = generated

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        status, content_type, body = self._answer(scope["path"])
        headers = [(b"content-type", content_type), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def is_ready(self) -> bool:
        """Whether requests can be answered: some lane of each kind is connected and a catalogue is there."""
        connected = all(group.connected for group in self._generated.lanes.stats())
        return connected and self._generated.watcher.stats.loads > 0

    def _answer(self, path: str) -> Answer:
        match path.rstrip("/"):
            case "/live":
                return 200, _TEXT, b""
            case "/ready":
                return 200 if self.is_ready() else 503, _TEXT, b""
            case "/metrics":
                return 200, b"text/plain; version=0.0.4; charset=utf-8", page(self._generated)
            case "/config":
                return 200, _TEXT, written(self._generated.live.serving.settings)
            case "/schema_cache" if self._generated.watcher.stats.loads:
                return 200, _JSON, _schema_cache(self._generated)
            case _:
                return 404, _TEXT, b""


class _Server(uvicorn.Server):
    """Leaves the signals to the main server, and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # ours captures nothing
        return nullcontext()


@asynccontextmanager
async def listening(app: ASGIApp, host: str | None, port: int) -> AsyncIterator[None]:
    """Serve `app` beside the main server."""
    config = uvicorn.Config(
        app, host or "127.0.0.1", port, lifespan="off", log_config=None, access_log=False, server_header=False
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(_START_S):
        await server.listens.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await task


def _schema_cache(generated: Generated) -> bytes:
    catalog = generated.watcher.current()
    relations = {".".join(name): _plain(relation) for name, relation in catalog.relations.items()}
    functions = {".".join(name): _plain(overloads) for name, overloads in catalog.functions.items()}
    document = {"dbTables": relations, "dbRoutines": functions, "dbRelationships": _plain(catalog.foreign_keys)}
    return json.dumps(document, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    """`value` as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | frozenset):
        return [_plain(item) for item in value]
    return value
