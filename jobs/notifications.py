"""Queue notification.trigger: events become notifications, grouped and filtered by SQL."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "notification.trigger"
BATCH = 5_000


async def fold(context: JobContext, timestamp: int = 0) -> int:
    """Folds batch after batch until one comes back short; gives the number of events taken.

    Events leave in the transaction that makes their notifications: each is told once, whatever dies meanwhile.
    """
    total = 0
    while (folded := await fetch_value(context, "fold_notices", batch=BATCH)) == BATCH:
        total += folded
    return total + folded
