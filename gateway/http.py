"""Requests and answers of the generated interfaces, below any web framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from gateway.auth.tokens import TokenError
    from gateway.lanes import Identity
    from gateway.observe.events import Route

Headers = tuple[tuple[bytes, bytes], ...]


class Request(NamedTuple):
    """A whole request: `path` is percent-decoded and below the endpoint's own, `query` is as it stands in the URL."""

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes


class Response(NamedTuple):
    """A complete answer. Header names are lower case, as ASGI wants them."""

    status: int
    headers: Headers
    body: bytes
    stream: AsyncGenerator[bytes, None] | None = None
    """What follows `body`, bit by bit, where the whole would be too large to hold."""


class Endpoint(Protocol):
    """One of the generated interfaces."""

    def route(self, method: str) -> Route:
        """The class in which such a request is counted."""

    async def answer(self, identity: Identity, request: Request) -> Response:
        """The answer to `request`; failures are answers too."""

    def refuse(self, error: TokenError) -> Response:
        """The answer to a request whose token is not accepted."""

    def too_large(self, limit: int) -> Response:
        """The answer to a request whose body has more than `limit` bytes."""


JSON: Headers = ((b"content-type", b"application/json; charset=utf-8"),)
