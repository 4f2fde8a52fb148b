"""Outcomes as responses, by the rules of the form that the caller accepts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gateway.errors import status_of
from gateway.graphql.errors import Code, dumped, error, errors_body
from gateway.graphql.media import Media
from gateway.http import Headers, Response
from gateway.lanes import DatabaseError, OutcomeUnknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gateway.catalog.watch import CatalogUnavailable
    from gateway.graphql.errors import Refusal
    from gateway.lanes import LaneError

_RETRY: Headers = ((b"retry-after", b"1"),)
_VARY: Headers = ((b"vary", b"accept"),)
_NO_STORE: Headers = ((b"cache-control", b"no-store"),)
_STATUS = {Code.NOT_PERSISTED: 404}
"""Where a request that was not carried out is no bad request."""


def answered(body: bytes, media: Media) -> Response:
    """An operation that was carried out; `body` is the whole document."""
    return Response(200, media.headers + _VARY, body)


def refused(refusal: Refusal, media: Media, allow: bytes) -> Response:
    """A request that was not carried out; `allow` are the methods that could have been used."""
    headers = media.headers + _VARY + _NO_STORE + (((b"allow", allow),) if refusal.status == 405 else ())
    if media is not Media.RESPONSE:
        return Response(refusal.status, headers, errors_body(refusal.errors()))
    status = refusal.status if refusal.status != 200 else _STATUS.get(refusal.code, 400)
    return Response(status, headers, dumped({"errors": refusal.errors()}))


def failed(failure: LaneError | CatalogUnavailable, media: Media) -> Response:
    """An operation that failed."""
    match failure:
        case DatabaseError():
            status = 503 if status_of(failure.sqlstate) == 503 else 200
            return Response(status, media.headers + _VARY, errors_body([of_database(failure)]))
        case OutcomeUnknown():
            hint, code = "Look whether the change was made.", Code.OUTCOME_UNKNOWN
        case _:
            hint, code = "Try again in a moment.", Code.UNAVAILABLE
    return Response(503, media.headers + _VARY + _RETRY, errors_body([error(str(failure), code.value, hint)]))


def of_database(failure: DatabaseError) -> dict[str, Any]:
    """The entry of the error list for what the database refuses."""
    return error(failure.message, failure.sqlstate, failure.hint, failure.detail)


def trace(planned_s: float, ran_s: float, statements: Sequence[str]) -> bytes:
    """What `extensions` tells those who may see it: milliseconds, and the SQL that has run."""
    timing = {"planMs": round(planned_s * 1e3, 3), "databaseMs": round(ran_s * 1e3, 3)}
    return b', "extensions": ' + json.dumps({"timing": timing, "sql": list(statements)}, ensure_ascii=False).encode()
