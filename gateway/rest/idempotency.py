"""`Idempotency-Key`: claimed before a write, marked in the write's own transaction, settled with its answer.

The mark fails where the claim has gone to another attempt, which undoes the write: it is never made twice. Where the
database has no such functions the header means nothing, as in PostgREST.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from gateway.http import Response
from gateway.lanes import DatabaseError, Identity, LaneError, LaneKind, Statement
from gateway.rest.errors import RestError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gateway.http import Headers, Request
    from gateway.lanes import Lanes

_GATEWAY = Identity("gateway")
_LEASE = "2 minutes"
_ABSENT = frozenset({"42883", "42P01", "3F000", "42501", "22023", "42704"})
"""No such function, table or schema, or a login that may not become, or has never heard of, the gateway's role."""
_CLAIM = Statement(
    "select state, claim, status, headers, encode(body, 'base64')"
    " from ops.claim_key($1::bigint, $2, $3, $4::bytea, $5::interval)",
    LaneKind.WRITE,
)
_SETTLE = Statement("select ops.settle_key($1::bigint, $2::integer, $3::jsonb, $4::bytea)", LaneKind.WRITE)
_RETRY: Headers = ((b"retry-after", b"1"),)
_REFUSALS = {
    b"ANONYMOUS": RestError(
        400, "DR003", "Idempotency-Key needs a signed-in caller", None, "Sign in, or send the request without it."
    ),
    b"UNUSABLE": RestError(400, "DR003", "Idempotency-Key has 1 to 255 characters", None, "Send a UUID, for example."),
    b"REUSED": RestError(
        422, "DR004", "This Idempotency-Key was used with another request", None, "Make a new key for a new request."
    ),
    b"IN_FLIGHT": RestError(
        409, "DR005", "A request with this Idempotency-Key is under way", None, "Repeat it in a moment."
    ),
    b"LOST": RestError(
        409,
        "DR006",
        "The write with this Idempotency-Key was made, but its answer is lost",
        None,
        "Read what it made; do not repeat it with another key.",
    ),
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A key that this request holds, by its number; without one where the database knows no keys."""

    number: str | None


NO_CLAIM = Claim(None)


def key_of(headers: Headers) -> str | None:
    """The value of the header."""
    return next((value.decode("latin-1").strip() for name, value in headers if name == b"idempotency-key"), None)


class Keys:
    """Sees to it that a write with a key is made once."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes
        self._are_absent = False
        self._running: set[asyncio.Task[Response]] = set()

    async def once(
        self, identity: Identity, request: Request, schema: str, key: str, do: Callable[[Claim], Awaitable[Response]]
    ) -> Response:
        """The answer of `do`, or the one that it gave before. It ends even where its caller goes away."""
        task = asyncio.ensure_future(self._once(identity, request, schema, key, do))
        self._running.add(task)
        task.add_done_callback(self._forget)
        return await asyncio.shield(task)

    async def _once(
        self, identity: Identity, request: Request, schema: str, key: str, do: Callable[[Claim], Awaitable[Response]]
    ) -> Response:
        claim = await self._claim(identity, request, schema, key)
        if isinstance(claim, Response):
            return claim
        response = await do(claim)
        if claim.number is not None:
            await self._settle(claim.number, response)
        return response

    async def _claim(self, identity: Identity, request: Request, schema: str, key: str) -> Claim | Response:
        if self._are_absent:
            return NO_CLAIM
        route = f"{request.method} {request.path}"
        params = (identity.user_id or None, key, route, _digest(request, schema), _LEASE)
        try:
            rows = await self._lanes.run(_GATEWAY, _CLAIM, params)
        except DatabaseError as error:
            if error.sqlstate not in _ABSENT:
                raise
            self._are_absent = True
            return NO_CLAIM
        state, number, *answer = rows.first() or (b"IN_FLIGHT", None)
        if state == b"CLAIMED":
            return Claim((number or b"").decode())
        return _replayed(*answer) if state == b"ANSWERED" else _refused(state or b"")

    async def _settle(self, number: str, response: Response) -> None:
        headers = json.dumps([[name.decode("latin-1"), value.decode("latin-1")] for name, value in response.headers])
        with suppress(LaneError):  # the answer stands all the same; the claim's lease ends by itself
            await self._lanes.run(
                _GATEWAY, _SETTLE, (number, str(response.status), headers, "\\x" + response.body.hex())
            )

    def _forget(self, task: asyncio.Task[Response]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # it is the caller's, who may have gone


def _digest(request: Request, schema: str) -> str:
    asked = json.dumps([request.method, schema, request.path, request.query]).encode()
    return "\\x" + sha256(asked + b"\n" + request.body).hexdigest()


def _refused(state: bytes) -> Response:
    return _REFUSALS[state].response(_RETRY if state == b"IN_FLIGHT" else ())


def _replayed(status: bytes | None, headers: bytes | None, body: bytes | None) -> Response:
    pairs = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in json.loads(headers or b"[]"))
    return Response(int(status or b"200"), (*pairs, (b"idempotency-replayed", b"true")), b64decode(body or b""))
