"""GraphQL requests from their bytes to their answers, below any web framework."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gateway.catalog.read import PRIVILEGES_QUERY, read_privileges
from gateway.catalog.watch import CatalogUnavailable
from gateway.errors import status_of
from gateway.graphql.cache import OperationCache
from gateway.graphql.encode import array
from gateway.graphql.errors import Code, Refusal, error, errors_body
from gateway.graphql.http import read_request
from gateway.graphql.introspection import introspect, merged
from gateway.graphql.role_api import RoleApi
from gateway.http import JSON, Headers, Request, Response
from gateway.lanes import DatabaseError, Identity, LaneError, OutcomeUnknown, Statement
from gateway.observe.events import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql.execution.values import VariableValues

    from gateway.auth.tokens import TokenError
    from gateway.catalog.model import Catalog
    from gateway.graphql.limits import Limits
    from gateway.graphql.operation import Plan
    from gateway.lanes import Lanes

_RETRY: Headers = ((b"retry-after", b"1"),)
_ALLOW: Headers = ((b"allow", b"GET, POST"),)
_PRIVILEGES = Statement(PRIVILEGES_QUERY)


class GraphQLEndpoint:
    """Answers GraphQL requests against the exposed schemas, as each role sees them."""

    def __init__(self, lanes: Lanes, catalog: Callable[[], Catalog], limits: Limits | None = None) -> None:
        self._lanes = lanes
        self._catalog = catalog
        self._limits = limits
        self._apis: dict[str, RoleApi] = {}
        self.operations = OperationCache()
        self._loading = asyncio.Lock()

    def route(self, method: str) -> Route:
        """All are counted together."""
        return Route.GRAPHQL

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The answer to `request`; failures are answers too."""
        try:
            return Response(200, JSON, b'{"data":%b}' % await self._data(identity, request))
        except Refusal as refusal:
            return Response(refusal.status, JSON + (_ALLOW if refusal.status == 405 else ()), refusal.body())
        except (LaneError, CatalogUnavailable) as failure:
            return _failed(failure)

    def refuse(self, error_: TokenError) -> Response:
        """The answer to a request whose token is not accepted: 401 with the challenge."""
        challenge: Headers = ((b"www-authenticate", error_.challenge.encode()),)
        body = errors_body([error(error_.message, error_.code, None, error_.details)])
        return Response(error_.status, JSON + challenge, body)

    def too_large(self, limit: int) -> Response:
        """The answer to a request whose body has more than `limit` bytes."""
        message = f"The body is larger than {limit} bytes."
        return Response(413, JSON, errors_body([error(message, Code.TOO_LARGE.value)]))

    async def api(self, role: str) -> RoleApi:
        """What `role` sees under the newest catalogue. Raises `LaneError` or `CatalogUnavailable`."""
        catalog = self._catalog()
        known = self._apis.get(role)
        if known is not None and known.version == catalog.version:
            return known
        async with self._loading:
            known = self._apis.get(role)
            if known is None or known.version != catalog.version:
                known = self._apis[role] = await self._load(catalog, role)
            return known

    async def _load(self, catalog: Catalog, role: str) -> RoleApi:
        rows = await self._lanes.run(Identity(role), _PRIVILEGES, (role, array(list(catalog.schemas))))
        privileges = read_privileges(role, (rows.value() or b"").decode())
        self.operations.forget_before(catalog.version)
        return RoleApi(catalog, privileges, self._limits, self.operations)

    async def _data(self, identity: Identity, request: Request) -> bytes:
        asked = read_request(request)
        api = await self.api(identity.role)
        prepared = api.prepare(asked.text, asked.operation_name)
        if prepared.operation.is_mutation and request.method == "GET":
            raise Refusal(Code.BAD_REQUEST, "A mutation can't be sent by GET.", "Use POST.", 405)
        variables = prepared.variables(asked.variables)
        plan = prepared.plan(variables)
        if len(plan.steps) == 1 and not plan.introspected:
            (step,) = plan.steps
            rows = await self._lanes.run(identity, step.statement, step.params(variables))
            return rows.value() or b"{}"
        introspected = introspect(api.schema, prepared.operation, variables, plan.introspected)
        return merged((introspected, *await self._run(identity, plan, variables)))

    async def _run(self, identity: Identity, plan: Plan, variables: VariableValues) -> list[bytes]:
        steps = [(step.statement, step.params(variables)) for step in plan.steps]
        results = await self._lanes.run_all(identity, steps) if steps else []
        return [rows.value() or b"{}" for rows, step in zip(results, plan.steps, strict=True) if step.answers]


def _failed(failure: LaneError | CatalogUnavailable) -> Response:
    match failure:
        case DatabaseError(sqlstate, message, detail, hint):
            status = 503 if status_of(sqlstate) == 503 else 200
            return Response(status, JSON, errors_body([error(message, sqlstate, hint, detail)]))
        case OutcomeUnknown():
            hint, code = "Look whether the change was made.", Code.OUTCOME_UNKNOWN
        case _:
            hint, code = "Try again in a moment.", Code.UNAVAILABLE
    return Response(503, JSON + _RETRY, errors_body([error(str(failure), code.value, hint)]))
