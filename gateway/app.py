"""Puts the gateway together: one ASGI application from its settings."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.alone import Alone
from gateway.background import Background
from gateway.catalog.watch import CatalogWatcher
from gateway.early import Early
from gateway.front import MAX_BODY, MAX_FOREIGN_BODY, Front
from gateway.lanes import Lanes
from gateway.later import Later
from gateway.live import Live, lanes_config, reload_signals
from gateway.manners import Manners, policy_of
from gateway.observe.logs import configure
from gateway.serving import Maker, Serving, tokens_of_api, tokens_of_daira

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from redis.asyncio import Redis
    from starlette.types import ASGIApp

    from gateway.auth.tokens import Tokens
    from gateway.catalog.model import Catalog
    from gateway.graphql.endpoint import GraphQLEndpoint
    from gateway.graphql.persisted import Shared
    from gateway.http import Endpoint
    from gateway.settings import ApiSettings, Settings
    from services.objects import ObjectStore

REST, GRAPHQL = "/rest/v1", "/graphql"


@dataclass(frozen=True)
class Generated:
    """What the generated interfaces share."""

    lanes: Lanes
    watcher: CatalogWatcher
    live: Live
    background: Background = field(default_factory=Background)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected; at the end, what was accepted is finished first."""
        async with AsyncExitStack() as open_:
            open_.enter_context(reload_signals(self.watcher))
            await self.lanes.start()
            open_.push_async_callback(self.lanes.close)
            open_.push_async_callback(self.background.close)
            await self.watcher.start()
            open_.push_async_callback(self.watcher.close)
            await self._open_admin(open_)
            yield

    def plan_cache(self) -> tuple[int, int, int]:
        """Hits, misses and entries of the compiled requests."""
        plans = self.live.serving.rest.plans
        return plans.hits, plans.misses, len(plans)

    async def _open_admin(self, open_: AsyncExitStack) -> None:
        settings = self.live.serving.settings
        port = settings.pgrst_admin_server_port
        if port is not None:
            from gateway.admin import Admin, listening

            await open_.enter_async_context(listening(Admin(self), settings.pgrst_admin_server_host, port))


@dataclass(frozen=True)
class Services:
    """What the routes of auth, uploads and health work with."""

    settings: Settings
    lanes: Lanes
    tokens: Tokens
    redis: Redis
    objects: ObjectStore


def build_api(settings: ApiSettings) -> ASGIApp:
    """Only the generated interfaces, on any PostgreSQL database. Raises ValueError for settings that can't be used."""
    configure(settings.log_level)
    generated = _generated(settings, tokens_of_api, is_own=False)
    graphql = Later(lambda: _graphql(generated))
    _prepare_early(generated, lambda: graphql.endpoint)
    return _front(generated, Alone(generated.running), graphql, is_own=False)


def build(settings: Settings) -> ASGIApp:
    """The whole gateway."""
    from gateway.auth.throttle import parse_rate
    from gateway.framework import framework, objects_of, redis_of
    from gateway.graphql.shared import SharedDocuments
    from gateway.throttled import Throttled

    configure(settings.log_level)
    tokens = tokens_of_daira(settings)
    generated = _generated(settings, lambda _: tokens, is_own=True)
    services = Services(settings, generated.lanes, tokens, redis_of(settings), objects_of(settings))
    graphql = _graphql(generated, SharedDocuments(services.redis))
    _prepare_early(generated, lambda: graphql, "authenticated")
    front = _front(generated, framework(generated, services, graphql.operations), graphql, is_own=True)
    return Throttled(front, parse_rate(settings.rate_limit_api))


def _generated(settings: ApiSettings, tokens_of: Callable[[ApiSettings], Tokens], *, is_own: bool) -> Generated:
    lanes = Lanes(lanes_config(settings, is_own=is_own))
    watcher = CatalogWatcher(
        settings.pgrst_db_uri,
        settings.pgrst_db_schemas,
        settings.pgrst_db_channel if settings.pgrst_db_channel_enabled else None,
    )

    def take(catalog: Catalog) -> None:
        lanes.role_settings = catalog.role_settings

    watcher.on_change(take)
    live = Live(settings, Maker(lanes, watcher.current, tokens_of, is_own))
    watcher.configure = live.read
    return Generated(lanes, watcher, live)


def _front(generated: Generated, framework: ASGIApp, graphql: Endpoint, *, is_own: bool) -> ASGIApp:
    live, is_logged = generated.live, not is_own
    front = Front({}, live.serving.tokens, None, framework, MAX_BODY if is_own else MAX_FOREIGN_BODY)
    manners = Manners(front, REST, policy_of(live.serving.settings, is_logged=is_logged))

    def take(serving: Serving) -> None:
        front.change({REST: serving.rest, GRAPHQL: graphql}, serving.tokens, serving.anonymous)
        manners.policy = policy_of(serving.settings, is_logged=is_logged)

    live.on_change(take)
    return manners


def _prepare_early(generated: Generated, endpoint: Callable[[], GraphQLEndpoint], *roles: str) -> None:
    def usual() -> tuple[str, ...]:
        anonymous = generated.live.serving.anonymous
        return roles if anonymous is None else (anonymous.role, *roles)

    generated.watcher.on_change(Early(generated.background, endpoint, usual))


def _graphql(generated: Generated, shared: Shared | None = None) -> GraphQLEndpoint:
    from gateway.graphql.endpoint import GraphQLEndpoint
    from gateway.graphql.options import options_of

    live = generated.live
    options = options_of(live.serving.settings, shared, lambda request: live.serving.rest.beside(request))
    return GraphQLEndpoint(generated.lanes, generated.watcher.current, options)
