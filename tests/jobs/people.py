"""People, their followers and their posts, made in the database behind the API's back."""

from __future__ import annotations

from tests.support.databases import Database


def make_users(database: Database, number: int) -> list[int]:
    """New users; gives their ids."""
    rows = database.execute(
        """
        insert into api.users (username)
        select 'p_' || api.next_id()::text || '_' || n from generate_series(1, %s::integer) as n
        returning id
        """,
        (number,),
    )
    return [int(str(row[0])) for row in rows]


def make_author(database: Database, followers: int) -> int:
    """A user with so many followers."""
    author, *others = make_users(database, followers + 1)
    database.execute("insert into api.follows (follower_id, followee_id) select unnest(%s), %s", (others, author))
    return author


def publish(database: Database, author: int, visibility: str = "PUBLIC") -> int:
    """A post, with the fan-out job that publishing defers."""
    rows = database.execute(
        "insert into api.posts (author_id, content, visibility) values (%s, 'hello', %s) returning id",
        (author, visibility),
    )
    return int(str(rows[0][0]))


def delivered(database: Database, post: int) -> int:
    """The number of timelines that have the post."""
    return number(database, "select count(*) from feed.timelines where post_id = %s", post)


def number(database: Database, query: str, *params: object) -> int:
    """The number that a query gives."""
    return int(str(database.execute(query, params)[0][0]))
