"""The worker's own small HTTP port: /health for probes, /metrics for Prometheus. Loopback or pod network only."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

READ_TIMEOUT = 5.0


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: HTTPStatus
    content_type: str
    body: bytes

    def encode(self) -> bytes:
        head = (
            f"HTTP/1.1 {self.status.value} {self.status.phrase}\r\nContent-Type: {self.content_type}\r\n"
            f"Content-Length: {len(self.body)}\r\nConnection: close\r\n\r\n"
        )
        return head.encode() + self.body


def json_answer(status: HTTPStatus, content: dict[str, object]) -> Answer:
    """An answer with a JSON body."""
    return Answer(status, "application/json", json.dumps(content).encode())


Page = Callable[[], Awaitable[Answer]]


@asynccontextmanager
async def serve(host: str, port: int, pages: Mapping[str, Page]) -> AsyncIterator[int]:
    """Serves GET for the given paths; yields the port (a free one when `port` is 0)."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path = await asyncio.wait_for(_read_path(reader), READ_TIMEOUT)
            writer.write((await pages.get(path, _not_found)()).encode())
            await writer.drain()
        except (ConnectionError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the client is gone, or never asked anything
        finally:
            writer.close()

    server = await asyncio.start_server(answer, host, port)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _read_path(reader: asyncio.StreamReader) -> str:
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, *_ = head.decode("latin-1").split(" ", 2)
    return target.partition("?")[0] if method == "GET" else ""


async def _not_found() -> Answer:
    return json_answer(HTTPStatus.NOT_FOUND, {"title": "not found", "status": 404})
