from __future__ import annotations

import asyncio

from psycopg.types.json import Jsonb

from tests.jobs.people import make_users, number
from tests.jobs.workers import eventually, working
from tests.support.databases import Database

POSTS = "select count(*) from api.posts where author_id = %s"
DRAFTS = "select count(*) from api.drafts where author_id = %s"
PUBLISH = "select ops.publish_due_drafts(7)"


def schedule(database: Database, author: int, drafts: int) -> None:
    """Drafts of the author that are due."""
    database.execute(
        """
        insert into api.drafts (author_id, input, publish_at)
        select %s, %s, now() from generate_series(1, %s::integer)
        """,
        (author, Jsonb({"content": "at last"}), drafts),
    )


async def test_a_due_draft_is_published_by_itself(database: Database) -> None:
    author = make_users(database, 1)[0]
    async with working(database):
        schedule(database, author, 1)
        await eventually(lambda: number(database, POSTS, author) == 1)
    assert number(database, DRAFTS, author) == 0


async def test_each_draft_is_published_once_whoever_asks(database: Database) -> None:
    author = make_users(database, 1)[0]
    schedule(database, author, 100)

    def publish_until_none_is_left() -> None:
        with database.connect("worker") as conn:
            while conn.execute(PUBLISH).fetchone() != (0,):
                pass

    await asyncio.gather(*(asyncio.to_thread(publish_until_none_is_left) for _ in range(4)))
    assert (number(database, POSTS, author), number(database, DRAFTS, author)) == (100, 0)
