"""One REST request from its bytes to its answer: facts, plan, statement, response."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.catalog.watch import CatalogUnavailable
from gateway.http import Headers, Request, Response
from gateway.lanes import DatabaseError, Identity, LaneError, OutcomeUnknown, Unavailable
from gateway.observe.events import Route
from gateway.rest.errors import RestError, error_response
from gateway.rest.lexer import lex
from gateway.rest.media import choose
from gateway.rest.openapi import Root
from gateway.rest.options import options
from gateway.rest.plans import Plans, compile_read
from gateway.rest.preferences import applied
from gateway.rest.request import Facts, facts_of
from gateway.rest.respond import answered, body_of, database_failure, outcome_of, plan_answer, singular
from gateway.rest.session import Session
from gateway.rest.timing import mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.auth.tokens import TokenError
    from gateway.catalog.model import Catalog
    from gateway.lanes import Lanes
    from gateway.rest.lexer import Lexed
    from gateway.rest.plans import Compiled
    from gateway.settings import ApiSettings

_READS = frozenset({"GET", "HEAD"})
_RETRY: Headers = ((b"retry-after", b"1"),)


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
        self._root = Root(self._lanes, self._catalog, settings)
        self.plans.clear()

    def route(self, method: str) -> Route:
        """Reads and writes are counted apart."""
        return Route.REST_READ if method in _READS else Route.REST_WRITE

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The answer to `request`, as PostgREST gives it."""
        try:
            response = await self._dispatch(identity, request, facts_of(request.headers))
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

    async def _dispatch(self, identity: Identity, request: Request, facts: Facts) -> Response:
        facts.preferences.check()
        schema = facts.schema(request.method, self._schemas)
        if request.method == "OPTIONS":
            return options(self._catalog(), schema, request.path)
        if not request.path and request.method in _READS:
            schema, request, facts = self._root.overridden(schema, request, facts)
        if not request.path and request.method in _READS:
            return await self._root.answer(identity, schema, facts.accept, request, self._session)
        if request.method in _READS:
            return await self._read(identity, request, facts, schema)
        raise RestError(405, "PGRST117", f"Unsupported HTTP method: {request.method}")

    async def _read(self, identity: Identity, request: Request, facts: Facts, schema: str) -> Response:
        lexed = lex(request.query)
        mark("parse")
        plan = self._read_plan(schema, request.path, lexed, facts)
        mark("plan")
        preferences = facts.preferences
        rows = await self._lanes.run(
            identity,
            plan.statement,
            plan.params(lexed.values),
            self._session.settings(schema, request, preferences),
            self._session.around(preferences),
        )
        mark("transaction")
        if plan.media.plan is not None:
            return plan_answer(rows, plan.media)
        outcome = outcome_of(rows)
        if plan.media.single and (error := singular(outcome)):
            raise error
        offset = int(lexed.values[plan.offset]) if plan.offset is not None else 0
        headers = self._headers(plan, schema, _content_range(offset, outcome.page_total), self._read_applied(facts))
        return answered(200, headers, body_of(outcome, plan.media), outcome)

    def _read_plan(self, schema: str, name: str, lexed: Lexed, facts: Facts) -> Compiled:
        catalog = self._catalog()
        key = ("read", schema, name, lexed.shape, facts.accept, facts.preferences.count)
        plan = self.plans.find(catalog.version, key)
        if plan is not None:
            return plan
        media = choose(facts.accept, plans=self._settings.pgrst_db_plan_enabled)
        return self.plans.keep(key, compile_read(catalog, (schema, name), lexed, media))

    def _read_applied(self, facts: Facts) -> bytes | None:
        preferences = facts.preferences
        return applied(
            preferences.count,
            self._session.applied_tx(preferences),
            preferences.handling,
            timezone=preferences.timezone,
        )

    def _headers(self, plan: Compiled, schema: str, content_range: bytes, applied_: bytes | None) -> Headers:
        headers: Headers = ((b"content-type", plan.media.content_type), (b"content-range", content_range))
        if len(self._schemas) > 1:
            headers += ((b"content-profile", schema.encode()),)
        return headers if applied_ is None else (*headers, (b"preference-applied", applied_))

    def _failure(self, identity: Identity, error: LaneError | CatalogUnavailable) -> Response:
        match error:
            case DatabaseError():
                return database_failure(error, anonymous=identity.role == self._anonymous_role)
            case OutcomeUnknown():
                return error_response(503, "PGRST001", str(error), None, "Look whether the change was made.", _RETRY)
            case CatalogUnavailable():
                return error_response(503, "PGRST002", str(error), None, "Try again in a moment.", _RETRY)
            case Unavailable():
                return error_response(503, "PGRST000", str(error), None, "Try again in a moment.", _RETRY)
            case _:
                raise error


def _content_range(offset: int, count: int) -> bytes:
    return b"%d-%d/*" % (offset, offset + count - 1) if count else b"*/*"
