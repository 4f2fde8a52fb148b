"""One REST request from its bytes to its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.catalog.watch import CatalogUnavailable
from gateway.errors import status_of
from gateway.http import JSON, Headers, Request, Response
from gateway.lanes import DatabaseError, Identity, LaneError, OutcomeUnknown, Unavailable
from gateway.observe.events import Route
from gateway.rest.errors import RestError, error_response
from gateway.rest.lexer import lex
from gateway.rest.plans import ReadPlans

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.auth.tokens import TokenError
    from gateway.catalog.model import Catalog
    from gateway.lanes import Lanes

_READS = frozenset({"GET", "HEAD"})
_RETRY: Headers = ((b"retry-after", b"1"),)


class RestEndpoint:
    """Answers requests under the REST base path against `schema`."""

    def __init__(self, lanes: Lanes, catalog: Callable[[], Catalog], schema: str, anonymous_role: str) -> None:
        self._lanes = lanes
        self._catalog = catalog
        self._schema = schema
        self._anonymous_role = anonymous_role
        self.plans = ReadPlans()

    def route(self, method: str) -> Route:
        """Reads and writes are counted apart."""
        return Route.REST_READ if method in _READS else Route.REST_WRITE

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The answer to `request`, as PostgREST gives it."""
        try:
            if request.method not in _READS:
                raise RestError(405, "PGRST117", f"Unsupported HTTP method: {request.method}")
            response = await self._read(identity, request.path, request.query)
        except RestError as error:
            return error.response()
        except (LaneError, CatalogUnavailable) as error:
            return self._failure(identity, error)
        return response._replace(body=b"") if request.method == "HEAD" else response

    def refuse(self, error: TokenError) -> Response:
        """401 with the challenge."""
        challenge: Headers = ((b"www-authenticate", error.challenge.encode()),)
        return error_response(error.status, error.code, error.message, error.details, None, challenge)

    def too_large(self, limit: int) -> Response:
        """413."""
        return error_response(413, "PGRST102", f"The body is larger than {limit} bytes")

    async def _read(self, identity: Identity, name: str, query: str) -> Response:
        lexed = lex(query)
        plan = self.plans.find(self._catalog(), (self._schema, name), lexed)
        rows = await self._lanes.run(identity, plan.statement, plan.params(lexed.values))
        count, body = rows.first() or (b"0", b"[]")
        offset = int(lexed.values[plan.offset]) if plan.offset is not None else 0
        return Response(200, _content_range(offset, int(count or b"0")), body or b"[]")

    def _failure(self, identity: Identity, error: LaneError | CatalogUnavailable) -> Response:
        match error:
            case DatabaseError(sqlstate, message, detail, hint):
                status = status_of(sqlstate, anonymous=identity.role == self._anonymous_role)
                return error_response(status, sqlstate, message, detail, hint)
            case OutcomeUnknown():
                return error_response(503, "PGRST001", str(error), None, "Look whether the change was made.", _RETRY)
            case CatalogUnavailable():
                return error_response(503, "PGRST002", str(error), None, "Try again in a moment.", _RETRY)
            case Unavailable():
                return error_response(503, "PGRST000", str(error), None, "Try again in a moment.", _RETRY)
            case _:
                raise error


def _content_range(offset: int, count: int) -> Headers:
    span = b"%d-%d/*" % (offset, offset + count - 1) if count else b"*/*"
    return (*JSON, (b"content-range", span))
