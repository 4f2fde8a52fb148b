"""What a request tells about the client that sent it: a signal for notices and the record, never a gate."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from gateway.auth.throttle import network_of
from gateway.problems import Fault, ProblemError

if TYPE_CHECKING:
    from starlette.requests import Request

    from gateway.auth.tokens import Tokens
    from gateway.lanes import Identity

_TELLS = ("user-agent", "accept-language", "sec-ch-ua-platform", "x-app-version", "x-device-id")
_MAX_AGENT = 300


@dataclass(frozen=True)
class Client:
    """Address, network (the unit of throttling), user agent, and a keyed digest of all that it tells."""

    ip: str | None
    network: str
    user_agent: str
    fingerprint: bytes


def client_of(request: Request, pepper: bytes) -> Client:
    """The client of `request`; a peer that is not an address (a socket file) has none."""
    ip = _address(request.client.host if request.client else "")
    tells = "\n".join(request.headers.get(name, "")[:_MAX_AGENT] for name in _TELLS)
    agent = request.headers.get("user-agent", "")[:_MAX_AGENT]
    return Client(ip, network_of(ip), agent, hmac.digest(pepper, tells.encode(), "sha256"))


def bearer_of(request: Request) -> str | None:
    """The bearer token of the Authorization header (RFC 6750, 2.1)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def identity_of(request: Request, tokens: Tokens) -> Identity:
    """Who sent `request`; raises ProblemError without a token, TokenError for one that is not accepted."""
    token = bearer_of(request)
    if token is None:
        raise ProblemError(
            Fault.NO_TOKEN, "Send the header authorization: Bearer <token>.", headers={"www-authenticate": "Bearer"}
        )
    return tokens.verify(token)


def _address(host: str) -> str | None:
    try:
        return str(ip_address(host))
    except ValueError:
        return None
