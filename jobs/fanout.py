"""Queues post.created and user.action: posts go to timelines, which end, rest, and begin anew when people return."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_rows, fetch_value, until_done

QUEUE = "post.created"
RETURN_QUEUE = "user.action"
BATCH = 1_000


async def deliver(context: JobContext, post_id: int) -> int:
    """Delivers the post; gives the number of timelines that did not have it yet.

    The SQL function reads the post again, so one that was deleted or narrowed in the meantime reaches nobody, and
    a second delivery adds nothing.
    """
    return await fetch_value(context, "fan_out", post_id=post_id)


async def rebuild(context: JobContext, user_id: int) -> int:
    """Fills the timeline of somebody who was away; gives the number of posts. A second time adds nothing."""
    return await fetch_value(context, "rebuild_timeline", user_id=user_id)


async def mend(context: JobContext, timestamp: int = 0) -> int:
    """Rebuilds, one by one, the timelines that promise nothing, as after a TRUNCATE; gives their number."""
    mended = 0
    while owners := await fetch_rows(context, "timelines_to_rebuild", batch=BATCH):
        for owner in owners:
            await fetch_value(context, "rebuild_timeline", **owner)
        mended += len(owners)
    return mended


async def trim(context: JobContext, timestamp: int = 0) -> int:
    """Cuts timelines that have grown too long, owners by the batch; gives the number of rows removed."""
    return await until_done(context, "trim_timelines", BATCH)


async def rest(context: JobContext, timestamp: int = 0) -> int:
    """Empties the timelines of people who were not there for a week; gives the number of people."""
    return await until_done(context, "rest_timelines", BATCH)
