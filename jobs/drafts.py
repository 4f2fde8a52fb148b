"""Queue post.created: scheduled drafts become posts when their time has come."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "post.created"
BATCH = 100


async def publish_due(context: JobContext, timestamp: int = 0) -> int:
    """Publishes batch after batch until one comes back short; gives the number of drafts published.

    Each batch is a transaction that takes drafts nobody else holds, so several workers may publish at once.
    """
    total = 0
    while (published := await fetch_value(context, "publish_due_drafts", batch=BATCH)) == BATCH:
        total += published
    return total + published
