"""An operator and a poison job: seen, sent again, let go."""

from __future__ import annotations

import json

from procrastinate import JobContext

from jobs.app import TaskSpec
from jobs.retry import Backoff
from tests.jobs.people import number
from tests.jobs.workers import eventually, working
from tests.stack.test_commands import daira
from tests.support.databases import Database

WAITING = "select count(*) from ops.dead_letters where resolved_at is null"


async def test_a_poison_job_is_buried_and_sent_again(database: Database) -> None:
    doses: list[int] = []

    async def poison(context: JobContext, dose: int) -> None:
        doses.append(dose)
        if len(doses) < 3:
            raise OSError("bitter")

    spec = TaskSpec("poison", poison, "trial", retry=Backoff(attempts=2, base=0.01, cap=0.02))
    async with working(database, [spec]):
        number(database, "select ops.defer('trial', 'poison', '{\"dose\": 7}')")
        await eventually(lambda: number(database, WAITING) == 1)
        listed = daira("dlq", "list", DATABASE_URL=database.url).stdout
        assert "trial  poison  2 attempts  OSError: bitter" in listed
        letter = listed.split()[0]
        sent = daira("dlq", "redrive", letter, "--who", "dina", DATABASE_URL=database.url)
        assert sent.stdout.startswith(f"{letter} is job ")
        await eventually(lambda: doses == [7, 7, 7])
    assert number(database, WAITING) == 0
    shown = json.loads(daira("dlq", "show", letter, DATABASE_URL=database.url).stdout)
    assert "Traceback" in shown["traceback"]
    assert [(each["action"], each["who"]) for each in shown["actions"]] == [("REDRIVEN", "dina")]


def test_discarding_takes_a_reason_and_happens_once(database: Database) -> None:
    database.execute(
        "insert into ops.dead_letters (job_id, queue, task, args, attempts, error) values (1, 'q', 't', '{}', 8, 'no')"
    )
    discard = ["dlq", "discard", "1", "--reason", "the post is gone", "--who", "dina"]
    assert daira(*discard, DATABASE_URL=database.url).stdout == "1 is discarded\n"
    again = daira(*discard, DATABASE_URL=database.url)
    assert (again.returncode, again.stderr) == (
        1,
        "daira: No dead letter 1 waits. It may have been sent again or discarded: see `daira dlq list --all`.\n",
    )
    assert daira("dlq", "list", DATABASE_URL=database.url).stdout == ""
    assert "(dealt with)" in daira("dlq", "list", "--all", DATABASE_URL=database.url).stdout
