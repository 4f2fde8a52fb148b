"""Queue post.engagement: counter deltas are folded into the statistics that clients read."""

from __future__ import annotations

import random

from procrastinate import JobContext

from jobs.database import until_short

QUEUE = "post.engagement"
BATCH = 20_000
PARTS = 4


async def fold(context: JobContext, timestamp: int = 0) -> int:
    """Folds part by part, each batch after batch until one comes back short; gives the number of deltas folded.

    Each batch is a transaction. Parts have no counters in common, so several workers fold at once and none waits for
    another: a part that somebody else folds is left to them. Everyone begins with another part.
    """
    parts = random.sample(range(PARTS), PARTS)
    return sum([await until_short(context, "fold_part", BATCH, part=part) for part in parts])
