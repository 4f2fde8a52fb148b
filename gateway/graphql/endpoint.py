"""GraphQL requests from their bytes to their answers, below any web framework."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gateway.catalog.read import PRIVILEGES_QUERY, read_privileges
from gateway.catalog.watch import CatalogUnavailable
from gateway.graphql import ide
from gateway.graphql.cache import OperationCache
from gateway.graphql.encode import array
from gateway.graphql.errors import Code, Refusal, error, errors_body
from gateway.graphql.http import read_request
from gateway.graphql.media import Media, accepted
from gateway.graphql.options import Options
from gateway.graphql.responses import answered, failed, refused
from gateway.graphql.role_api import RoleApi
from gateway.graphql.running import Runner
from gateway.http import JSON, Headers, Request, Response
from gateway.lanes import Identity, LaneError, Statement
from gateway.observe.events import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.auth.tokens import TokenError
    from gateway.catalog.model import Catalog
    from gateway.graphql.operation import PreparedOperation
    from gateway.lanes import Lanes

_PRIVILEGES = Statement(PRIVILEGES_QUERY)
_PATHS = ("", "v1")


class GraphQLEndpoint:
    """Answers GraphQL requests against the exposed schemas, as each role sees them."""

    def __init__(self, lanes: Lanes, catalog: Callable[[], Catalog], options: Options | None = None) -> None:
        self._lanes = lanes
        self._catalog = catalog
        self._options = options or Options()
        self._apis: dict[str, RoleApi] = {}
        self.operations: OperationCache[PreparedOperation] = OperationCache(self._options.cache)
        self._runner = Runner(lanes, self.api, self._options)
        self._loading = asyncio.Lock()

    def route(self, method: str) -> Route:
        """All are counted together."""
        return Route.GRAPHQL

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The answer to `request`; failures are answers too."""
        shown = self._shown(request)
        if shown is not None:
            return shown
        media = _media(request)
        try:
            return answered(await self._body(identity, request), media)
        except Refusal as refusal:
            return refused(refusal, media, b"POST" if request.method == "GET" else b"GET, POST")
        except (LaneError, CatalogUnavailable) as failure:
            return failed(failure, media)

    def refuse(self, error_: TokenError) -> Response:
        """The answer to a request whose token is not accepted: 401 with the challenge."""
        challenge: Headers = ((b"www-authenticate", error_.challenge.encode()),)
        body = errors_body([error(error_.message, error_.code, None, error_.details)])
        return Response(error_.status, JSON + challenge, body)

    def too_large(self, limit: int) -> Response:
        """The answer to a request whose body has more than `limit` bytes."""
        message = f"The body is larger than {limit} bytes."
        return Response(413, JSON, errors_body([error(message, Code.TOO_LARGE.value)]))

    @property
    def roles(self) -> frozenset[str]:
        """The roles that have asked so far."""
        return frozenset(self._apis)

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
        return RoleApi(catalog, privileges, self._options.limits, self.operations)

    def _shown(self, request: Request) -> Response | None:
        """What a browser gets to show: GraphiQL, and the files of its page."""
        if request.method != "GET" or not self._options.has_ide:
            return None
        if request.path.rstrip("/") in _PATHS:
            return ide.page() if accepted(request.headers) is Media.HTML else None
        return ide.asset(request.path)

    async def _body(self, identity: Identity, request: Request) -> bytes:
        if request.path.rstrip("/") not in _PATHS:
            raise Refusal(Code.NOT_FOUND, "There is nothing here.", "GraphQL is served at /graphql.", 404)
        asked = read_request(request, self._options.limits)
        text = await self._options.documents.text_of(asked)
        body = await self._runner.run(identity, request, text, asked)
        await self._options.documents.learn(asked)
        return body


def _media(request: Request) -> Media:
    media = accepted(request.headers)
    return Media.JSON if media is Media.HTML else media
