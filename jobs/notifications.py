"""Queue notification.trigger: events become notifications, grouped and filtered by SQL."""

from __future__ import annotations

import structlog
from procrastinate import JobContext

from jobs.database import fetch_rows

QUEUE = "notification.trigger"
BATCH = 5_000

_log = structlog.stdlib.get_logger("daira.notifications")


async def fold(context: JobContext, timestamp: int = 0) -> int:
    """Folds batch after batch until one comes back short; gives the number of events taken.

    Events leave in the transaction that makes their notifications: each is told once, whatever dies meanwhile.
    """
    total = 0
    while (folded := await _fold_batch(context)) == BATCH:
        total += folded
    return total + folded


async def _fold_batch(context: JobContext) -> int:
    """The line names the newest of the requests that caused the events; each delivery names its own."""
    [row] = await fetch_rows(context, "fold_notices", batch=BATCH)
    if row["folded"]:
        _log.info("notices folded", events=row["folded"], newest_request_id=row["newest_request_id"])
    return int(row["folded"])
