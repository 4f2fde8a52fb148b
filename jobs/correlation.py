"""The id under which all that one request causes is found: in logs, in the jobs of its jobs, in dead letters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from procrastinate import JobContext
from procrastinate.jobs import Job

ARGUMENT = "request_id"
"""What `ops.defer` adds to the arguments of a job, beside those of its task."""


def correlation_id(job: Job) -> str:
    """The id of the request that caused the job, or of the first job of its chain where the clock did."""
    return str(job.task_kwargs.get(ARGUMENT) or f"job-{job.id}")


def without_id(run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """The task, which need not know that its jobs carry an id."""

    @wraps(run)
    async def spared(context: JobContext, **arguments: Any) -> Any:
        arguments.pop(ARGUMENT, None)
        return await run(context, **arguments)

    return spared
