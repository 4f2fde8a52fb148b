"""`daira seed --scale`: many made-up people, right by construction."""

from __future__ import annotations

import pytest

from daira.migrate import packaged_source
from daira.migrate.source import MigrationError
from daira.progress import Progress
from daira.seed import load_scale
from tests.support.databases import Database
from tests.support.orphans import orphans

USERS = 1_000
WRONG_SUMS = """
    select count(*) from api.user_stats as s
    where s.follower_count <> (select count(*) from api.follows as f where f.followee_id = s.user_id)
    or s.post_count <> (select count(*) from api.posts as p where p.author_id = s.user_id and ops.is_counted(p))
"""


@pytest.fixture(scope="module")
def crowd(module_database: Database) -> Database:
    load_scale(packaged_source(), module_database.url, USERS, Progress())
    return module_database


@pytest.mark.parametrize(
    ("table", "least"), [("users", 1), ("posts", 10), ("follows", 45), ("comments", 30), ("reactions", 20)]
)
def test_there_are_as_many_as_said(crowd: Database, table: str, least: int) -> None:
    [(number,)] = crowd.execute(f"select count(*) from api.{table}")
    assert isinstance(number, int)
    assert number >= least * USERS


def test_nothing_refers_to_what_is_not_there(crowd: Database) -> None:
    assert orphans(crowd) == []


def test_statistics_are_right(crowd: Database) -> None:
    assert crowd.execute(WRONG_SUMS) == [(0,)]


def test_a_second_time_is_refused(crowd: Database) -> None:
    with pytest.raises(MigrationError, match="users_username_is_unique"):
        load_scale(packaged_source(), crowd.url, USERS, Progress())
