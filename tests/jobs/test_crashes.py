from __future__ import annotations

from tests.jobs.people import delivered, make_author, number, publish
from tests.jobs.workers import eventually, worker_process, working
from tests.support.databases import Database

RUNNING = (
    "select count(*) from procrastinate.procrastinate_jobs where status = 'doing' and task_name = 'fanout.deliver'"
)
LEFT = "select count(*) from procrastinate.procrastinate_jobs where task_name = 'fanout.deliver'"


async def test_a_killed_workers_job_runs_again_without_double_effect(database: Database) -> None:
    author = make_author(database, 20)
    with worker_process(database) as process, database.connect() as conn:
        conn.execute("begin")
        conn.execute("lock table feed.timelines in access exclusive mode")
        post = publish(database, author)
        await eventually(lambda: number(database, RUNNING) == 1)
        process.kill()
        process.wait()
        conn.execute("commit")
    async with working(database):
        await eventually(lambda: number(database, LEFT) == 0)
    assert delivered(database, post) == 20


async def test_a_job_whose_connection_broke_runs_again_at_once(database: Database) -> None:
    author = make_author(database, 20)
    async with working(database):
        with database.connect() as conn:
            conn.execute("begin")
            conn.execute("lock table feed.timelines in access exclusive mode")
            post = publish(database, author)
            await eventually(lambda: number(database, RUNNING) == 1)
            database.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'worker' and datname = %s",
                (database.name,),
            )
            conn.execute("commit")
        await eventually(lambda: delivered(database, post) == 20)
        await eventually(lambda: number(database, LEFT) == 0)
