"""ASGI middleware: so many requests per origin and period, counted in this process (RATE_LIMIT_API)."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from gateway.auth.local_throttle import LocalThrottle
from gateway.auth.throttle import Rate, network_of
from gateway.problems import Fault, unavailable

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_network_of = lru_cache(maxsize=10_000)(network_of)
_FREE = "/health"


class Throttled:
    """Wraps an app. Health pages are never refused."""

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        self._app = app
        self._rate = rate
        self._throttle = LocalThrottle(rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        wait = self._wait(scope)
        if wait:
            rule = f"At most {self._rate.tokens} requests per {self._rate.period_s} s and origin."
            refusal = unavailable(Fault.THROTTLED, rule, math.ceil(wait))
            await refusal.problem.response("")(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            return 0.0
        client = scope.get("client")
        return self._throttle.spend(_network_of(client[0] if client else None))
