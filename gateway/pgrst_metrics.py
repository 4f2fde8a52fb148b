"""Metrics under PostgREST's names, in Prometheus's text format.

https://docs.postgrest.org/en/stable/references/observability.html#metrics
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.app import Generated


class _Metric(NamedTuple):
    name: str
    kind: str
    help: str
    samples: tuple[tuple[str, float], ...]
    """Labels in braces or nothing, and the value."""


def page(generated: Generated) -> bytes:
    """The text of /metrics."""
    metrics = (*_schema_cache(generated), *_pool(generated), *_tokens(generated))
    return "".join(map(_text, metrics)).encode()


def _schema_cache(generated: Generated) -> Iterator[_Metric]:
    stats = generated.watcher.stats
    yield _Metric(
        "pgrst_schema_cache_query_time_seconds",
        "gauge",
        "The query time in seconds of the last schema cache load",
        (("", stats.seconds),),
    )
    loads = (('{status="SUCCESS"}', float(stats.loads)), ('{status="FAIL"}', float(stats.failures)))
    yield _Metric(
        "pgrst_schema_cache_loads_total", "counter", "The total number of times the schema cache was loaded", loads
    )


def _pool(generated: Generated) -> Iterator[_Metric]:
    groups = generated.lanes.stats()
    idle = sum(max(0, group.connected - group.in_flight) for group in groups)
    timeouts = _one("pgrst_db_pool_timeouts_total", "counter", "The total number of pool connection timeouts", 0)
    yield timeouts
    yield _one("pgrst_db_pool_available", "gauge", "Available connections in the pool", idle)
    waiting = sum(group.waiting for group in groups)
    yield _one("pgrst_db_pool_waiting", "gauge", "Requests waiting to acquire a pool connection", waiting)
    yield _one("pgrst_db_pool_max", "gauge", "Max pool connections", sum(group.lanes for group in groups))


def _tokens(generated: Generated) -> Iterator[_Metric]:
    tokens = generated.live.serving.tokens
    lookups, hits = tokens.hits + tokens.misses, tokens.hits
    yield _one("pgrst_jwt_cache_requests_total", "counter", "The total number of JWT cache lookups", lookups)
    yield _one("pgrst_jwt_cache_hits_total", "counter", "The total number of JWT cache hits", hits)
    evicted = tokens.evictions
    yield _one("pgrst_jwt_cache_evictions_total", "counter", "The total number of JWT cache evictions", evicted)


def _one(name: str, kind: str, text: str, value: float) -> _Metric:
    return _Metric(name, kind, text, (("", float(value)),))


def _text(metric: _Metric) -> str:
    samples = "".join(f"{metric.name}{labels} {value}\n" for labels, value in metric.samples)
    return f"# HELP {metric.name} {metric.help}\n# TYPE {metric.name} {metric.kind}\n{samples}"
