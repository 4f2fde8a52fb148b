"""GraphQL, imported with its library at the first request, so that `daira api` answers REST soon after its launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.observe.events import Route

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.auth.tokens import TokenError
    from gateway.http import Endpoint, Request, Response
    from gateway.lanes import Identity


class Later:
    """An endpoint that is made when it is first needed."""

    def __init__(self, make: Callable[[], Endpoint]) -> None:
        self._make = make
        self._made: Endpoint | None = None

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint itself."""
        if self._made is None:
            self._made = self._make()
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
