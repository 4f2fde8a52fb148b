"""Queue content.flagged: what users have reported. For now it is counted, so that nobody overlooks it."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "content.flagged"


async def count_open(context: JobContext, timestamp: int = 0) -> int:
    """Measures how many reports wait for a moderator; gives their number."""
    return await fetch_value(context, "count_open_reports")
