"""How GraphQL is served."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.graphql.cache import CacheBound
from gateway.graphql.limits import Limits, limits_of
from gateway.graphql.persisted import Automatic, Documents, Shared, read_registered
from gateway.lanes import NO_SETTINGS, NOTHING_AROUND, Around
from gateway.settings import Engine

if TYPE_CHECKING:
    from gateway.http import Request
    from gateway.settings import ApiSettings

Surroundings = Callable[["Request"], tuple[Mapping[str, str], Around]]


def _none(_: Request) -> tuple[Mapping[str, str], Around]:
    return NO_SETTINGS, NOTHING_AROUND


@dataclass(frozen=True)
class Options:
    """What the settings say to the endpoint."""

    limits: Limits = field(default_factory=Limits)
    cache: CacheBound = field(default_factory=CacheBound)
    documents: Documents = field(default_factory=Automatic)
    engine: Engine = Engine.OWN
    trace_roles: frozenset[str] = frozenset()
    has_ide: bool = True
    surroundings: Surroundings = _none
    """What the transactions of a request find set beside its identity, and what they run around its statements."""


def options_of(settings: ApiSettings, shared: Shared | None = None, surroundings: Surroundings = _none) -> Options:
    """The options that `settings` sets. Raises ValueError or OSError where registered operations can't be read."""
    registered = settings.graphql_registered_operations
    return Options(
        limits=limits_of(settings),
        cache=CacheBound(settings.graphql_cache_operations, settings.graphql_cache_bytes),
        documents=Automatic(shared) if registered is None else read_registered(registered),
        engine=settings.graphql_engine,
        trace_roles=frozenset(settings.graphql_trace_roles),
        has_ide=settings.graphql_ide,
        surroundings=surroundings,
    )
