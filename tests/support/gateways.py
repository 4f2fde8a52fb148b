"""The account, upload and health routes of a gateway inside the test's process, on real servers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI
from redis.asyncio import Redis

from gateway import health
from gateway.auth import routes as auth_routes
from gateway.auth.tokens import Tokens, daira_tokens
from gateway.handlers import exception_handlers
from gateway.lanes import GroupSize, LaneKind, Lanes, LanesConfig
from gateway.observe.exposition import Metrics
from gateway.observe.middleware import Observed
from gateway.uploads import routes as upload_routes
from services.objects import ObjectStore, StoreConfig

SECRET = "the secret of the gateways that tests make"
NOWHERE = StoreConfig("127.0.0.1:1", "nobody", "nothing")
SIZES = {kind: GroupSize(lanes=2, depth=4, timeout_ms=5_000) for kind in LaneKind}


@dataclass(frozen=True)
class Setup:
    """What a test wants to have different. bcrypt is cheap here; one test looks at the real cost."""

    database: str
    valkey: str
    store: StoreConfig = NOWHERE
    login: str = "1000/1m"
    register: str = "1000/1m"
    refresh: str = "1000/1m"
    confirm: str = "1000/1m"
    cost: int = 4
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Gateway:
    """A running gateway: ask it through `client`."""

    client: httpx.AsyncClient
    tokens: Tokens
    lanes: Lanes
    store: ObjectStore

    async def sign_up(self, name: str) -> dict[str, Any]:
        """A new account `name` with the password `securepass123`; gives its tokens."""
        account = {"username": name, "email": f"{name}@example.com", "password": "securepass123"}
        created = await self.client.post("/auth/register", json=account)
        assert created.status_code == 201, created.text
        return await self.sign_in(name)

    async def sign_in(self, name: str) -> dict[str, Any]:
        """The answer to a sign-in of `name`."""
        credentials = {"email": f"{name}@example.com", "password": "securepass123"}
        answer = await self.client.post("/auth/login", json=credentials)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@asynccontextmanager
async def running_gateway(setup: Setup) -> AsyncIterator[Gateway]:
    """A gateway from start to stop."""
    services = _services(setup)
    await services.lanes.start()
    transport = httpx.ASGITransport(app=Observed(_app(services)), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        yield Gateway(client, services.tokens, services.lanes, services.objects)
    await services.lanes.close(timeout_s=1)
    await services.redis.aclose()
    services.objects.close()


def _services(setup: Setup) -> Any:
    settings = SimpleNamespace(
        bcrypt_cost_factor=setup.cost,
        rate_limit_login=setup.login,
        rate_limit_register=setup.register,
        rate_limit_refresh=setup.refresh,
        rate_limit_confirm=setup.confirm,
        jwt_refresh_token_expire_days=30,
    )
    tokens = daira_tokens(SECRET, algorithm="HS256", audience="daira", issuer="daira", lifetime_s=900)
    return SimpleNamespace(
        settings=settings,
        lanes=Lanes(LanesConfig(setup.database, SIZES)),
        tokens=tokens,
        redis=Redis.from_url(setup.valkey, socket_timeout=2, socket_connect_timeout=1),
        objects=ObjectStore(setup.store),
    )


def _app(services: Any) -> FastAPI:
    app = FastAPI(exception_handlers=exception_handlers())
    app.include_router(auth_routes.router(services))
    app.include_router(upload_routes.router(services))
    app.include_router(health.router(services, Metrics(services.lanes.stats)))

    @app.get("/crash")
    async def crash() -> None:
        raise KeyError("a defect")

    return app
