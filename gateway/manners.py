"""What every answer under the REST base path carries besides its own: CORS, trace header, Server-Timing, a log line."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.rest import timing
from gateway.rest.cors import Cors
from gateway.settings import LogLevel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from gateway.http import Headers
    from gateway.settings import ApiSettings

_NEVER = 1000
_LEAST_LOGGED = {LogLevel.CRIT: _NEVER, LogLevel.ERROR: 500, LogLevel.WARN: 400, LogLevel.INFO: 0, LogLevel.DEBUG: 0}


@dataclass(frozen=True)
class Policy:
    """What to add. `least_logged` is the least status that gets a line on standard output."""

    cors: Cors
    trace_header: bytes | None
    is_timed: bool
    least_logged: int

    @property
    def is_plain(self) -> bool:
        """Whether a request without an origin needs nothing."""
        return self.trace_header is None and not self.is_timed and self.least_logged == _NEVER


def policy_of(settings: ApiSettings, *, is_logged: bool) -> Policy:
    """The policy that the settings ask for; without lines where another log has them."""
    trace = settings.pgrst_server_trace_header
    return Policy(
        Cors(frozenset(origin.encode() for origin in settings.pgrst_server_cors_allowed_origins)),
        trace.lower().encode() if trace else None,
        settings.pgrst_server_timing_enabled,
        _LEAST_LOGGED[settings.pgrst_log_level] if is_logged else _NEVER,
    )


class Manners:
    """Wraps an app; `policy` may be replaced at any time."""

    def __init__(self, app: ASGIApp, base: str, policy: Policy) -> None:
        self._app = app
        self._base = base
        self.policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not scope["path"].startswith(self._base):
            await self._app(scope, receive, send)
            return
        policy, origin = self.policy, _header(scope, b"origin")
        if origin is None and policy.is_plain:
            await self._app(scope, receive, send)
        elif origin is None or not await _preflight(policy, scope, origin, send):
            await self._app(scope, receive, _Dressed(policy, scope, origin, send))


class _Dressed:
    """`send` of one request."""

    def __init__(self, policy: Policy, scope: Scope, origin: bytes | None, send: Send) -> None:
        self._policy = policy
        self._scope = scope
        self._origin = origin
        self._send = send
        self._timing = timing.begin() if policy.is_timed else None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            own = self._own(message["headers"])
            if own:
                message["headers"] = _with(own, message["headers"])
            if message["status"] >= self._policy.least_logged:
                self._log(message)
        await self._send(message)

    def _own(self, answer: Iterable[tuple[bytes, bytes]]) -> Headers:
        headers = self._policy.cors.headers(self._origin, answer) if self._origin is not None else ()
        trace = self._policy.trace_header
        value = _header(self._scope, trace) if trace else None
        if trace and value is not None:
            headers = (*headers, (trace, value))
        if self._timing is not None:
            self._timing.mark("response")
            headers = (*headers, (b"server-timing", self._timing.header()))
        return headers

    def _log(self, message: Message) -> None:
        size = dict(message["headers"]).get(b"content-length", b"-").decode()
        sys.stdout.write(_line(self._scope, message["status"], size))
        sys.stdout.flush()


def _with(own: Headers, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """`headers` with `own` in the place of those of the same name."""
    added = {name for name, _ in own}
    return [*(header for header in headers if header[0] not in added), *own]


async def _preflight(policy: Policy, scope: Scope, origin: bytes, send: Send) -> bool:
    if scope["method"] != "OPTIONS":
        return False
    response = policy.cors.preflight(origin, scope["headers"])
    if response is None:
        return False
    headers = [*response.headers, (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
    return True


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    for name, value in scope["headers"]:
        if name == wanted:
            found: bytes = value
            return found
    return None


def _line(scope: Scope, status: int, size: str) -> str:
    """The common log format, with the database role as the user."""
    client = scope["client"][0] if scope.get("client") else "-"
    moment = time.strftime("%d/%b/%Y:%H:%M:%S %z")
    query = scope["query_string"].decode("latin-1")
    target = scope.get("raw_path", scope["path"].encode()).decode("latin-1") + (f"?{query}" if query else "")
    agent = (_header(scope, b"user-agent") or b"").decode("latin-1")
    role, version = scope.get("role", "-"), scope.get("http_version", "1.1")
    request = f"{scope['method']} {target} HTTP/{version}"
    return f'{client} - {role} [{moment}] "{request}" {status} {size} "" "{agent}"\n'
