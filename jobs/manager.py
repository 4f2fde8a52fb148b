"""Procrastinate's job manager, for jobs of which only one may wait."""

from __future__ import annotations

from datetime import datetime

from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import QUEUEING_LOCK_CONSTRAINT, JobManager


class Manager(JobManager):
    """Lets a job that would go back to its queue be over when another with its queueing lock waits there already.

    While a clock's job runs the next one waits. Procrastinate refuses to send the first back then: it would stay marked
    as running until its worker ends, and from then on no worker could start, for each tries to recover it.
    """

    async def retry_job(
        self,
        job: Job,
        retry_at: datetime | None = None,
        priority: int | None = None,
        queue: str | None = None,
        lock: str | None = None,
    ) -> None:
        try:
            await super().retry_job(job, retry_at, priority, queue, lock)
        except UniqueViolation as error:
            if error.constraint_name != QUEUEING_LOCK_CONSTRAINT:
                raise
            await self.finish_job(job, Status.SUCCEEDED, delete_job=True)
