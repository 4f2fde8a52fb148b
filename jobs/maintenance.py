"""Queue maintenance: partitions ahead of time, jobs of dead workers, and jobs that are long over."""

from __future__ import annotations

from procrastinate import App, JobContext
from procrastinate.jobs import Job, Status

from jobs.database import fetch_rows, fetch_value, until_done
from jobs.queries import query

QUEUE = "maintenance"
MONTHS_AHEAD = 3
STALLED_SECONDS = 10.0
KEEP_HOURS = 72
BATCH = 5_000
# More than any task takes by itself (an upload is looked for some fifty times): only a killer of workers gets there.
MAX_ATTEMPTS = 100


async def add_partitions(context: JobContext, timestamp: int = 0) -> int:
    """Makes the monthly partitions of this month and the next ones, table by table; gives the number made.

    Each is locked against everybody while it gets its own, so no table waits for the turn of another.
    """
    return await until_done(context, "add_partitions", batch=1, months=MONTHS_AHEAD)


async def recover(context: JobContext, timestamp: int = 0) -> int:
    """Sends jobs of dead workers back to their queue and buries what failed unseen; gives the number recovered."""
    recovered = await recover_stalled(context.app)
    return recovered + await fetch_value(context, "bury_failed_jobs")


async def recover_stalled(app: App) -> int:
    """Sends back every running job whose worker has no heartbeat; one that kills its workers fails in the end."""
    await fetch_rows(app, "remove_idle_workers", seconds=STALLED_SECONDS)
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS))
    for job in stalled:
        await _send_back(app, job)
    return len(stalled)


async def forget_worker(app: App, worker_id: int) -> None:
    """Removes a worker that is known to be dead, so that its jobs can be recovered without waiting."""
    await app.connector.execute_query_async(query("forget_worker"), worker_id=worker_id)


async def remove_old(context: JobContext, timestamp: int = 0) -> None:
    """Removes jobs that ended more than KEEP_HOURS ago (failed ones stay in the dead letters), and old keys."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
    await until_done(context, "remove_old_keys", BATCH)


async def _send_back(app: App, job: Job) -> None:
    if job.attempts + 1 < MAX_ATTEMPTS:
        await app.job_manager.retry_job(job)
    else:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
