"""GraphQL, imported with its library after the start, so that `daira api` answers REST soon after its launch."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from gateway.observe.events import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.auth.tokens import TokenError
    from gateway.graphql.endpoint import GraphQLEndpoint
    from gateway.http import Request, Response
    from gateway.lanes import Identity


class Later:
    """An endpoint that is made when it is first needed, by whichever thread needs it."""

    def __init__(self, make: Callable[[], GraphQLEndpoint]) -> None:
        self._make = make
        self._made: GraphQLEndpoint | None = None
        self._making = Lock()

    @property
    def endpoint(self) -> GraphQLEndpoint:
        """The endpoint itself."""
        if self._made is None:
            with self._making:
                self._made = self._made or self._make()
        return self._made

    def route(self, method: str) -> Route:
        """As the endpoint counts it."""
        return self.endpoint.route(method)

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The endpoint's answer."""
        return await self.endpoint.answer(identity, request)

    def refuse(self, error: TokenError) -> Response:
        """The endpoint's refusal."""
        return self.endpoint.refuse(error)

    def too_large(self, limit: int) -> Response:
        """The endpoint's refusal."""
        return self.endpoint.too_large(limit)
