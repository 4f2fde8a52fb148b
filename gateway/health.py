"""/health: whether the gateway lives, whether it can take traffic, and how the things it needs are doing."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from redis.exceptions import RedisError
from starlette.responses import Response

from gateway.lanes import Identity, LaneError
from gateway.observe.events import DependencyChanged
from gateway.observe.exposition import CONTENT_TYPE, Metrics
from gateway.observe.logs import report
from gateway.statements import load_statements, text_row
from services.objects import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gateway.app import Services

TIMEOUT_S = 1.0
FRESH_S = 0.5

_GATEWAY = Identity("gateway")
_SQL = load_statements("gateway", "health.sql")


@dataclass(frozen=True)
class Dependency:
    """One thing that was asked: whether it answered, how fast, and what it said about itself."""

    is_up: bool
    latency_ms: float
    detail: dict[str, Any] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"status": "up" if self.is_up else "down", "latency_ms": self.latency_ms, **self.detail}


@dataclass(frozen=True)
class Health:
    """The answers of all dependencies, by name."""

    dependencies: dict[str, Dependency]

    @property
    def is_ready(self) -> bool:
        """Whether traffic can be taken: nothing works without the database."""
        return self.dependencies["database"].is_up

    @property
    def status(self) -> str:
        """`ok`; `degraded` while only the job workers are missing; else `down`."""
        missing = {name for name, each in self.dependencies.items() if not each.is_up}
        if not missing:
            return "ok"
        return "degraded" if missing == {"jobs"} else "down"

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "status": self.status,
            "live": True,
            "ready": self.is_ready,
            "dependencies": {name: each.document() for name, each in self.dependencies.items()},
        }


class Examiner:
    """Asks all dependencies at once, at most twice a second however often somebody wants to know."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._checks: dict[str, Callable[[], Awaitable[dict[str, Any]]]] = {
            "database": self._database,
            "valkey": self._valkey,
            "object_store": self._object_store,
            "jobs": self._jobs,
        }
        self._lock = asyncio.Lock()
        self._last: tuple[float, Health] | None = None
        self._up = dict.fromkeys(self._checks, True)

    async def examine(self) -> Health:
        """The present state."""
        async with self._lock:
            if self._last is None or time.monotonic() - self._last[0] > FRESH_S:
                results = await asyncio.gather(*(self._ask(name) for name in self._checks))
                self._last = (time.monotonic(), Health(dict(zip(self._checks, results, strict=True))))
            return self._last[1]

    async def _ask(self, name: str) -> Dependency:
        begun = time.perf_counter()
        detail: dict[str, Any] = {}
        try:
            async with asyncio.timeout(TIMEOUT_S):
                detail = await self._checks[name]()
            is_up = detail.get("workers", 1) > 0
        except (LaneError, RedisError, StoreUnavailableError, OSError, TimeoutError) as error:
            is_up, detail = False, {"error": type(error).__name__}
        self._note(name, is_up, detail)
        return Dependency(is_up, round((time.perf_counter() - begun) * 1000, 2), detail)

    def _note(self, name: str, is_up: bool, detail: dict[str, Any]) -> None:
        if is_up != self._up[name]:
            self._up[name] = is_up
            report(DependencyChanged(name, is_up, json.dumps(detail)))

    async def _database(self) -> dict[str, Any]:
        await self._services.lanes.run(_GATEWAY, _SQL["ping"])
        return {}

    async def _valkey(self) -> dict[str, Any]:
        await self._services.redis.ping()
        return {}

    async def _object_store(self) -> dict[str, Any]:
        await self._services.objects.ping()
        return {}

    async def _jobs(self) -> dict[str, Any]:
        workers, waiting, oldest_s = text_row(await self._services.lanes.run(_GATEWAY, _SQL["check_jobs"]))
        return {"workers": int(workers), "waiting": int(waiting), "oldest_waiting_s": round(float(oldest_s), 1)}


def router(services: Services, metrics: Metrics) -> APIRouter:
    """/health, /health/live, /health/ready and /metrics."""
    routes = APIRouter(tags=["health"])
    examiner = Examiner(services)

    @routes.get("/health")
    async def health() -> Response:
        """Everything; 503 when the database, Valkey or the object store is away."""
        state = await examiner.examine()
        return _answer(state.document(), 503 if state.status == "down" else 200)

    @routes.get("/health/live")
    async def live() -> Response:
        """The process answers."""
        return _answer({"status": "ok"}, 200)

    @routes.get("/health/ready")
    async def ready() -> Response:
        """Requests can be served; 503 when not."""
        state = await examiner.examine()
        return _answer(state.document(), 200 if state.is_ready else 503)

    @routes.get("/metrics")
    async def show_metrics() -> Response:
        """For Prometheus."""
        return Response(metrics.page(), headers={"content-type": CONTENT_TYPE})

    return routes


def _answer(document: dict[str, Any], status: int) -> Response:
    return Response(json.dumps(document).encode(), status, {"cache-control": "no-store"}, "application/json")
