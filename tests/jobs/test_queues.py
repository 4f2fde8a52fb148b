from __future__ import annotations

import asyncio

from procrastinate import JobContext

from jobs.app import IDLE, URGENT, USUAL, TaskSpec, make_app
from tests.jobs.people import number
from tests.jobs.workers import eventually, working
from tests.support.databases import Database

LEFT = "select count(*) from procrastinate.procrastinate_jobs where queue_name = %s and status = 'todo'"


async def test_a_worker_serves_its_queues_only(database: Database) -> None:
    async def task(context: JobContext) -> None:
        return

    specs = [TaskSpec(f"t{name}", task, name) for name in ("a", "b", "c")]
    for spec in specs:
        number(database, "select ops.defer(%s, %s, '{}')", spec.queue, spec.name)
    async with working(database, specs, queues=("a", "b")):
        await eventually(lambda: number(database, LEFT, "a") + number(database, LEFT, "b") == 0, within=5)
        await asyncio.sleep(0.2)
    assert number(database, LEFT, "c") == 1


async def test_a_worker_runs_as_many_jobs_at_once_as_it_is_told(database: Database) -> None:
    running, most = 0, 0

    async def slow(context: JobContext) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1

    for _ in range(12):
        number(database, "select ops.defer('trial', 'slow', '{}')")
    async with working(database, [TaskSpec("slow", slow, "trial")], concurrency=3):
        await eventually(lambda: number(database, LEFT, "trial") == 0, within=5)
    assert most == 3


async def test_what_users_wait_for_goes_before_cleaning_up(database: Database) -> None:
    ran: list[str] = []

    async def task(context: JobContext) -> None:
        ran.append(context.job.task_name)

    waiting = {"clean": IDLE, "deliver": USUAL, "recover": URGENT}
    specs = [TaskSpec(name, task, "trial", priority=priority) for name, priority in waiting.items()]
    app = make_app(database.url_as("worker"), 1, tasks=specs)
    async with app.open_async():
        for name in waiting:
            await app.tasks[name].defer_async()
    async with working(database, specs, concurrency=1):
        await eventually(lambda: len(ran) == len(waiting), within=5)
    assert ran == ["recover", "deliver", "clean"]
