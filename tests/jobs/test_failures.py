from __future__ import annotations

import asyncio

from procrastinate import JobContext

from jobs.app import TASKS, TaskSpec
from jobs.database import fetch_value
from jobs.retry import Backoff, PermanentError
from tests.jobs.people import number
from tests.jobs.workers import eventually, working
from tests.support.databases import Database

QUICK = Backoff(attempts=3, base=0.01, cap=0.02)
DEAD = """
select attempts, error, traceback like '%%Traceback%%'
from ops.dead_letters
where task = %s and resolved_at is null
"""

RUNNING = "select count(*) from procrastinate.procrastinate_jobs where id = %s and status = 'doing'"


def defer(database: Database, task: str, args: str = "{}") -> int:
    return number(database, "select ops.defer('trial', %s, %s::text::jsonb)", task, args)


async def test_a_job_that_fails_twice_succeeds_the_third_time(database: Database) -> None:
    runs: list[int] = []

    async def flaky(context: JobContext) -> None:
        runs.append(context.job.attempts)
        if len(runs) < 3:
            raise OSError("not yet")

    async with working(database, [TaskSpec("flaky", flaky, "trial", retry=QUICK)]):
        job = defer(database, "flaky")
        gone = "select count(*) from procrastinate.procrastinate_jobs where id = %s"
        await eventually(lambda: number(database, gone, job) == 0)
    assert runs == [0, 1, 2]
    assert database.execute(DEAD, ("flaky",)) == []


async def test_the_last_failure_ends_in_the_dead_letters(database: Database) -> None:
    async def poison(context: JobContext, dose: int) -> None:
        raise OSError(f"dose {dose}")

    async with working(database, [TaskSpec("poison", poison, "trial", retry=QUICK)]):
        defer(database, "poison", '{"dose": 7}')
        await eventually(lambda: bool(database.execute(DEAD, ("poison",))))
    assert database.execute(DEAD, ("poison",)) == [(3, "OSError: dose 7", True)]


async def test_a_permanent_error_is_not_tried_again(database: Database) -> None:
    async def refused(context: JobContext) -> None:
        raise PermanentError("gone")

    async with working(database, [TaskSpec("refused", refused, "trial")]):
        defer(database, "refused")
        await eventually(lambda: bool(database.execute(DEAD, ("refused",))))
    assert database.execute(DEAD, ("refused",))[0][0] == 1


async def test_what_the_database_will_never_take_is_not_tried_again(database: Database) -> None:
    """The error comes through the pipeline as PostgreSQL gave it, and the connection serves the next job."""

    async def wrong(context: JobContext) -> None:
        await fetch_value(context, "fan_out", post_id="no number")

    async def right(context: JobContext) -> None:
        await fetch_value(context, "fan_out", post_id=0)

    async with working(database, [TaskSpec("wrong", wrong, "trial"), TaskSpec("right", right, "trial")], concurrency=1):
        defer(database, "wrong")
        job = defer(database, "right")
        gone = "select count(*) from procrastinate.procrastinate_jobs where id = %s"
        await eventually(lambda: number(database, gone, job) == 0, within=5)
    [(attempts, error, _)] = database.execute(DEAD, ("wrong",))
    assert (attempts, str(error).partition(":")[0]) == (1, "InvalidTextRepresentation")


async def test_a_job_that_no_worker_knows_is_buried_too(database: Database) -> None:
    async with working(database, TASKS):
        defer(database, "unheard of")
        await eventually(lambda: bool(database.execute(DEAD, ("unheard of",))))


async def test_a_graceful_stop_finishes_what_runs(database: Database) -> None:
    done = asyncio.Event()

    async def slow(context: JobContext) -> None:
        await asyncio.sleep(0.5)
        done.set()

    async with working(database, [TaskSpec("slow", slow, "trial")]):
        job = defer(database, "slow")
        await eventually(lambda: number(database, RUNNING, job) == 1)
    assert done.is_set()
    assert number(database, "select count(*) from procrastinate.procrastinate_jobs where id = %s", job) == 0


async def test_a_job_that_takes_longer_than_the_stop_goes_back_to_its_queue(database: Database) -> None:
    async def endless(context: JobContext) -> None:
        await asyncio.sleep(3600)

    async with working(database, [TaskSpec("endless", endless, "trial")], grace_seconds=0.1):
        job = defer(database, "endless")
        await eventually(lambda: number(database, RUNNING, job) == 1)
    waiting = "select count(*) from procrastinate.procrastinate_jobs where id = %s and status = 'todo'"
    assert number(database, waiting, job) == 1


async def test_a_worker_for_one_queue_leaves_the_others_alone(database: Database) -> None:
    async def nothing(context: JobContext) -> None: ...

    async with working(database, [TaskSpec("nothing", nothing, "trial")], queues=("trial",)):
        other = number(database, "select ops.defer('another', 'nothing', '{}')")
        job = defer(database, "nothing")
        gone = "select count(*) from procrastinate.procrastinate_jobs where id = %s"
        await eventually(lambda: number(database, gone, job) == 0)
    assert number(database, gone, other) == 1
