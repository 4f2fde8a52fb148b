"""Requests are counted in plain lists here, and shaped for Prometheus when somebody asks for them."""

from __future__ import annotations

from bisect import bisect_left

from gateway.observe.events import RequestServed, Route
from gateway.observe.logs import SLOW_MS, is_verbose, report

BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.0, 2.5, 10.0)


class Latency:
    """The requests of one class: how many fell under each bound, their total time, and how they ended."""

    __slots__ = ("buckets", "seconds", "statuses")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS_S) + 1)
        self.seconds = 0.0
        self.statuses: dict[int, int] = {}


latencies = {route: Latency() for route in Route}


def request(route: Route, status: int, seconds: float) -> None:
    """Counts one answer. About half a microsecond."""
    latency = latencies[route]
    latency.buckets[bisect_left(BOUNDS_S, seconds)] += 1
    latency.seconds += seconds
    latency.statuses[status] = latency.statuses.get(status, 0) + 1


def served(event: RequestServed) -> None:
    """Counts an answer and, where it is worth a line, logs it."""
    request(event.route, event.status, event.milliseconds / 1000)
    report(event)


def is_worth_a_line(status: int, seconds: float) -> bool:
    """Whether an answer of the generated interfaces should be reported as well as counted."""
    return status >= 500 or seconds * 1000 >= SLOW_MS or is_verbose()
