"""ASGI middleware for the routes outside the generated interfaces: request id, time, one log line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gateway.observe.events import RequestServed, Route
from gateway.observe.ids import request_id
from gateway.observe.logs import bound
from gateway.observe.metrics import served

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ROUTES = {"auth": Route.AUTH, "upload": Route.UPLOAD, "health": Route.HEALTH, "metrics": Route.HEALTH}


class Observed:
    """Wraps an app: `scope["state"]["request_id"]` inside, X-Request-Id outside."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        rid = request_id(headers.get(b"x-request-id"), headers.get(b"traceparent"))
        scope.setdefault("state", {})["request_id"] = rid
        with bound(rid):
            await self._observed(scope, receive, send, rid)

    async def _observed(self, scope: Scope, receive: Receive, send: Send, rid: str) -> None:
        begun = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", rid.encode())]
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            served(_event(scope, rid, status, (time.perf_counter() - begun) * 1000))


def _event(scope: Scope, rid: str, status: int, milliseconds: float) -> RequestServed:
    route = _ROUTES.get(scope["path"].split("/", 2)[1], Route.OTHER)
    client = scope["client"][0] if scope.get("client") else None
    return RequestServed(rid, route, scope["method"], scope["path"][:200], status, round(milliseconds, 2), client)
