"""What /metrics shows, in Prometheus's format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from gateway.observe.metrics import BOUNDS_S, Latency, latencies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prometheus_client import Metric

    from gateway.lanes import GroupStats

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_LANE_GAUGES = ("lanes", "connected", "in_flight", "waiting", "prepared")
_LANE_COUNTERS = ("completed", "failed", "retried", "lost", "connects")

CacheState = tuple[int, int, int]
"""Hits, misses, entries."""


class Metrics:
    """What /metrics shows: requests, lanes, caches, and the process itself."""

    def __init__(self, lane_stats: Callable[[], Iterable[GroupStats]]) -> None:
        self._caches: dict[str, Callable[[], CacheState]] = {}
        self._registry = CollectorRegistry()
        self._registry.register(_Collector(lane_stats, self._caches))
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def watch_cache(self, name: str, state: Callable[[], CacheState]) -> None:
        """Shows a cache's hits, misses and entries under `name`."""
        self._caches[name] = state

    def page(self) -> bytes:
        """The text of /metrics."""
        return generate_latest(self._registry)


class _Collector(Collector):
    def __init__(
        self, lane_stats: Callable[[], Iterable[GroupStats]], caches: dict[str, Callable[[], CacheState]]
    ) -> None:
        self._lane_stats = lane_stats
        self._caches = caches

    def collect(self) -> Iterable[Metric]:
        yield _duration_family()
        yield _request_family()
        yield from self._lane_families()
        yield from self._cache_families()

    def _lane_families(self) -> Iterable[Metric]:
        stats = list(self._lane_stats())
        for name in _LANE_GAUGES:
            gauge = GaugeMetricFamily(f"daira_lanes_{name}", f"Lanes: {name}, by kind.", labels=["kind"])
            for each in stats:
                gauge.add_metric([each.kind.name.lower()], getattr(each, name))
            yield gauge
        for name in _LANE_COUNTERS:
            counter = CounterMetricFamily(f"daira_lanes_{name}", f"Lanes: {name}, by kind.", labels=["kind"])
            for each in stats:
                counter.add_metric([each.kind.name.lower()], getattr(each, name))
            yield counter

    def _cache_families(self) -> Iterable[Metric]:
        lookups = CounterMetricFamily("daira_cache_lookups", "Look-ups in a cache.", labels=["cache", "result"])
        entries = GaugeMetricFamily("daira_cache_entries", "Entries of a cache.", labels=["cache"])
        for name, state in self._caches.items():
            hits, misses, size = state()
            lookups.add_metric([name, "hit"], hits)
            lookups.add_metric([name, "miss"], misses)
            entries.add_metric([name], size)
        return (lookups, entries)


def _duration_family() -> Metric:
    family = HistogramMetricFamily(
        "daira_request_seconds", "Time from reading a request to handing over its answer.", labels=["route"]
    )
    for route, latency in latencies.items():
        family.add_metric([route.value], _cumulative(latency), latency.seconds)
    return family


def _cumulative(latency: Latency) -> list[tuple[str, float]]:
    total = 0
    buckets: list[tuple[str, float]] = []
    for bound, number in zip((*BOUNDS_S, float("inf")), latency.buckets, strict=True):
        total += number
        buckets.append(("+Inf" if bound == float("inf") else str(bound), total))
    return buckets


def _request_family() -> Metric:
    family = CounterMetricFamily("daira_requests", "Answers by class and status.", labels=["route", "status"])
    for route, latency in latencies.items():
        for status, number in latency.statuses.items():
            family.add_metric([route.value, str(status)], number)
    return family
