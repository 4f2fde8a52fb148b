from __future__ import annotations

from tests.jobs.people import make_users, number
from tests.jobs.workers import eventually, working
from tests.support.databases import Database

MESSAGES = "select count(*) from api.messages where thread_id = %s"


async def test_messages_that_have_disappeared_are_removed(database: Database) -> None:
    (sender,) = make_users(database, 1)
    (row,) = database.execute("insert into api.message_threads (kind) values ('GROUP') returning id")
    thread = int(str(row[0]))
    database.execute(
        """
        insert into api.messages (thread_id, sender_id, content, expires_at)
        select %s, %s, 'x', now() + n * interval '1 hour' from generate_series(-2, 1) as n
        """,
        (thread, sender),
    )
    database.execute("select ops.defer('maintenance', 'messages.remove_expired', '{}')")
    async with working(database):
        await eventually(lambda: number(database, MESSAGES, thread) == 1)
