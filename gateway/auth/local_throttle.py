"""A throttle inside one process, for the generated interfaces: too many requests for a round trip each.

The same algorithm as throttle.lua. Each gateway process counts for itself, so behind N processes an origin gets up to
N times the rate; what must be exact is counted in Valkey.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.auth.throttle import Rate

MAX_KEYS = 50_000


class LocalThrottle:
    """Spends tokens per key; the keys that have been quiet for longest are forgotten first."""

    def __init__(self, rate: Rate, now: Callable[[], float] = time.monotonic) -> None:
        self._interval = rate.period_s / rate.tokens
        self._burst = float(rate.period_s)
        self._now = now
        self._arrivals: dict[str, float] = {}

    def spend(self, key: str) -> float:
        """Takes one token: 0.0, or the seconds after which there is one again."""
        now = self._now()
        arrival = max(self._arrivals.pop(key, now), now)
        wait = arrival + self._interval - self._burst - now
        self._arrivals[key] = arrival if wait > 0 else arrival + self._interval
        if len(self._arrivals) > MAX_KEYS:
            del self._arrivals[next(iter(self._arrivals))]
        return max(wait, 0.0)
