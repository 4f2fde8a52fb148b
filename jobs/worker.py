"""The worker process: runs jobs until it is told to stop, and comes back by itself when PostgreSQL does."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from procrastinate import App, exceptions
from procrastinate.worker import Worker

from jobs import logs, maintenance, monitor
from jobs.app import QUEUES, make_app
from jobs.dead_letters import bury_last_attempt
from jobs.metrics import Metrics

HEARTBEAT_SECONDS = 2.0
RECONNECT_SECONDS = 0.25

_log = structlog.stdlib.get_logger("daira.worker")


@dataclass(frozen=True)
class WorkerOptions:
    """What one worker process serves. No queue means every queue; no monitor port means no HTTP port."""

    database_url: str
    queues: tuple[str, ...] = ()
    concurrency: int = 4
    monitor_port: int | None = None
    monitor_host: str = "127.0.0.1"
    log_level: str = "INFO"
    grace_seconds: float = 10.0


def run(options: WorkerOptions, make: Callable[..., App] = make_app) -> None:
    """Runs a worker in this process until SIGTERM or SIGINT; what runs then is finished or returned to its queue."""
    logs.configure(options.log_level)
    asyncio.run(Supervisor(options, make).run())


@dataclass
class Supervisor:
    """Keeps one Procrastinate worker alive over losses of the database connection."""

    options: WorkerOptions
    make: Callable[..., App] = make_app
    metrics: Metrics = field(default_factory=lambda: Metrics(QUEUES))
    monitor_port: int | None = field(default=None, init=False)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _app: App | None = None
    _worker: Worker | None = None
    _dead_worker: int | None = None

    async def run(self) -> None:
        """Serves until stopped. Raises nothing for a database that is away: it waits for it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        if self.options.monitor_port is None:
            await self._serve()
            return
        pages = {"/health": self._health, "/metrics": self._metrics}
        async with monitor.serve(self.options.monitor_host, self.options.monitor_port, pages) as port:
            self.monitor_port = port
            _log.info("monitoring", port=port)
            await self._serve()

    @property
    def is_working(self) -> bool:
        """Whether the worker is connected and takes jobs."""
        return self._worker is not None and self._worker.worker_id is not None

    def stop(self) -> None:
        """Asks for a graceful end: no new jobs, and those that run have `grace_seconds` to finish."""
        self._stopping.set()
        if self._worker:
            self._worker.stop()  # type: ignore[no-untyped-call]  # procrastinate leaves it unannotated

    async def _serve(self) -> None:
        while await self._database_is_there():
            try:
                await self._work()
            except (exceptions.ConnectorException, psycopg.Error) as error:
                _log.warning("connection lost", error=str(error.__cause__ or error))
            finally:
                self._app = None

    async def _database_is_there(self) -> bool:
        """Waits for PostgreSQL; False when told to stop."""
        waited = False
        while not self._stopping.is_set():
            problem = await _connection_problem(self.options.database_url)
            if problem is None:
                return True
            if not waited:
                _log.warning("waiting for PostgreSQL", error=problem)
            waited = True
            await self._pause(RECONNECT_SECONDS)
        return False

    async def _pause(self, seconds: float) -> None:
        stopped = asyncio.create_task(self._stopping.wait())
        await asyncio.wait([stopped], timeout=seconds)
        stopped.cancel()

    async def _work(self) -> None:
        app = self.make(self.options.database_url, self.options.concurrency, self.options.queues)
        async with app.open_async():
            await self._return_lost_jobs(app)
            self._app, self._worker = app, self._make_worker(app)
            try:
                await self._worker.run()  # type: ignore[no-untyped-call]  # procrastinate leaves it unannotated
            finally:
                self._dead_worker, self._worker = self._worker.worker_id, None

    async def _return_lost_jobs(self, app: App) -> None:
        """Jobs that ran here when the connection broke are still marked as running: sends them back at once."""
        if self._dead_worker is not None:
            await maintenance.forget_worker(app, self._dead_worker)
        await maintenance.recover_stalled(app)

    def _make_worker(self, app: App) -> Worker:
        return Worker(
            app,
            queues=list(self.options.queues) or None,
            concurrency=self.options.concurrency,
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=self.options.grace_seconds,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=maintenance.STALLED_SECONDS,
            worker_middleware=[logs.bind_job, self.metrics.measure, bury_last_attempt],
        )

    async def _health(self) -> monitor.Answer:
        serving = self.is_working and self._app is not None and await _within(2.0, self._app.check_connection_async())
        status = HTTPStatus.OK if serving else HTTPStatus.SERVICE_UNAVAILABLE
        queues = list(self.options.queues) or "all"
        return monitor.json_answer(status, {"status": "up" if serving else "waiting for PostgreSQL", "queues": queues})

    async def _metrics(self) -> monitor.Answer:
        try:
            page = await self.metrics.render(self._app) if self._app else None
        except exceptions.ConnectorException as error:
            _log.warning("no metrics", error=str(error.__cause__ or error))
            page = None
        if page is None:
            return monitor.json_answer(HTTPStatus.SERVICE_UNAVAILABLE, {"status": "waiting for PostgreSQL"})
        return monitor.Answer(HTTPStatus.OK, "text/plain; version=0.0.4", page)


async def _within(seconds: float, check: Coroutine[Any, Any, bool]) -> bool:
    try:
        return await asyncio.wait_for(check, seconds)
    except (TimeoutError, exceptions.ConnectorException):
        return False


async def _connection_problem(database_url: str) -> str | None:
    try:
        async with await psycopg.AsyncConnection.connect(database_url, connect_timeout=2):
            return None
    except psycopg.OperationalError as error:
        return str(error)
