"""Each part grows, or falls, with what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.databases import Database

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
some = st.integers(0, 10**9).map(lambda number: number / 1000)


@pytest.fixture(scope="module")
def conn(module_database: Database) -> Iterator[psycopg.Connection[Any]]:
    with module_database.connect() as connection:
        yield connection


def pair(conn: psycopg.Connection[Any], call: str, *arguments: object) -> tuple[float, float]:
    """The values of an expression for two values of x."""
    expression = f"select (select {call} from (select %s::double precision as x) as g)"
    low, high = (conn.execute(expression.encode(), (argument,)).fetchone() for argument in arguments)
    assert low is not None
    assert high is not None
    assert 0 <= low[0] <= 1
    assert 0 <= high[0] <= 1
    return float(low[0]), float(high[0])


RISING = {
    "affinity by value": "feed.affinity_of(x, now(), now())",
    "quality by responses": "feed.quality_of(x, 1000000, 0.05)",
    "quality by responses nobody was shown": "feed.quality_of(x, 0, 0.3)",
    "freshness by later creation": "feed.freshness_of(now() - make_interval(secs => 1e6 - x), now(), 18, 1)",
    "negatives by hides": "feed.negatives_of(x, 0, 0, 50, 0)",
    "negatives by reports": "feed.negatives_of(0, x, 0, 50, 0)",
    "negatives by skips": "feed.negatives_of(0, 0, x, 50, 0)",
    "negatives by spam": "feed.negatives_of(0, 0, 0, 50, x / 1e6)",
}
FALLING = {
    "affinity by time": "feed.affinity_of(10, now() - make_interval(secs => x), now())",
    "quality by impressions without response": "feed.quality_of(10, x + 10, 0.05)",
    "negatives by impressions": "feed.negatives_of(3, 1, 2, x, 0)",
    "diversity by author": "feed.diversity_of(1 + (x / 1e4)::bigint, 1)",
    "diversity by type": "feed.diversity_of(1, 1 + (x / 1e4)::bigint)",
}


@pytest.mark.parametrize("call", RISING.values(), ids=RISING.keys())
@quick
@given(one=some, other=some)
def test_rises(conn: psycopg.Connection[Any], call: str, one: float, other: float) -> None:
    low, high = pair(conn, call, *sorted((one, other)))
    assert low <= high + 1e-9


@pytest.mark.parametrize("call", FALLING.values(), ids=FALLING.keys())
@quick
@given(one=some, other=some)
def test_falls(conn: psycopg.Connection[Any], call: str, one: float, other: float) -> None:
    high, low = pair(conn, call, *sorted((one, other)))
    assert low <= high + 1e-9


def test_a_post_that_does_as_usual_has_half(conn: psycopg.Connection[Any]) -> None:
    row = conn.execute("select feed.quality_of(3e8, 1e9, 0.3), feed.quality_of(5e7, 1e9, 0.05)").fetchone()
    assert row == pytest.approx((0.5, 0.5), abs=1e-3)
