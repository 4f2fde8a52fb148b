"""Structured logs: one JSON object per line, with the job and the request that caused it."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from procrastinate import JobContext
from procrastinate.worker import Worker

from jobs.correlation import correlation_id

_CHATTY = {
    "procrastinate.blueprints": logging.WARNING,
    "procrastinate.periodic": logging.WARNING,
    "procrastinate.worker": logging.WARNING,
    "psycopg.pool": logging.ERROR,
}
_SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)
_log = structlog.stdlib.get_logger("daira.jobs")


def configure(level: str) -> None:
    """Sends everything that is logged in this process to standard error as JSON lines."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _CHATTY.items():
        logging.getLogger(name).setLevel(least)


async def bind_job(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Worker middleware: every line logged while the job runs carries its number, task, queue and correlation id."""
    job = context.job
    with structlog.contextvars.bound_contextvars(
        job_id=job.id,
        task=job.task_name,
        queue=job.queue,
        attempt=job.attempts + 1,
        correlation_id=correlation_id(job),
    ):
        return await _logged(call_next, by_clock=job.queueing_lock is not None)


async def _logged(call_next: Callable[[], Awaitable[Any]], *, by_clock: bool) -> Any:
    begun = time.perf_counter()
    try:
        result = await call_next()
    except Exception as error:
        _log.warning("job failed", error=f"{type(error).__name__}: {error.__cause__ or error}")
        raise
    level = logging.DEBUG if by_clock else logging.INFO
    _log.log(level, "job done", result=result, ms=round((time.perf_counter() - begun) * 1000, 1))
    return result
