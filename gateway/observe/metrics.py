"""Metrics in Prometheus's format. Requests are counted in plain lists and shaped when somebody asks for them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector

from gateway.observe.events import RequestServed, Route
from gateway.observe.logs import SLOW_MS, report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prometheus_client import Metric

    from gateway.lanes import GroupStats

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0, 2.5, 10.0)
_LANE_GAUGES = ("lanes", "connected", "in_flight", "waiting", "prepared")
_LANE_COUNTERS = ("completed", "failed", "retried", "lost", "connects")

CacheState = tuple[int, int, int]
"""Hits, misses, entries."""


class _Latency:
    """The requests of one class: how many fell under each bound, their total time, and how they ended."""

    __slots__ = ("buckets", "seconds", "statuses")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS_S) + 1)
        self.seconds = 0.0
        self.statuses: dict[int, int] = {}


_latencies = {route: _Latency() for route in Route}


def request(route: Route, status: int, seconds: float) -> None:
    """Counts one answer. About half a microsecond."""
    latency = _latencies[route]
    latency.buckets[bisect_left(BOUNDS_S, seconds)] += 1
    latency.seconds += seconds
    latency.statuses[status] = latency.statuses.get(status, 0) + 1


def served(event: RequestServed) -> None:
    """Counts an answer and, where it is worth a line, logs it."""
    request(event.route, event.status, event.milliseconds / 1000)
    report(event)


def is_worth_a_line(status: int, seconds: float) -> bool:
    """Whether an answer of the generated interfaces should be reported as well as counted."""
    return status >= 500 or seconds * 1000 >= SLOW_MS


def requests_served() -> int:
    """All answers since the process began."""
    return sum(sum(latency.buckets) for latency in _latencies.values())


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
    for route, latency in _latencies.items():
        family.add_metric([route.value], _cumulative(latency), latency.seconds)
    return family


def _cumulative(latency: _Latency) -> list[tuple[str, float]]:
    total = 0
    buckets: list[tuple[str, float]] = []
    for bound, number in zip((*BOUNDS_S, float("inf")), latency.buckets, strict=True):
        total += number
        buckets.append(("+Inf" if bound == float("inf") else str(bound), total))
    return buckets


def _request_family() -> Metric:
    family = CounterMetricFamily("daira_requests", "Answers by class and status.", labels=["route", "status"])
    for route, latency in _latencies.items():
        for status, number in latency.statuses.items():
            family.add_metric([route.value, str(status)], number)
    return family
