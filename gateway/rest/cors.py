"""Cross-origin requests as PostgREST answers them (https://docs.postgrest.org/en/stable/references/api/cors.html)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.http import Headers, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

_METHODS = b"GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD"
_ALWAYS_ALLOWED = (b"Accept", b"Accept-Language", b"Content-Language")
_EXPOSED = (
    b"Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, "
    b"Range-Unit"
)
_OURS = {b"link": b"Link", b"idempotency-replayed": b"Idempotency-Replayed"}


@dataclass(frozen=True)
class Cors:
    """Which origins may read answers: those named, or all when none is."""

    origins: frozenset[bytes]

    def headers(self, origin: bytes, answer: Iterable[tuple[bytes, bytes]]) -> Headers:
        """What goes with an answer to `origin`; nothing where it may not read it.

        PostgREST's list is sent whole, to which those of ours are added that the answer has.
        """
        allowed = self._origin_headers(origin)
        if not allowed:
            return ()
        ours = [_OURS[name] for name, _ in answer if name in _OURS]
        return (*allowed, (b"access-control-expose-headers", b", ".join([_EXPOSED, *dict.fromkeys(ours)])))

    def preflight(self, origin: bytes, headers: Iterable[tuple[bytes, bytes]]) -> Response | None:
        """The answer to a browser that asks first; None where the request is none or may not be made."""
        given = dict(headers)
        allowed = self._origin_headers(origin)
        if not allowed or given.get(b"access-control-request-method") not in _METHODS.split(b", "):
            return None
        extra: Headers = (
            (b"access-control-allow-methods", _METHODS),
            (b"access-control-allow-headers", _allowed_headers(given.get(b"access-control-request-headers", b""))),
            (b"access-control-max-age", b"86400"),
        )
        return Response(200, allowed + extra, b"")

    def _origin_headers(self, origin: bytes) -> Headers:
        if not self.origins:
            return ((b"access-control-allow-origin", b"*"),)
        if origin not in self.origins:
            return ()
        return ((b"access-control-allow-origin", origin), (b"access-control-allow-credentials", b"true"))


def _allowed_headers(asked: bytes) -> bytes:
    named = [name.strip() for name in asked.split(b",") if name.strip()]
    simple = {name.lower() for name in _ALWAYS_ALLOWED}
    return b", ".join((b"Authorization", *(name for name in named if name.lower() not in simple), *_ALWAYS_ALLOWED))
