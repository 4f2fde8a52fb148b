"""The ASGI front: the generated interfaces are answered here, without a framework; the rest goes to one."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, NamedTuple

from gateway.auth.tokens import TokenError
from gateway.departure import Departure
from gateway.http import JSON, Endpoint, Request, Response
from gateway.lanes import Identity
from gateway.observe import metrics
from gateway.observe.events import RequestCrashed, RequestServed
from gateway.observe.ids import current, request_id
from gateway.observe.logs import report
from gateway.rest.timing import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Receive, Scope, Send

    from gateway.auth.tokens import Tokens

MAX_BODY = 1_048_576
MAX_FOREIGN_BODY = 64 * MAX_BODY
"""What `daira api` takes: PostgREST has no limit, but a process has only so much memory."""
_NO_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
_EMPTY = frozenset({204, 304})
_CRASHED = Response(
    500,
    JSON,
    b'{"code":"DG008","details":null,"hint":"It has been noted under the request id.",'
    b'"message":"Something went wrong on our side"}',
)


class _Facts(NamedTuple):
    """What the front reads from the headers."""

    token: str | None
    request_id: str


class Front:
    """Dispatches by path. `endpoints` is keyed by base path, such as `/rest/v1`."""

    def __init__(
        self,
        endpoints: Mapping[str, Endpoint],
        tokens: Tokens,
        anonymous: Identity | None,
        framework: ASGIApp,
        max_body: int = MAX_BODY,
    ) -> None:
        self._endpoints = dict(endpoints)
        self._tokens = tokens
        self._anonymous = anonymous
        self._framework = framework
        self._max_body = max_body

    def change(self, endpoints: Mapping[str, Endpoint], tokens: Tokens, anonymous: Identity | None) -> None:
        """Answer the next requests with these; those in flight end as they began."""
        self._endpoints = dict(endpoints)
        self._tokens = tokens
        self._anonymous = anonymous

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        found = self._find(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._framework(scope, receive, send)
        else:
            await self._serve(*found, scope, receive, send)

    def _find(self, path: str) -> tuple[Endpoint, str] | None:
        for base, endpoint in self._endpoints.items():
            if path.startswith(base) and path[len(base) : len(base) + 1] in ("", "/"):
                return endpoint, path[len(base) + 1 :]
        return None

    async def _serve(self, endpoint: Endpoint, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        facts = _facts(scope)
        current.set(facts.request_id)
        try:
            response = await self._answer(endpoint, path, scope, receive, facts)
        except Exception as error:  # the edge: what no table translates is reported and answered with 500
            report(RequestCrashed(facts.request_id, scope["path"], error))
            response = _CRASHED
        if response.stream is not None:
            await _stream(send, receive, response, facts.request_id)
        else:
            await _send(send, response, facts.request_id, has_body=scope["method"] != "HEAD")
        self._note(endpoint, scope, response.status, time.perf_counter() - begun, facts.request_id)

    async def _answer(self, endpoint: Endpoint, path: str, scope: Scope, receive: Receive, facts: _Facts) -> Response:
        method = scope["method"]
        body = b"" if method in _NO_BODY else await _read(receive, self._max_body)
        if body is None:
            return endpoint.too_large(self._max_body)
        try:
            identity = self._identity(facts.token)
        except TokenError as error:
            return endpoint.refuse(error)
        scope["role"] = identity.role
        mark("jwt")
        query = scope["query_string"].decode("latin-1")
        departure = Departure(receive)
        try:
            return await endpoint.answer(identity, Request(method, path, query, tuple(scope["headers"]), body))
        finally:
            departure.end()

    def _identity(self, token: str | None) -> Identity:
        if token is not None:
            return self._tokens.verify(token)
        if self._anonymous is None:
            raise TokenError("PGRST302", "Anonymous access is disabled")
        return self._anonymous

    def _note(self, endpoint: Endpoint, scope: Scope, status: int, seconds: float, rid: str) -> None:
        route = endpoint.route(scope["method"])
        metrics.request(route, status, seconds)
        if metrics.is_worth_a_line(status, seconds):
            client = scope["client"][0] if scope.get("client") else None
            path = scope["path"][:200]
            report(RequestServed(rid, route, scope["method"], path, status, round(seconds * 1000, 2), client))


def _facts(scope: Scope) -> _Facts:
    token = given_id = trace = None
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, credentials = value.partition(b" ")
            token = credentials.strip().decode("latin-1") if scheme.lower() == b"bearer" else None
        elif name == b"x-request-id":
            given_id = value
        elif name == b"traceparent":
            trace = value
    return _Facts(token, request_id(given_id, trace))


async def _read(receive: Receive, limit: int) -> bytes | None:
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise asyncio.CancelledError
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        more = message.get("more_body", False)
        if size > limit:
            return None
    return b"".join(chunks)


async def _stream(send: Send, receive: Receive, response: Response, rid: str) -> None:
    """An answer whose length nobody knows yet; a failure on the way leaves it without an end."""
    headers = [*response.headers, (b"x-request-id", rid.encode())]
    departure = Departure(receive)
    try:
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": response.body, "more_body": True})
        await _send_bits(send, response)
    finally:
        departure.end()
    await send({"type": "http.response.body", "body": b""})


async def _send_bits(send: Send, response: Response) -> None:
    if response.stream is not None:
        async with aclosing(response.stream) as bits:
            async for bit in bits:
                await send({"type": "http.response.body", "body": bit, "more_body": True})


async def _send(send: Send, response: Response, rid: str, *, has_body: bool) -> None:
    """The length of the body goes with it (RFC 9110, 8.6), so not with the answer to HEAD, 204 or 304."""
    headers = [*response.headers, (b"x-request-id", rid.encode())]
    if has_body and response.status not in _EMPTY:
        headers.append((b"content-length", b"%d" % len(response.body)))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})
