"""One REST request from its bytes to its answer: facts, plan, statement, response."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gateway.catalog.watch import CatalogUnavailable
from gateway.http import Headers, Request, Response
from gateway.lanes import DatabaseError, Identity, LaneError, OutcomeUnknown, Unavailable
from gateway.observe.events import Route
from gateway.rest.asked import Asked, Context
from gateway.rest.calls import call
from gateway.rest.errors import RestError, error_response, terse
from gateway.rest.idempotency import NO_CLAIM, Claim, Keys, key_of
from gateway.rest.limits import check_depth
from gateway.rest.openapi import Root
from gateway.rest.options import options
from gateway.rest.plans import Plans
from gateway.rest.reading import read
from gateway.rest.request import Facts, facts_of
from gateway.rest.respond import database_failure
from gateway.rest.session import Session
from gateway.rest.writes import write
from gateway.settings import Verbosity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gateway.auth.tokens import TokenError
    from gateway.catalog.model import Catalog
    from gateway.lanes import Around, Lanes
    from gateway.rest.limits import Limits
    from gateway.settings import ApiSettings

_READS = frozenset({"GET", "HEAD"})
_WRITES = frozenset({"POST", "PATCH", "PUT", "DELETE"})
_VARY: Headers = ((b"vary", b"Accept, Prefer, Range"),)
_RETRY: Headers = ((b"retry-after", b"1"),)
_NO_CONNECTION = "Database connection error"
_CLIENT_ERROR = "Database client error. Retrying the connection."
_NO_CATALOG = "Could not query the database for the schema cache. Retrying."
_LOOK = "Look whether the change was made."


class RestEndpoint:
    """Answers requests under the REST base path. `lean` leaves out settings that DAIRA's own schema never reads."""

    def __init__(
        self, lanes: Lanes, catalog: Callable[[], Catalog], settings: ApiSettings, *, lean: bool = False
    ) -> None:
        self._lanes = lanes
        self._catalog = catalog
        self._lean = lean
        self.plans = Plans()
        self.configure(settings)

    def configure(self, settings: ApiSettings) -> None:
        """Serve by `settings` from now on."""
        self._settings = settings
        self._schemas = settings.pgrst_db_schemas
        self._anonymous_role = settings.pgrst_db_anon_role
        self._session = Session(settings, lean=self._lean)
        self._context = Context(self._lanes, settings, self._session, self.plans)
        self._root = Root(self._lanes, self._catalog, settings)
        self._keys = Keys(self._lanes)
        self.plans.clear()
        self.limit({})

    def beside(self, request: Request) -> tuple[Mapping[str, str], Around]:
        """What the transactions of another interface's request find set, on a path to all exposed schemas, and run."""
        return self._session.beside(request, self._schemas)

    def limit(self, limits: Mapping[str, Limits]) -> None:
        """Hold each role to its limits from now on."""
        self._limits = limits
        self._limited = {role: self._limited_context(limit) for role, limit in limits.items()}

    def _limited_context(self, limits: Limits) -> Context:
        most = self._settings.pgrst_db_max_rows
        rows = min((number for number in (most, limits.rows) if number is not None), default=None)
        settings = self._settings.model_copy(update={"pgrst_db_max_rows": rows})
        return Context(self._lanes, settings, self._session, Plans(), limits.plan_cost)

    def _context_of(self, role: str, query: str) -> Context:
        limits = self._limits.get(role)
        if limits is None:
            return self._context
        if limits.embed_depth is not None:
            check_depth(query, limits.embed_depth)
        return self._limited[role]

    def route(self, method: str) -> Route:
        """Reads and writes are counted apart."""
        return Route.REST_READ if method in _READS else Route.REST_WRITE

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The answer to `request`, as PostgREST gives it."""
        key = key_of(request.headers) if request.method in _WRITES else None
        try:
            if key is None:
                response = await self._settled(identity, request, NO_CLAIM)
            else:
                response = await self._keyed(identity, request, key)
        except (LaneError, CatalogUnavailable) as error:
            response = self._failure(identity, request, error)
        status, headers, body, stream = self._told(response)
        return Response(status, headers + _VARY, b"" if request.method == "HEAD" else body, stream)

    def refuse(self, error: TokenError) -> Response:
        """401 with the challenge; without it where the server has no secret."""
        challenge: Headers = ((b"www-authenticate", error.challenge.encode()),) if error.status == 401 else ()
        return self._told(error_response(error.status, error.code, error.message, error.details, None, challenge))

    def too_large(self, limit: int) -> Response:
        """413."""
        return self._told(error_response(413, "PGRST102", f"The body is larger than {limit} bytes"))

    async def _keyed(self, identity: Identity, request: Request, key: str) -> Response:
        given = facts_of(request.headers).content_profile or self._schemas[0]
        return await self._keys.once(
            identity, request, given, key, lambda claim: self._settled(identity, request, claim)
        )

    async def _settled(self, identity: Identity, request: Request, claim: Claim) -> Response:
        """The answer, unless nobody knows what became of the request: then `OutcomeUnknown` is raised."""
        try:
            return await self._dispatch(identity, request, facts_of(request.headers), claim)
        except RestError as error:
            return error.response()
        except OutcomeUnknown:
            raise
        except (LaneError, CatalogUnavailable) as error:
            return self._failure(identity, request, error)

    async def _dispatch(self, identity: Identity, request: Request, facts: Facts, claim: Claim) -> Response:
        facts.preferences.check()
        schema = facts.schema(request.method, self._schemas)
        if request.method == "OPTIONS":
            return options(self._catalog(), schema, request.path)
        if not request.path and request.method in _READS:
            schema, request, facts = self._root.overridden(schema, request, facts)
        if not request.path and request.method in _READS:
            return await self._root.answer(identity, schema, facts.accept, request, self._session)
        return await self._do(identity, request, facts, schema, claim)

    async def _do(self, identity: Identity, request: Request, facts: Facts, schema: str, claim: Claim) -> Response:
        path, method, catalog = request.path, request.method, self._catalog()
        context = self._context_of(identity.role, request.query) if self._limits else self._context
        if claim is not NO_CLAIM:
            context = replace(context, session=context.session.holding(claim.number))
        if path.startswith("rpc/") and "/" not in path[4:]:
            return await call(context, Asked(identity, request, facts, catalog, (schema, path[4:])))
        if "/" in path:
            raise RestError(404, "PGRST125", "Invalid path specified in request URL")
        asked = Asked(identity, request, facts, catalog, (schema, path))
        if method in _READS:
            return await read(context, asked)
        if method in _WRITES and path:
            return await write(context, asked)
        raise RestError(405, "PGRST117", f"Unsupported HTTP method: {method}")

    def _told(self, response: Response) -> Response:
        is_minimal = self._settings.pgrst_client_error_verbosity is Verbosity.MINIMAL
        return terse(response) if is_minimal else response

    def _failure(self, identity: Identity, request: Request, error: LaneError | CatalogUnavailable) -> Response:
        match error:
            case DatabaseError():
                return database_failure(error, request, anonymous=identity.role == self._anonymous_role)
            case OutcomeUnknown():
                return error_response(503, "PGRST001", _CLIENT_ERROR, str(error), _LOOK, _RETRY)
            case CatalogUnavailable():
                return error_response(503, "PGRST002", _NO_CATALOG, None, None, _RETRY)
            case Unavailable():
                return error_response(503, "PGRST000", _NO_CONNECTION, str(error), None, _RETRY)
            case _:
                raise error
