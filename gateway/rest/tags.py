"""Entity tags of answers (RFC 9110, section 8.8.3): the same bytes have the same tag."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.http import Response

_KEPT = frozenset({b"content-range", b"content-profile", b"preference-applied", b"cache-control", b"expires", b"vary"})


def tagged(response: Response, known: str | None) -> Response:
    """`response` with its tag, or 304 where the caller has it already (`known` is If-None-Match)."""
    tag = f'"{blake2b(response.body, digest_size=12).hexdigest()}"'
    if known is not None and response.status == 200 and _is_known(tag, known):
        kept = tuple(pair for pair in response.headers if pair[0] in _KEPT)
        return response._replace(status=304, headers=(*kept, (b"etag", tag.encode())), body=b"")
    return response._replace(headers=(*response.headers, (b"etag", tag.encode())))


def _is_known(tag: str, known: str) -> bool:
    return known.strip() == "*" or tag in (given.strip().removeprefix("W/") for given in known.split(","))
