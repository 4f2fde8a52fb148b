"""What FastAPI answers: accounts, uploads, health. Only the whole gateway imports this, never `daira api`."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from redis.asyncio import Redis

from gateway import health
from gateway.auth import routes as auth_routes
from gateway.handlers import exception_handlers
from gateway.observe.exposition import Metrics
from gateway.observe.middleware import Observed
from gateway.uploads import routes as upload_routes
from services.objects import ObjectStore, StoreConfig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import ASGIApp

    from gateway.app import Generated, Services
    from gateway.graphql.cache import OperationCache
    from gateway.graphql.operation import PreparedOperation
    from gateway.settings import Settings


def framework(generated: Generated, services: Services, operations: OperationCache[PreparedOperation]) -> ASGIApp:
    """The application behind the front; its lifespan is that of the whole gateway."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with generated.running():
            yield
        await services.redis.aclose()
        services.objects.close()

    app = FastAPI(
        title="DAIRA", lifespan=lifespan, docs_url=None, redoc_url=None, exception_handlers=exception_handlers()
    )
    metrics = _metrics(generated, services, operations)
    for router in (auth_routes.router(services), upload_routes.router(services), health.router(services, metrics)):
        app.include_router(router)
    return Observed(app)


def redis_of(settings: Settings) -> Redis:
    """The client of Valkey; connects when first used."""
    return Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=2)


def objects_of(settings: Settings) -> ObjectStore:
    """The object store; connects when first used."""
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


def _metrics(generated: Generated, services: Services, operations: OperationCache[PreparedOperation]) -> Metrics:
    metrics, tokens = Metrics(generated.lanes.stats), services.tokens
    metrics.watch_cache("rest_plans", generated.plan_cache)
    metrics.watch_cache("graphql_operations", lambda: (operations.hits, operations.misses, len(operations)))
    metrics.watch_cache("tokens", lambda: (tokens.hits, tokens.misses, len(tokens)))
    return metrics
