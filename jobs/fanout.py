"""Queue post.created: a new post goes to the timelines of its author's followers."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "post.created"


async def deliver(context: JobContext, post_id: int, request_id: str | None = None) -> int:
    """Delivers the post; gives the number of timelines that did not have it yet.

    The SQL function reads the post again, so one that was deleted or narrowed in the meantime reaches nobody, and
    a second delivery adds nothing. `request_id` is the correlation id of the request that made the post.
    """
    return await fetch_value(context, "fan_out", post_id=post_id)
