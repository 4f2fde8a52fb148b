"""What waits for the worker, looked at every second, and whether it grows."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import linear_regression, mean, median

import psycopg

WAITING = """
    select
        (
            select count(*) from procrastinate.procrastinate_jobs as j
            where j.queue_name = 'post.created' and j.status in ('todo', 'doing')
        ) as posts,
        (
            select count(*) from procrastinate.procrastinate_jobs as j
            where j.status = 'todo' and coalesce(j.scheduled_at, now()) <= now()
        ) as jobs,
        (select count(*) from ops.counter_deltas) as deltas,
        (select count(*) from ops.notices) as notices,
        (select count(*) from ops.stale_posts) as unindexed,
        (
            select ceil(extract(epoch from now() - interval '30 minutes' - p.folded_until) / 1800)::integer
            from ops.ranking_progress as p
        ) as half_hours
"""
CALM = 20.0
LINE_SECONDS = 5
ENDS = 5
SIGMAS = 3.0


@dataclass(frozen=True)
class Series:
    """One kind of work that waits: its number at each second, and how much is never worth a word."""

    name: str
    seconds: Sequence[float]
    values: Sequence[float]
    tolerated: float

    @property
    def grows(self) -> bool:
        """Whether there is more at the end than after 20 seconds, or a line through all later values rises.

        The ends are medians of five looks, for what is folded once a second is looked at before and after. The rise has
        to be more than three times its standard error, and over the whole time more than is tolerated.
        """
        later = [(at, value) for at, value in zip(self.seconds, self.values, strict=True) if at >= CALM]
        if len(later) < 2 * ENDS:
            return self.values[-1] > self.tolerated
        values = [value for _, value in later]
        ended_higher = median(values[-ENDS:]) > max(2 * median(values[:ENDS]), self.tolerated)
        return ended_higher or _rises([at for at, _ in later], values, self.tolerated)

    def text(self) -> str:
        """The verdict in a line."""
        verdict = "GROWS" if self.grows else "ok"
        most, last = max(self.values), median(self.values[-ENDS:])
        return f"  waiting {self.name:<12} at most {most:>9,.0f}, at the end {last:>9,.0f}  {verdict}"


def _rises(seconds: Sequence[float], values: Sequence[float], tolerated: float) -> bool:
    slope, intercept = linear_regression(seconds, values)
    middle = mean(seconds)
    left = sum((value - intercept - slope * at) ** 2 for at, value in zip(seconds, values, strict=True))
    spread = sum((at - middle) ** 2 for at in seconds)
    error = math.sqrt(left / (len(seconds) - 2) / spread)
    return slope > SIGMAS * error and slope * (seconds[-1] - seconds[0]) > tolerated


@dataclass(frozen=True)
class Look:
    """What waited at one moment, in seconds since the beginning."""

    at: float
    waiting: Mapping[str, int]

    def text(self) -> str:
        """A line for people."""
        return f"  {self.at:5.0f} s " + "".join(f"{name} {number:,}".rjust(18) for name, number in self.waiting.items())


def look(conn: psycopg.Connection[tuple[int, ...]], began: float) -> Look:
    """Counts what waits."""
    cursor = conn.execute(WAITING)
    row, columns = cursor.fetchone(), cursor.description
    assert row is not None
    assert columns is not None
    names = [column.name for column in columns]
    return Look(time.monotonic() - began, dict(zip(names, row, strict=True)))


def series(looks: Sequence[Look], tolerated: Mapping[str, float]) -> Iterator[Series]:
    """One series for each kind of work."""
    for name, number in tolerated.items():
        yield Series(name, [seen.at for seen in looks], [seen.waiting[name] for seen in looks], number)
