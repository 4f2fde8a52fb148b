"""Queue maintenance: messages that have disappeared, and clients' keys of long ago."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import until_done

BATCH = 5_000


async def remove_expired(context: JobContext, timestamp: int = 0) -> int:
    """Removes messages whose time is over, which nobody sees any more, batch by batch; gives their number."""
    return await until_done(context, "remove_expired_messages", BATCH)


async def remove_old_keys(context: JobContext, timestamp: int = 0) -> int:
    """Forgets under which keys clients sent messages more than 30 days ago; gives the number of keys."""
    return await until_done(context, "remove_old_message_keys", BATCH)
