"""Queue post.engagement: counter deltas are folded into the statistics that clients read."""

from __future__ import annotations

import random

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "post.engagement"
BATCH = 20_000
PARTS = 4


async def fold(context: JobContext, timestamp: int = 0) -> int:
    """Folds part by part, each batch after batch until one comes back short; gives the number of deltas folded.

    Each batch is a transaction. Parts have no counters in common, so several workers fold at once and none waits for
    another: a part that somebody else folds is left to them. Everyone begins with another part.
    """
    parts = random.sample(range(PARTS), PARTS)
    return sum([await _fold_part(context, part) for part in parts])


async def _fold_part(context: JobContext, part: int) -> int:
    total = 0
    while (folded := await fetch_value(context, "fold_part", part=part, batch=BATCH)) == BATCH:
        total += folded
    return total + folded
