from __future__ import annotations

from procrastinate import JobContext

from jobs.app import TaskSpec
from tests.jobs.people import delivered, make_author, number, publish
from tests.jobs.workers import eventually, worker_process, working
from tests.support.databases import Database

RUNNING = (
    "select count(*) from procrastinate.procrastinate_jobs where status = 'doing' and task_name = 'fanout.deliver'"
)
CLOCKED = """
    insert into procrastinate.procrastinate_jobs (queue_name, task_name, args, queueing_lock, status)
    select 'trial', 'trial.clocked', '{}', 'trial.clocked', s::procrastinate.procrastinate_job_status
    from unnest(%s::text[]) as s
"""
CLOCKED_LEFT = "select count(*) from procrastinate.procrastinate_jobs where task_name = 'trial.clocked'"
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


async def test_stalled_jobs_give_way_to_one_that_waits(database: Database) -> None:
    runs: list[int | None] = []

    async def run(context: JobContext) -> None:
        runs.append(context.job.id)

    database.execute(CLOCKED, (["doing", "doing", "todo"],))
    async with working(database, [TaskSpec("trial.clocked", run, "trial")]):
        await eventually(lambda: number(database, CLOCKED_LEFT) == 0)
    assert len(runs) == 1


async def test_a_job_that_fails_gives_way_to_one_that_waits(database: Database) -> None:
    runs: list[int | None] = []

    async def fail_once(context: JobContext) -> None:
        runs.append(context.job.id)
        if len(runs) == 1:
            database.execute(CLOCKED, (["todo"],))
            raise OSError("not now")

    async with working(database, [TaskSpec("trial.clocked", fail_once, "trial")]):
        database.execute(CLOCKED, (["todo"],))
        await eventually(lambda: len(runs) == 2 and number(database, CLOCKED_LEFT) == 0)
