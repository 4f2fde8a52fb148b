"""Real workers: in this process, or in one of their own that can be killed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import Any

from jobs.app import TASKS, TaskSpec, make_app
from jobs.worker import Supervisor, WorkerOptions
from tests.support.databases import Database

_MAIN = "import sys; from jobs.worker import WorkerOptions, run; run(WorkerOptions(sys.argv[1], log_level='WARNING'))"


@asynccontextmanager
async def working(database: Database, tasks: Iterable[TaskSpec] = TASKS, **options: Any) -> AsyncIterator[Supervisor]:
    """A worker in this process, stopped gracefully afterwards; `options` are those of WorkerOptions."""
    supervisor = Supervisor(WorkerOptions(database.url_as("worker"), **options), partial(make_app, tasks=tuple(tasks)))
    serving = asyncio.create_task(supervisor.run())
    try:
        yield supervisor
    finally:
        supervisor.stop()
        await serving


@contextmanager
def worker_process(database: Database) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a process of its own; killed afterwards when it is still there."""
    process = subprocess.Popen([sys.executable, "-c", _MAIN, database.url_as("worker")])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def eventually(check: Callable[[], bool], within: float = 30.0) -> float:
    """Waits until the check holds; gives the seconds that it took, and fails the test after `within`."""
    begun = time.monotonic()
    while not check():
        assert time.monotonic() - begun < within, f"not within {within} s"
        await asyncio.sleep(0.02)
    return time.monotonic() - begun
