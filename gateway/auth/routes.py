"""/auth: accounts and sessions over HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway.auth.accounts import Accounts, AuthPolicy, Signed
from gateway.auth.bodies import Confirmation, Credentials, Registration, Renewal, Resending
from gateway.auth.clients import bearer_of, client_of, identity_of
from gateway.auth.passwords import Hasher
from gateway.auth.throttle import Throttle, parse_rate
from gateway.bodies import body_schema, read_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.app import Services
    from gateway.settings import Settings


def router(services: Services) -> APIRouter:
    """The routes under /auth."""
    routes = APIRouter(prefix="/auth", tags=["auth"])
    accounts = _accounts(services)
    tokens = services.tokens
    pepper = tokens.derive("device fingerprint")[0]

    @routes.post("/register", status_code=201, openapi_extra=body_schema(Registration))
    async def register(request: Request) -> Response:
        """Create an account."""
        body = await read_body(request, Registration)
        account, allowance = await accounts.register(body, client_of(request, pepper))
        return _answer(account, 201, allowance.headers)

    @routes.post("/login", openapi_extra=body_schema(Credentials))
    async def login(request: Request) -> Response:
        """Sign in with an e-mail address and a password."""
        body = await read_body(request, Credentials)
        return _tokens(await accounts.login(body, client_of(request, pepper)))

    @routes.post("/refresh", openapi_extra=body_schema(Renewal))
    async def refresh(request: Request) -> Response:
        """Exchange a refresh token; it works once."""
        body = await read_body(request, Renewal)
        return _tokens(await accounts.refresh(body.refresh_token, client_of(request, pepper)))

    @routes.post("/logout", status_code=204)
    async def logout(request: Request) -> Response:
        """End the session of the access token, or of the refresh token in the body where none is sent."""
        if bearer_of(request) is not None:
            await accounts.logout(identity_of(request, tokens), client_of(request, pepper))
        else:
            body = await read_body(request, Renewal)
            await accounts.logout_by_refresh_token(body.refresh_token, client_of(request, pepper))
        return Response(status_code=204)

    @routes.get("/me")
    async def me(request: Request) -> Response:
        """The account that the access token speaks for."""
        return _answer(await accounts.me(identity_of(request, tokens)))

    _add_confirmation(routes, accounts, pepper)
    return routes


def _add_confirmation(routes: APIRouter, accounts: Accounts, pepper: bytes) -> None:
    @routes.post("/confirm", status_code=204, openapi_extra=body_schema(Confirmation))
    async def confirm(request: Request) -> Response:
        """Confirm an e-mail address with the token that was sent there."""
        await accounts.confirm_email(await read_body(request, Confirmation), client_of(request, pepper))
        return Response(status_code=204)

    @routes.post("/confirm/resend", status_code=202, openapi_extra=body_schema(Resending))
    async def resend(request: Request) -> Response:
        """Have a token sent again; the answer does not tell whether the address has an account."""
        allowance = await accounts.resend_confirmation(await read_body(request, Resending), client_of(request, pepper))
        return Response(status_code=202, headers={"cache-control": "no-store", **allowance.headers})


def _accounts(services: Services) -> Accounts:
    return Accounts(
        services.lanes,
        services.tokens,
        Hasher(services.settings.bcrypt_cost_factor),
        Throttle(services.redis),
        _policy(services.settings),
        services.tokens.derive("refresh tokens"),
    )


def _policy(settings: Settings) -> AuthPolicy:
    return AuthPolicy(
        parse_rate(settings.rate_limit_login),
        parse_rate(settings.rate_limit_register),
        parse_rate(settings.rate_limit_refresh),
        parse_rate(settings.rate_limit_confirm),
        settings.jwt_refresh_token_expire_days,
    )


def _tokens(signed: Signed) -> Response:
    document = {
        "access_token": signed.access_token,
        "refresh_token": signed.refresh_token,
        "token_type": "bearer",
        "expires_in": signed.expires_in,
    }
    return _answer(json.dumps(document).encode(), headers=signed.allowance.headers)


def _answer(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(body, status, {"cache-control": "no-store", **(headers or {})}, "application/json")
