"""One request, and everything that it causes, under one id: log lines, deliveries, dead letters."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from procrastinate import JobContext

from gateway.app import build_api
from gateway.settings import ApiSettings
from jobs import logs
from jobs.app import TASKS, TaskSpec
from jobs.database import fetch_value
from jobs.retry import Backoff
from tests.jobs.people import number
from tests.jobs.workers import eventually, working
from tests.rest.conftest import PEOPLE, SECRET, bearer
from tests.support.asgi import serving
from tests.support.databases import Database

DEAD = "select request_id from ops.dead_letters where task = %s"
ONCE = Backoff(attempts=1)


@pytest.fixture
def written() -> Iterator[list[logging.LogRecord]]:
    """What gateway and worker log in this process."""
    root = logging.getLogger()
    held, level = root.handlers[:], root.level
    kept = _Kept()
    logs.configure("DEBUG")
    root.addHandler(kept)
    yield kept.records
    root.handlers[:] = held
    root.setLevel(level)


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
async def api(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The generated interfaces, asked as nour (1001), whom omar follows."""
    with database.connect() as conn:
        conn.execute(PEOPLE.read_text().encode())
        conn.execute("delete from procrastinate.procrastinate_jobs")
        conn.execute("insert into api.follows (follower_id, followee_id) values (1002, 1001) on conflict do nothing")
        conn.execute("insert into api.notification_preferences values (1001, 'REACTION', true, false, true)")
    settings = ApiSettings(
        pgrst_db_uri=database.url_as("authenticator"), pgrst_db_schemas=("api",), pgrst_jwt_secret=SECRET
    )
    async with serving(build_api(settings)) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client


def lines(records: list[logging.LogRecord], rid: str) -> set[tuple[str, str]]:
    """Event and task (or route) of each line under this id."""
    facts = [_facts(record) for record in records]
    return {(line["event"], str(line.get("task") or line.get("route"))) for line in facts if rid in line.values()}


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    """The gateway's records have their facts beside the message, the worker's are their facts."""
    told = record.msg if isinstance(record.msg, dict) else getattr(record, "facts", {})
    return {"event": record.getMessage(), **told}


async def post(api: httpx.AsyncClient, **headers: str) -> int:
    body = {"input": {"content": "hello"}}
    answer = await api.post("rpc/create_post", json=body, headers={**bearer(1001), **headers})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["id"])


async def test_a_request_and_its_jobs_log_under_one_id(
    database: Database, api: httpx.AsyncClient, written: list[logging.LogRecord]
) -> None:
    async with working(database, TASKS):
        made = await post(api, **{"x-request-id": "trial-1"})
        await eventually(lambda: ("job done", "fanout.deliver") in lines(written, "trial-1"), within=10)
        reaction = {"post_id": str(made), "kind": "LIKE"}
        await api.post("reactions", json=reaction, headers={**bearer(1002), "x-request-id": "trial-2"})
        await eventually(lambda: ("notices folded", "notifications.fold") in lines(written, "trial-2"), within=10)
    assert ("request served", "rest_write") in lines(written, "trial-1")
    assert ("request served", "rest_write") in lines(written, "trial-2")
    assert database.execute("select distinct request_id from ops.deliveries") == [("trial-2",)]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
            "4bf92f3577b34da6a3ce929d0e0e4736",
        ),
        ({"traceparent": f"00-4bf92f3577b34da6a3ce929d0e0e4736-{'0' * 16}-01", "x-request-id": "mine"}, "mine"),
    ],
)
async def test_the_dead_letter_of_a_poisoned_job_names_the_request(
    database: Database, api: httpx.AsyncClient, headers: dict[str, str], expected: str
) -> None:
    async def poison(context: JobContext, post_id: int) -> None:
        raise OSError(str(post_id))

    await post(api, **headers)
    async with working(database, [TaskSpec("fanout.deliver", poison, "post.created", retry=ONCE)]):
        await eventually(lambda: bool(database.execute(DEAD, ("fanout.deliver",))), within=5)
    assert database.execute(DEAD, ("fanout.deliver",)) == [(expected,)]


async def test_what_a_job_defers_carries_its_id(database: Database) -> None:
    """A job of the clock begins a chain under its own number; a draft's post is delivered under it."""
    with database.connect() as conn:
        conn.execute(PEOPLE.read_text().encode())
        conn.execute("delete from procrastinate.procrastinate_jobs")
        conn.execute(
            """insert into api.drafts (author_id, input, publish_at)
            values (1001, '{"content": "later"}', now() - interval '1 second')"""
        )

    async def poison(context: JobContext, post_id: int) -> None:
        raise OSError(str(post_id))

    async def publish(context: JobContext) -> None:
        await fetch_value(context, "publish_due_drafts", batch=1)

    specs = [
        TaskSpec("publish", publish, "trial"),
        TaskSpec("fanout.deliver", poison, "post.created", retry=ONCE),
    ]
    job = number(database, "select ops.defer('trial', 'publish', '{}')")
    async with working(database, specs):
        await eventually(lambda: bool(database.execute(DEAD, ("fanout.deliver",))), within=5)
    assert database.execute(DEAD, ("fanout.deliver",)) == [(f"job-{job}",)]
