"""What a worker tells Prometheus: its own jobs by outcome and duration, and the state of every queue."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate import App, JobContext
from procrastinate.worker import Worker
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from jobs.database import fetch_rows

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_STATES = ("waiting", "running", "failed")
_IDLE = dict.fromkeys((*_STATES, "oldest_seconds", "p95_seconds"), 0)


class Metrics:
    """The metrics of one worker process, in a registry of its own."""

    def __init__(self, queues: tuple[str, ...] = ()) -> None:
        """`queues` are told of when nothing is in them, too: for an alert, no figure is not the same as 0."""
        self._queues = queues
        disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus_client leaves it unannotated
        self.registry = CollectorRegistry()
        self._finished = Counter(
            "daira_jobs_finished", "Jobs run by this worker", ["queue", "task", "outcome"], registry=self.registry
        )
        self._seconds = Histogram(
            "daira_job_seconds", "Duration of a job", ["queue", "task"], buckets=_SECONDS, registry=self.registry
        )
        self._jobs = Gauge("daira_queue_jobs", "Jobs in the queue", ["queue", "state"], registry=self.registry)
        self._age = Gauge(
            "daira_queue_oldest_seconds", "Age of the oldest job that is due", ["queue"], registry=self.registry
        )
        self._age_p95 = Gauge(
            "daira_queue_waiting_seconds_p95",
            "Age that 95 % of the due jobs are under",
            ["queue"],
            registry=self.registry,
        )
        self._measured = Gauge("daira_measured", "What a job measured last", ["name"], registry=self.registry)
        self._dead = Gauge("daira_queue_dead_letters", "Unresolved dead letters", ["queue"], registry=self.registry)

    async def measure(self, call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
        """Worker middleware: times the job and counts how it ended."""
        labels = (context.job.queue, context.job.task_name)
        begun, outcome = time.perf_counter(), "failed"
        try:
            result = await call_next()
            outcome = "succeeded"
            return result
        finally:
            self._seconds.labels(*labels).observe(time.perf_counter() - begun)
            self._finished.labels(*labels, outcome).inc()

    async def render(self, app: App) -> bytes:
        """The Prometheus text, with the queues as the database has them now."""
        for known in (self._age, self._age_p95, self._jobs, self._dead):
            known.clear()
        for queue in self._queues:
            self._show(_IDLE | {"queue": queue})
            self._dead.labels(queue).set(0)
        for row in await fetch_rows(app, "queue_state"):
            self._show(row)
        for row in await fetch_rows(app, "dead_letters"):
            self._dead.labels(row["queue"]).set(row["dead"])
        for row in await fetch_rows(app, "gauges"):
            self._measured.labels(row["name"].lower()).set(row["value"])
        return generate_latest(self.registry)

    def _show(self, row: dict[str, Any]) -> None:
        self._age_p95.labels(row["queue"]).set(row["p95_seconds"])
        self._age.labels(row["queue"]).set(row["oldest_seconds"])
        for state in _STATES:
            self._jobs.labels(row["queue"], state).set(row[state])
