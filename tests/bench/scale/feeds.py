"""Feeds at a steady rate, through the gateway."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import WRONG, Figure
from tests.bench.scale.cpu import meter
from tests.bench.scale.openloop import Answered, Schedule, Stream, sending
from tests.bench.scale.traffic import Crowd
from tests.support.stacks import Stack

RATE = 300
WARM_UP = 3.0
MEDIAN_MS, SLOWEST_MS = 10.0, 30.0
PARTS = ("postgres", "gateway")


def feeds(stack: Stack, crowd: Crowd, seconds: float) -> Iterator[Figure]:
    """Feeds of people drawn from all, so many a second at even distances."""
    warm_up = min(WARM_UP, seconds)
    requests = crowd.feeds(int(RATE * (warm_up + seconds)))
    stream = Stream("feeds", RATE, requests, b'"likesCount"')
    used, began = meter(**{name: [stack.pid(name)] for name in PARTS}), time.perf_counter()
    with sending(Schedule(stack.port, [stream], warm_up=warm_up)) as result:
        [told] = result.result()
    spent = 1e3 * (time.perf_counter() - began) / len(requests)
    for part, cores in used.cores().items():
        yield Figure(f"processor time of a feed, {part}", spent * cores, "ms")
    name = f"feed at {RATE} requests a second, through the gateway"
    yield Figure(f"{name}, p50", told.p50, "ms", MEDIAN_MS, remark=_remark(told))
    yield Figure(f"{name}, p99", told.p99, "ms", SLOWEST_MS)
    yield Figure(WRONG, told.errors, "", 1, remark=told.example)


def _remark(told: Answered) -> str:
    return f"  ({told.number:,} answers, the slowest after {told.slowest:.0f} ms)"
