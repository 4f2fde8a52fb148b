"""Queue maintenance: search follows what people post, and trends what they talk about."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value, until_short

BATCH = 2_000


async def index(context: JobContext, timestamp: int = 0) -> int:
    """Indexes batch after batch of changed posts until one comes back short; gives the number of posts."""
    return await until_short(context, "index_posts", BATCH)


async def refresh_trends(context: JobContext, timestamp: int = 0) -> int:
    """Counts the hashtags of the last hours against yesterday's; gives the number of trends."""
    return await fetch_value(context, "refresh_trends")


async def refresh_district_trends(context: JobContext, timestamp: int = 0) -> int:
    """Counts what districts talked about in whole hours; gives the number of trends."""
    return await fetch_value(context, "refresh_district_trends")


async def refresh_weights(context: JobContext, timestamp: int = 0) -> int:
    """Brings up to date how well known people and hashtags are; gives the number changed."""
    return await fetch_value(context, "refresh_weights")
