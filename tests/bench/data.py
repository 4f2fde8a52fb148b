"""The data set: how many users and posts, how their keys are made, and how it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

READERS = 1_000
SPAN_DAYS = 45
_MILLISECOND = 1 << 22


@dataclass(frozen=True)
class Size:
    """Users, and posts: thirty for each of the users in the first half."""

    users: int = 20_000
    posts: int = 300_000

    @property
    def authors(self) -> int:
        return self.users // 2


@dataclass(frozen=True)
class Keys:
    """The keys of the loaded rows: user n is first_user + n * user_step, post n likewise, n from 0."""

    size: Size
    first_user: int
    user_step: int
    first_post: int
    post_step: int

    def reader(self, number: int) -> int:
        """The id of the user that stands for reader `number` (0 to READERS - 1), spread over all users."""
        return self.first_user + number * (self.size.users // READERS) * self.user_step

    def author(self, number: int) -> int:
        """The id of author `number`."""
        return self.first_user + number * self.user_step

    def post(self, number: int) -> int:
        """The id of post `number`."""
        return self.first_post + number * self.post_step


def load(conninfo: str, size: Size) -> Keys:
    """Loads the data set as superuser into a database that has the schema; gives the keys."""
    text = Path(__file__).with_name("data.sql").read_text()
    with psycopg.connect(conninfo, autocommit=True) as connection:
        keys = _keys(connection, size)
        parameters = {
            **{"users": size.users, "authors": size.authors, "posts": size.posts},
            **{"first_user": keys.first_user, "user_step": keys.user_step},
            **{"first_post": keys.first_post, "post_step": keys.post_step},
        }
        psycopg.ClientCursor(connection).execute(text, parameters)
        connection.execute("vacuum (analyze)")
        connection.execute("checkpoint")
    return keys


def _keys(connection: psycopg.Connection[Any], size: Size) -> Keys:
    query = "select api.id_at(now() - interval '400 days'), api.id_at(now() - make_interval(days => %s))"
    found = connection.execute(query, [SPAN_DAYS]).fetchone()
    assert found is not None
    post_step = SPAN_DAYS * 86_400_000 // size.posts * _MILLISECOND
    return Keys(size, first_user=found[0], user_step=_MILLISECOND, first_post=found[1], post_step=post_step)
