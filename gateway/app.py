"""Puts the gateway together: one ASGI application from its settings."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import FastAPI
from redis.asyncio import Redis
from starlette.applications import Starlette

from gateway import health
from gateway.auth import routes as auth_routes
from gateway.auth.throttle import parse_rate
from gateway.auth.tokens import Tokens, daira_tokens, postgrest_tokens
from gateway.catalog.watch import CatalogWatcher
from gateway.front import Front
from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.handlers import exception_handlers
from gateway.lanes import Identity, Lanes, LanesConfig
from gateway.observe.logs import configure
from gateway.observe.metrics import Metrics
from gateway.observe.middleware import Observed
from gateway.rest.endpoint import RestEndpoint
from gateway.settings import ApiSettings, Settings
from gateway.throttled import Throttled
from gateway.uploads import routes as upload_routes
from services.objects import ObjectStore, StoreConfig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from gateway.catalog.model import Catalog

REST, GRAPHQL = "/rest/v1", "/graphql"


@dataclass(frozen=True)
class Generated:
    """What the generated interfaces share."""

    lanes: Lanes
    watcher: CatalogWatcher
    rest: RestEndpoint
    graphql: GraphQLEndpoint

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected; at the end, what was accepted is finished first."""
        await self.lanes.start()
        await self.watcher.start()
        yield
        await self.watcher.close()
        await self.lanes.close()


@dataclass(frozen=True)
class Services:
    """What the routes of auth, uploads and health work with."""

    settings: Settings
    lanes: Lanes
    tokens: Tokens
    redis: Redis
    objects: ObjectStore


def build_api(settings: ApiSettings) -> ASGIApp:
    """Only the generated interfaces, on any PostgreSQL database."""
    configure(settings.log_level)
    generated = _generated(settings)
    tokens = postgrest_tokens(
        settings.pgrst_jwt_secret,
        is_base64=settings.pgrst_jwt_secret_is_base64,
        audience=settings.pgrst_jwt_aud,
        role_claim_key=settings.pgrst_jwt_role_claim_key,
        anon_role=settings.pgrst_db_anon_role,
    )
    return _front(settings, generated, tokens, Observed(Starlette(lifespan=lambda _: generated.running())))


def build(settings: Settings) -> ASGIApp:
    """The whole gateway."""
    configure(settings.log_level)
    generated = _generated(settings)
    services = Services(settings, generated.lanes, _tokens(settings), _redis(settings), _objects(settings))
    front = _front(settings, generated, services.tokens, Observed(_framework(generated, services)))
    return Throttled(front, parse_rate(settings.rate_limit_api))


def _generated(settings: ApiSettings) -> Generated:
    lanes = Lanes(LanesConfig(settings.pgrst_db_uri))
    watcher = CatalogWatcher(settings.pgrst_db_uri, settings.pgrst_db_schemas, settings.pgrst_db_channel)

    def take(catalog: Catalog) -> None:
        lanes.role_settings = catalog.role_settings

    watcher.on_change(take)
    rest = RestEndpoint(lanes, watcher.current, settings.pgrst_db_schemas[0], settings.pgrst_db_anon_role or "")
    return Generated(lanes, watcher, rest, GraphQLEndpoint(lanes, watcher.current))


def _front(settings: ApiSettings, generated: Generated, tokens: Tokens, framework: ASGIApp) -> Front:
    anonymous = settings.pgrst_db_anon_role
    identity = Identity(anonymous, f'{{"role":"{anonymous}"}}') if anonymous else None
    endpoints = {REST: generated.rest, GRAPHQL: generated.graphql}
    return Front(endpoints, tokens, identity, framework)


def _framework(generated: Generated, services: Services) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with generated.running():
            yield
        await services.redis.aclose()
        services.objects.close()

    app = FastAPI(
        title="DAIRA", lifespan=lifespan, docs_url=None, redoc_url=None, exception_handlers=exception_handlers()
    )
    metrics = Metrics(generated.lanes.stats)
    plans = generated.rest.plans
    metrics.watch_cache("rest_plans", lambda: (plans.hits, plans.misses, len(plans)))
    tokens = services.tokens
    metrics.watch_cache("tokens", lambda: (tokens.hits, tokens.misses, len(tokens)))
    for router in (auth_routes.router(services), upload_routes.router(services), health.router(services, metrics)):
        app.include_router(router)
    return app


def _tokens(settings: Settings) -> Tokens:
    return daira_tokens(
        settings.jwt_secret,
        algorithm=settings.jwt_algorithm,
        audience=settings.jwt_audience,
        issuer=settings.jwt_issuer,
        lifetime_s=settings.jwt_access_token_expire_minutes * 60,
    )


def _redis(settings: Settings) -> Redis:
    return Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)


def _objects(settings: Settings) -> ObjectStore:
    return ObjectStore(
        StoreConfig(
            settings.minio_endpoint,
            settings.minio_access_key,
            settings.minio_secret_key,
            settings.minio_secure,
            settings.minio_bucket_public,
            settings.minio_bucket_private,
            settings.minio_public_url,
        )
    )
