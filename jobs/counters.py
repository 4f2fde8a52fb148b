"""Queue post.engagement: counter deltas are folded into the statistics that clients read."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "post.engagement"
BATCH = 20_000


async def fold(context: JobContext, timestamp: int = 0) -> int:
    """Folds batch after batch until one comes back short; gives the number of deltas folded.

    Each batch is a transaction that takes deltas nobody else holds, so several workers may fold at once.
    """
    total = 0
    while (folded := await fetch_value(context, "fold_counters", batch=BATCH)) == BATCH:
        total += folded
    return total + folded
