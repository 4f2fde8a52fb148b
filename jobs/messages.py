"""Queue maintenance: messages that have disappeared, and clients' keys of long ago."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

BATCH = 5_000


async def remove_expired(context: JobContext, timestamp: int = 0) -> int:
    """Removes messages whose time is over, which nobody sees any more, batch by batch; gives their number."""
    total = 0
    while removed := await fetch_value(context, "remove_expired_messages", batch=BATCH):
        total += removed
    return total


async def remove_old_keys(context: JobContext, timestamp: int = 0) -> int:
    """Forgets under which keys clients sent messages more than 30 days ago; gives the number of keys."""
    return await fetch_value(context, "remove_old_message_keys")
