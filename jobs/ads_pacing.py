"""Queue ad.impression: what campaigns may spend is spread over the day. There are no campaigns yet."""

from __future__ import annotations

from procrastinate import JobContext

from jobs.database import fetch_value

QUEUE = "ad.impression"


async def pace(context: JobContext, timestamp: int = 0) -> int:
    """Paces every campaign; gives their number."""
    return await fetch_value(context, "pace_ads")
