"""The last attempt of a job is copied to ops.dead_letters, from where an operator can send it again."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate import JobContext
from procrastinate.worker import Worker

from jobs.database import fetch_value


async def bury_last_attempt(call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker) -> Any:
    """Worker middleware: runs the job; when it fails for good, copies it with its error before it is marked failed."""
    try:
        return await call_next()
    except Exception as error:
        if context.task.get_retry_exception(exception=error, job=context.job) is None:
            await _bury(context, error)
        raise


async def _bury(context: JobContext, error: Exception) -> None:
    shown = error.__cause__ or error
    await fetch_value(
        context,
        "bury_job",
        job_id=context.job.id,
        error=f"{type(shown).__name__}: {shown}",
        traceback="".join(traceback.format_exception(error)),
    )
