"""Queue user.action: what people do with posts becomes what feeds are ranked by."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value, until_done

QUEUE = "user.action"
BATCH = 500_000


async def fold_views(context: JobContext, timestamp: int = 0) -> int:
    """Adds views, skips and dwell times to the signals of posts and to affinities; gives the number of views."""
    return await until_done(context, "fold_views", BATCH)


async def refresh_popular(context: JobContext, timestamp: int = 0) -> int:
    """Chooses anew what explore offers; gives the number of posts."""
    return await fetch_value(context, "refresh_popular")


async def refresh_usual_rates(context: JobContext, timestamp: int = 0) -> int:
    """Measures how posts of each type usually do; gives the number of types."""
    return await fetch_value(context, "refresh_usual_rates")
