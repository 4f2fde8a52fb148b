"""Puts the gateway together: one ASGI application from its settings."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.alone import Alone
from gateway.auth.tokens import Tokens, daira_tokens, postgrest_tokens
from gateway.catalog.watch import CatalogWatcher
from gateway.front import Front
from gateway.lanes import Identity, Lanes
from gateway.live import Live, lanes_config, reload_signals
from gateway.manners import Manners, policy_of
from gateway.observe.logs import configure
from gateway.rest.endpoint import RestEndpoint

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from redis.asyncio import Redis
    from starlette.types import ASGIApp

    from gateway.settings import ApiSettings, Settings
    from services.objects import ObjectStore

REST, GRAPHQL, GRAPHQL_ALIAS = "/rest/v1", "/graphql", "/graphql/v1"


@dataclass(frozen=True)
class Generated:
    """What the generated interfaces share."""

    lanes: Lanes
    watcher: CatalogWatcher
    live: Live

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Connected; at the end, what was accepted is finished first."""
        async with AsyncExitStack() as open_:
            open_.enter_context(reload_signals(self.watcher))
            await self.lanes.start()
            open_.push_async_callback(self.lanes.close)
            await self.watcher.start()
            open_.push_async_callback(self.watcher.close)
            await self._open_admin(open_)
            yield

    def plan_cache(self) -> tuple[int, int, int]:
        """Hits, misses and entries of the compiled requests."""
        plans = self.live.rest.plans
        return plans.hits, plans.misses, len(plans)

    async def _open_admin(self, open_: AsyncExitStack) -> None:
        settings = self.live.settings
        if settings.pgrst_admin_server_port is not None:
            from gateway.admin import Admin, listening

            admin = Admin(self)
            await open_.enter_async_context(
                listening(admin, settings.pgrst_admin_server_host, settings.pgrst_admin_server_port)
            )


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
    return _front(generated, _postgrest_tokens, Alone(generated.running))


def build(settings: Settings) -> ASGIApp:
    """The whole gateway."""
    from gateway.auth.throttle import parse_rate
    from gateway.framework import framework, objects_of, redis_of
    from gateway.throttled import Throttled

    configure(settings.log_level)
    generated = _generated(settings)
    tokens = _daira_tokens(settings)
    services = Services(settings, generated.lanes, tokens, redis_of(settings), objects_of(settings))
    front = _front(generated, lambda _: tokens, framework(generated, services))
    return Throttled(front, parse_rate(settings.rate_limit_api))


def _generated(settings: ApiSettings) -> Generated:
    lanes = Lanes(lanes_config(settings))
    live = Live(settings)
    channel = settings.pgrst_db_channel if settings.pgrst_db_channel_enabled else None
    watcher = CatalogWatcher(settings.pgrst_db_uri, settings.pgrst_db_schemas, channel, live.read)
    watcher.on_change(lambda catalog: setattr(lanes, "role_settings", catalog.role_settings))
    live.make_rest = lambda current: RestEndpoint(
        lanes, watcher.current, current.pgrst_db_schemas[0], current.pgrst_db_anon_role or ""
    )
    return Generated(lanes, watcher, live)


def _front(generated: Generated, tokens_of: Callable[[ApiSettings], Tokens], framework: ASGIApp) -> ASGIApp:
    live = generated.live
    front = Front({}, tokens_of(live.settings), None, framework)
    manners = Manners(front, REST, policy_of(live.settings))

    def take(settings: ApiSettings) -> None:
        front.change({REST: live.rest}, tokens_of(settings), _anonymous(settings))
        manners.policy = policy_of(settings)

    live.on_change(take)
    return manners


def _anonymous(settings: ApiSettings) -> Identity | None:
    role = settings.pgrst_db_anon_role
    return Identity(role, f'{{"role":"{role}"}}') if role else None


def _postgrest_tokens(settings: ApiSettings) -> Tokens:
    return postgrest_tokens(
        settings.pgrst_jwt_secret,
        is_base64=settings.pgrst_jwt_secret_is_base64,
        audience=settings.pgrst_jwt_aud,
        role_claim_key=settings.pgrst_jwt_role_claim_key,
        anon_role=settings.pgrst_db_anon_role,
        remember=settings.pgrst_jwt_cache_max_entries,
    )


def _daira_tokens(settings: Settings) -> Tokens:
    return daira_tokens(
        settings.jwt_secret,
        algorithm=settings.jwt_algorithm,
        audience=settings.jwt_audience,
        issuer=settings.jwt_issuer,
        lifetime_s=settings.jwt_access_token_expire_minutes * 60,
    )
