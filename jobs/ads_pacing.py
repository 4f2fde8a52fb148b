"""Queue ad.impression: jobs about ads. There are no campaigns, so nothing is done: see docs/reference/ads.md."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "ad.impression"


async def pace(context: JobContext, timestamp: int = 0) -> int:
    """Has every campaign paced by SQL; gives their number, which is 0 until there are campaigns."""
    return await fetch_value(context, "pace_ads")
