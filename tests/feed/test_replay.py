"""Worlds are ranked by the database and by the reference, which must agree."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.feed.reference import WEIGHTS, Post, parts, ranked
from tests.feed.worlds import AUTHORS, MOMENT, load, ordered, scored, worlds
from tests.support.databases import Database

DAY = timedelta(days=1)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def world(database: Database, posts: list[Post]) -> Iterator[psycopg.Connection[Any]]:
    """A connection that sees these posts, which are gone afterwards."""
    with psycopg.connect(database.url) as conn:
        load(conn, posts)
        yield conn
        conn.rollback()


@quick
@given(posts=worlds())
def test_the_parts_are_those_of_the_reference(module_database: Database, posts: list[Post]) -> None:
    with world(module_database, posts) as conn:
        found = scored(conn, posts)
    for post in posts:
        assert astuple(found[post.id]) == pytest.approx(astuple(parts(post, posts, MOMENT)), abs=1e-6)


@quick
@given(posts=worlds())
def test_the_order_is_that_of_the_reference(module_database: Database, posts: list[Post]) -> None:
    with world(module_database, posts) as conn:
        assert ordered(conn, posts) == ranked(posts, MOMENT)


@quick
@given(posts=worlds(), seed=st.integers(0, 1_000))
def test_the_order_of_insertion_plays_no_part(module_database: Database, posts: list[Post], seed: int) -> None:
    mixed = random.Random(seed).sample(posts, len(posts))
    with world(module_database, posts) as conn:
        first = ordered(conn, posts)
    with world(module_database, mixed) as conn:
        assert ordered(conn, mixed) == first


@quick
@given(posts=worlds())
def test_parts_are_shares_and_scores_their_weighted_sum(module_database: Database, posts: list[Post]) -> None:
    with world(module_database, posts) as conn:
        for found in scored(conn, posts).values():
            *shares, score = astuple(found)
            assert all(0 <= share <= 1 for share in shares)
            *gains, loss = (weight * share for weight, share in zip(WEIGHTS.values(), shares, strict=True))
            assert score == pytest.approx(sum(gains) - loss)


def test_the_smallest_affinity_is_none(module_database: Database) -> None:
    post = Post(id=1_001, author=AUTHORS[0], type="REGULAR", created_at=MOMENT, affinity=(5e-324, MOMENT - DAY))
    with world(module_database, [post]) as conn:
        assert scored(conn, [post])[post.id].affinity == 0


@quick
@given(posts=worlds())
def test_no_author_twice_in_a_row_while_others_are_there(module_database: Database, posts: list[Post]) -> None:
    authors = {post.id: post.author for post in posts}
    with world(module_database, posts) as conn:
        order = [authors[post_id] for post_id in ordered(conn, posts)]
    for place, (author, following) in enumerate(pairwise(order), 1):
        assert author != following or set(order[place:]) == {author}


@quick
@given(posts=worlds())
def test_a_reported_post_falls(module_database: Database, posts: list[Post]) -> None:
    post = replace(posts[0], reports=0, spam=0.0, hides=0, skips=0, impressions=0)
    reported = replace(post, reports=1)
    with world(module_database, [post, *posts[1:]]) as conn:
        before = scored(conn, posts)[post.id].score
    with world(module_database, [reported, *posts[1:]]) as conn:
        assert scored(conn, posts)[post.id].score < before


@quick
@given(posts=worlds(), ahead=st.integers(1, 10_000_000))
def test_a_later_timestamp_gains_nothing(module_database: Database, posts: list[Post], ahead: int) -> None:
    now = replace(posts[0], created_at=MOMENT)
    later = replace(posts[0], created_at=MOMENT + timedelta(seconds=ahead))
    with world(module_database, [now]) as conn:
        honest = scored(conn, [now])[now.id].freshness
    with world(module_database, [later]) as conn:
        assert scored(conn, [later])[later.id].freshness <= max(honest, honest * 1.15 if ahead <= 60 else 0)


def test_the_weights_are_those_documented(module_database: Database) -> None:
    found = module_database.execute("select lower(part), weight from feed.ranking_weights")
    assert {str(part): weight for part, weight in found} == WEIGHTS
