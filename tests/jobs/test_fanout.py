from __future__ import annotations

from tests.jobs.people import delivered, make_author, number, publish
from tests.jobs.workers import eventually, working
from tests.support.databases import Database


async def test_a_post_reaches_five_thousand_followers_within_a_second(database: Database) -> None:
    author = make_author(database, 5_000)
    database.execute("analyze")
    async with working(database) as supervisor:
        await eventually(lambda: supervisor.is_working)
        taken = [await delivery(database, author) for _ in range(3)]
    assert min(taken) < 1


async def delivery(database: Database, author: int) -> float:
    """The seconds that it takes a new post to reach five thousand followers."""
    post = publish(database, author)
    return await eventually(lambda: delivered(database, post) == 5_000)


async def test_a_second_delivery_adds_nothing(database: Database) -> None:
    author = make_author(database, 3)
    async with working(database):
        post = publish(database, author)
        await eventually(lambda: delivered(database, post) == 3)
        again = number(
            database, "select ops.defer('post.created', 'fanout.deliver', %s::text::jsonb)", f'{{"post_id": {post}}}'
        )
        gone = "select count(*) from procrastinate.procrastinate_jobs where id = %s"
        await eventually(lambda: number(database, gone, again) == 0)
    assert delivered(database, post) == 3


async def test_a_post_that_is_gone_or_narrowed_by_then_is_not_delivered(database: Database) -> None:
    author = make_author(database, 3)
    deleted, narrowed, kept = (publish(database, author) for _ in range(3))
    database.execute("update api.posts set deleted_at = now() where id = %s", (deleted,))
    database.execute("update api.posts set visibility = 'PRIVATE' where id = %s", (narrowed,))
    async with working(database):
        await eventually(lambda: delivered(database, kept) == 3)
    assert (delivered(database, deleted), delivered(database, narrowed)) == (0, 0)


def test_a_post_that_fails_leaves_no_job(database: Database) -> None:
    author = make_author(database, 1)
    with database.connect() as conn, conn.transaction(force_rollback=True):
        conn.execute("insert into api.posts (author_id, content) values (%s, 'never')", (author,))
    assert number(database, "select count(*) from procrastinate.procrastinate_jobs") == 0
