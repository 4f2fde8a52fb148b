"""Queue maintenance: what is over is removed, and what should never be is measured and logged."""

from __future__ import annotations

import structlog
from procrastinate import JobContext

from jobs.database import fetch_value, until_done

BATCH = 1_000

_log = structlog.stdlib.get_logger("daira.upkeep")


async def check_partitions(context: JobContext, timestamp: int = 0) -> int:
    """Counts rows beyond the months that have partitions; any is a reason to look at maintenance.add_partitions."""
    found = await fetch_value(context, "count_future_rows")
    if found:
        _log.error("rows lie beyond the partitions", rows=found)
    return found


async def check_counters(context: JobContext, timestamp: int = 0) -> int:
    """Counts everything anew and tells how many counters differ; `select ops.recount()` repairs them."""
    found = await fetch_value(context, "count_drift")
    if found:
        _log.error("counters have drifted", counters=found)
    return found


async def remove_sessions(context: JobContext, timestamp: int = 0) -> int:
    """Removes sessions that ended a month ago; gives their number."""
    return await until_done(context, "remove_old_sessions", BATCH)


async def drop_stories(context: JobContext, timestamp: int = 0) -> int:
    """Takes stories that have ended out of timelines; gives the number of rows."""
    return await until_done(context, "drop_expired", BATCH)


async def look_for_uploads(context: JobContext, timestamp: int = 0) -> int:
    """Has uploads whose jobs are lost looked at again; gives their number."""
    return await fetch_value(context, "look_for_uploads", batch=BATCH)
