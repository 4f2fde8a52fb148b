"""Queue post.created: scheduled drafts become posts when their time has come."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import until_short

QUEUE = "post.created"
BATCH = 100


async def publish_due(context: JobContext, timestamp: int = 0) -> int:
    """Publishes batch after batch until one comes back short; gives the number of drafts published.

    Each batch is a transaction that takes drafts nobody else holds, so several workers may publish at once.
    """
    return await until_short(context, "publish_due_drafts", BATCH)
