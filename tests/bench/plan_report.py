"""docs/reference/query-plans.md: the table of times and the plans of the median request of each page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tests.bench.server_side import Told

MOST, LONGEST = 3, 3_000
HEAD = """# Query plans

What the pages of an app take in the database, made by `python -m tests.bench.plans --url URL --write FILE` on the
data of `daira seed --scale 100000`: 100,000 users, 1,000,000 posts, 5,600,000 follows, 3,000,000 comments. Each page is
asked for {draws} times by users drawn at random, about subjects drawn at random and about those with most to show: the
accounts with most followers, the posts with most comments, the fullest inboxes. The statements are the gateway's own,
run as role `authenticated` under row-level security with the settings of its lanes for reads. Milliseconds of planning
and running all statements of a page, as the server tells them, with everything in memory. The plans are those of the
median request, cut short: the three slowest statements of each, those within functions that read tables included.

| Page | p50 | p95 | p99 | longest |
|---|---:|---:|---:|---:|
"""


def report(measured: Sequence[Told], draws: int) -> str:
    """The page, in Markdown."""
    return "\n".join([HEAD.format(draws=draws) + "\n".join(map(_row, measured)), *map(_section, measured)]) + "\n"


def _row(told: Told) -> str:
    return f"| {told.page} | " + " | ".join(f"{figure:.2f}" for figure in told.figures) + " |"


def _section(told: Told) -> str:
    return "\n".join([f"\n## {told.page[0].upper()}{told.page[1:]}", *_plans(told.plans)])


def _plans(plans: Sequence[str]) -> Iterator[str]:
    for plan in plans[:MOST]:
        query, _, tree = plan.partition("\n")
        query = re.sub(r"\s+", " ", query.removeprefix("Query Text: "))
        text = tree if len(tree) <= LONGEST else tree[:LONGEST].rsplit("\n", 1)[0] + "\n..."
        yield f"\n```text\n{query[:300]}\n\n{text.rstrip()}\n```"
