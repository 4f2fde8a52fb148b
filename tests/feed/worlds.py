"""Made-up posts for hypothesis, and how they get into a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from hypothesis import strategies as st

from tests.feed.reference import Parts, Post

MOMENT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
READER = 1
AUTHORS = range(2, 7)
WINDOW = timedelta(minutes=30)

_counts = st.integers(0, 2_000)
# What weights add up to: never next to nothing, which PostgreSQL refuses to multiply.
_values = st.integers(-5_000, 60_000).map(lambda thousandths: thousandths / 1_000)


@st.composite
def worlds(draw: st.DrawFn, size: int = 25) -> list[Post]:
    """Posts by five authors, whom the reader stands to as is drawn."""
    known = {
        author: draw(st.none() | st.tuples(_values, st.integers(0, 60).map(lambda d: MOMENT - _days(d))))
        for author in AUTHORS
    }
    return [_post(draw, number, known) for number in range(1, draw(st.integers(1, size)) + 1)]


def _post(draw: st.DrawFn, number: int, known: dict[int, tuple[float, datetime] | None]) -> Post:
    author = draw(st.sampled_from(AUTHORS))
    return Post(
        id=1_000 + number,
        author=author,
        type=draw(st.sampled_from(("REGULAR", "REEL", "THREAD", "STORY"))),
        created_at=MOMENT - timedelta(seconds=draw(st.integers(-7_200, 7 * 86_400))),
        responses=draw(_counts),
        views=draw(_counts),
        impressions=draw(_counts),
        completed=draw(_counts),
        watched=draw(st.integers(0, 200_000)) / 100,
        skips=draw(_counts),
        hides=draw(st.integers(0, 30)),
        reports=draw(st.integers(0, 10)),
        spam=draw(st.sampled_from((0.0, 0.0, 0.4, 1.0))),
        affinity=known[author],
        is_seen=draw(st.booleans()),
    )


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def load(conn: psycopg.Connection[Any], posts: Sequence[Post]) -> None:
    """Writes the posts and what is known of them, as a superuser without triggers."""
    conn.execute("set local session_replication_role = replica")
    with conn.cursor() as cursor:
        cursor.executemany(
            "insert into api.users (id, username) values (%s, %s)", [(n, f"user_{n}") for n in (READER, *AUTHORS)]
        )
        cursor.executemany(
            "insert into api.posts (id, author_id, type, content, created_at) values (%s, %s, %s, 'text', %s)",
            [(p.id, p.author, p.type, p.created_at) for p in posts],
        )
        cursor.executemany(
            "insert into api.post_stats (post_id, likes_count, views_count) values (%s, %s, %s)",
            [(p.id, p.responses, p.views) for p in posts],
        )
        cursor.executemany(
            "insert into feed.post_signals (post_id, impressions, completed, watched, skips, hides, reports, spam)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (p.id, p.impressions, p.completed, p.watched, p.skips, p.hides, p.reports, p.spam)
                for p in posts
            ],
        )  # fmt: skip
        cursor.executemany(
            "insert into feed.affinity (viewer_id, author_id, value, updated_at) values (%s, %s, %s, %s)",
            [(READER, author, *known) for author, known in {p.author: p.affinity for p in posts}.items() if known],
        )
        cursor.executemany(
            "insert into api.views (window_id, user_id, post_id) values (api.id_at(%s), %s, %s)",
            [(MOMENT - WINDOW, READER, p.id) for p in posts if p.is_seen],
        )


def scored(conn: psycopg.Connection[Any], posts: Sequence[Post]) -> dict[int, Parts]:
    """The parts that the database computes."""
    rows = conn.execute(
        "select s.post_id, s.affinity, s.quality, s.freshness, s.diversity, s.negatives, s.score"
        " from feed.score(%s, %s, %s, api.id_at(%s)) as s",
        (READER, [p.id for p in posts], MOMENT, MOMENT - timedelta(days=7)),
    ).fetchall()
    return {row[0]: Parts(*row[1:]) for row in rows}


def ordered(conn: psycopg.Connection[Any], posts: Sequence[Post]) -> list[int]:
    """The order in which the database puts them."""
    row = conn.execute("select feed.rank(%s, %s, %s)", (READER, [p.id for p in posts], MOMENT)).fetchone()
    assert row is not None
    return list(row[0])
