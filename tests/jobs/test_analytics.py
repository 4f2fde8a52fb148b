"""Events and views reach the analytics store once each, whatever dies or is away meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
from procrastinate import App

from daira.clickhouse import Engine
from daira.ports import free_port
from jobs.analytics import export_all, measure
from jobs.app import make_app
from services.clickhouse import StoreAwayError, StoreConfig, StoreRefusedError, connected, prepare
from tests.jobs.people import make_users, number, publish
from tests.jobs.workers import eventually, worker_process
from tests.support.databases import Database
from tests.support.stores import FOLDER, PASSWORD, config_for, front, rows

SETTLING = "select pid from pg_stat_activity where query like '%settle_batch%' and wait_event = 'advisory'"
HOLD_UP = """
    create function hold_up() returns trigger language plpgsql
    as $$ begin perform pg_advisory_xact_lock(4711); return new; end $$;
    create trigger hold_up before update on ops.analytics_batches
    for each row when (new.state = 'SENT') execute function hold_up()
"""
UNSETTLE = "update ops.analytics_batches set state = 'SEALED', sent_at = null, checksum = null, due_at = now()"
LEFT_BEHIND = "select 1 from pg_stat_activity where usename = 'worker' and state <> 'idle' and query ~ 'batch'"
WORKERS = "select coalesce(max(id), 0) from procrastinate.procrastinate_workers"
EVENTS = "select count(*) from ops.analytics_events"
HERE = "select count(), uniqExact(event_id) from events where event_id <> 0"
DUE = "update ops.analytics_batches set due_at = now() where state = 'SEALED'"
VIEWS = """
    insert into api.views (window_id, user_id, post_id, dwell_ms, created_at)
    select api.id_at(p.views_until), u.id, %s, 1000, p.views_until
    from ops.analytics_progress as p
    cross join unnest(%s) as u (id)
    where p.reader = 'EXPORT'
"""


@pytest.fixture
async def app(database: Database) -> AsyncIterator[App]:
    made = make_app(database.url_as("worker"), 4)
    async with made.open_async():
        yield made


def see(database: Database, post: int, people: list[int]) -> None:
    """Views of three hours ago."""
    database.execute("update ops.analytics_progress set views_until = views_until - interval '3 hours'")
    database.execute(VIEWS, (post, people))


async def test_events_and_views_are_exported_once(database: Database, app: App, store: StoreConfig) -> None:
    author, *people = make_users(database, 30)
    see(database, publish(database, author), people)
    assert [await export_all(app, store) for _ in range(2)] == [2, 0]
    assert await rows(store, "select kind, count() from events group by kind order by kind") == [
        ("ACTIVE", 30),
        ("POST", 1),
        ("SIGN_UP", 30),
        ("VIEW", 29),
    ]
    assert database.execute("select rows, attempts from ops.analytics_batches order by id") == [(61, 1), (29, 1)]


async def test_a_worker_killed_before_it_settles_sends_nothing_twice(
    database: Database, app: App, store: StoreConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKHOUSE_URL", store.url)
    make_users(database, 10)
    database.execute(HOLD_UP)
    with database.connect() as conn:
        conn.execute("select pg_advisory_lock(4711)")
        with worker_process(database) as process:
            await eventually(lambda: bool(database.execute(SETTLING)), within=30)
            process.kill()
            process.wait()
        database.execute(f"select pg_terminate_backend(pid) from ({SETTLING}) as waiting")
        await eventually(lambda: not database.execute(SETTLING), within=5)
    assert database.execute("select state::text, attempts from ops.analytics_batches") == [("SEALED", 1)]
    assert await rows(store, HERE) == [(20, 20)]
    database.execute(DUE)
    assert await export_all(app, store) == 1
    assert await rows(store, HERE) == [(20, 20)]


async def test_what_was_sent_and_not_settled_is_found_there(database: Database, app: App, store: StoreConfig) -> None:
    make_users(database, 10)
    await export_all(app, store)
    database.execute(
        "update ops.analytics_batches set state = 'SEALED', sent_at = null, checksum = null, due_at = now()"
    )
    assert await export_all(app, store) == 1
    assert await rows(store, HERE) == [(20, 20)]


async def test_the_store_itself_drops_what_it_has(database: Database, app: App, store: StoreConfig) -> None:
    make_users(database, 10)
    await export_all(app, store)
    database.execute(f"{UNSETTLE}, attempts = 0")
    assert await export_all(app, store) == 1
    assert await rows(store, HERE) == [(20, 20)]


async def test_while_the_store_is_away_nothing_is_lost_and_it_is_left_alone(
    database: Database, app: App, engine: Engine
) -> None:
    port = free_port()
    config = config_for(port)
    make_users(database, 5)
    assert [await export_all(app, config) for _ in range(3)] == [0, 0, 0]
    assert database.execute("select attempts, error is not null from ops.analytics_batches") == [(1, True)]
    [(seconds,)] = database.execute(
        "select extract(epoch from due_at - now())::float from ops.analytics_progress where reader = 'EXPORT'"
    )
    assert 0 < float(str(seconds)) <= 3
    make_users(database, 5)
    with front(engine, port):
        await prepare(config, FOLDER)
        database.execute(DUE)
        database.execute("update ops.analytics_progress set due_at = now()")
        assert await export_all(app, config) == 2
        assert await rows(config, HERE) == [(20, 20)]
    assert number(database, "select count(*) from ops.dead_letters") == 0


async def test_a_batch_that_is_refused_waits_and_keeps_the_reason(database: Database, app: App, engine: Engine) -> None:
    make_users(database, 5)
    with front(engine) as port:
        config = config_for(port)
        await prepare(config, FOLDER)
        async with connected(config) as opened:
            await opened.run("rename table events to elsewhere")
            await export_all(app, config)
            [(error, is_open)] = database.execute(
                "select b.error, p.due_at <= now() from ops.analytics_batches as b"
                " inner join ops.analytics_progress as p on p.reader = 'EXPORT'"
            )
            assert "UNKNOWN_TABLE" in str(error)
            assert is_open
            await opened.run("rename table elsewhere to events")
        database.execute(DUE)
        assert await export_all(app, config) == 1


async def test_what_commits_late_is_still_exported(database: Database, app: App, store: StoreConfig) -> None:
    [author] = make_users(database, 1)
    await export_all(app, store)
    with database.connect() as slow:
        slow.execute("begin")
        slow.execute("insert into api.posts (author_id, content) values (%s, 'slow')", [author])
        publish(database, author)
        assert await export_all(app, store) == 0
        slow.execute("commit")
    assert await export_all(app, store) == 1
    assert await rows(store, "select count() from events where kind = 'POST'") == [(2,)]


async def test_many_writers_and_workers_lose_and_double_nothing(
    database: Database, app: App, store: StoreConfig
) -> None:
    people = make_users(database, 40)
    writing = asyncio.Event()

    async def write(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(30):
            await asyncio.to_thread(_commit_later, database, chance.choice(people), chance.random() / 20)

    async def send() -> None:
        while not writing.is_set():
            await export_all(app, store)
            await asyncio.sleep(0.01)

    workers = [asyncio.create_task(send()) for _ in range(3)]
    await asyncio.gather(*(write(seed) for seed in range(6)))
    writing.set()
    await asyncio.gather(*workers)
    await export_all(app, store)
    written = number(database, EVENTS)
    assert written == 80 + 6 * 30
    assert await rows(store, HERE) == [(written, written)]


async def test_killed_at_any_moment_workers_lose_and_double_nothing(
    database: Database, app: App, store: StoreConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLICKHOUSE_URL", store.url)
    chance = random.Random(11)
    for _ in range(4):
        make_users(database, 250)
        database.execute("select ops.defer('user.action', 'analytics.export', '{\"timestamp\": 0}')")
        before = number(database, WORKERS)
        with worker_process(database) as process:
            await eventually(lambda before=before: number(database, WORKERS) > before, within=30)
            await asyncio.sleep(chance.random() / 3)
            process.kill()
            process.wait()
        database.execute(DUE)
    await eventually(lambda: not database.execute(LEFT_BEHIND), within=10)
    await export_all(app, store)
    assert number(database, "select count(*) from ops.analytics_batches where state <> 'SENT'") == 0
    assert await rows(store, HERE) == [(2_000, 2_000)]


def _commit_later(database: Database, author: int, seconds: float) -> None:
    with database.connect() as conn:
        conn.execute("begin")
        conn.execute("insert into api.posts (author_id, content) values (%s, 'x')", [author])
        conn.execute("select pg_sleep(%s)", [seconds])
        conn.execute("commit")


async def test_a_view_waits_for_transactions_that_began_in_its_half_hour(database: Database) -> None:
    final = "select ops.views_are_final_until() > now() - interval '32 minutes'"
    assert database.execute(final) == [(True,)]
    with database.connect("authenticator") as conn:
        conn.execute("begin")
        [(moved,)] = database.execute("select ops.views_are_final_until() <= now()")
        assert moved


async def test_lag_is_measured_only_where_there_is_a_store(
    database: Database, app: App, store: StoreConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_users(database, 1)
    database.execute("update ops.analytics_events set occurred_at = now() - interval '1 hour'")
    monkeypatch.delenv("CLICKHOUSE_URL", raising=False)
    assert await measure(app) == 0
    monkeypatch.setenv("CLICKHOUSE_URL", store.url)
    assert await measure(app) >= 3600
    await export_all(app, store)
    assert await measure(app) == 0


async def test_a_wrong_login_is_a_refusal_and_no_answer_is_not(store: StoreConfig) -> None:
    with pytest.raises(StoreRefusedError):
        async with connected(StoreConfig(store.url.replace(PASSWORD.split()[0], "shut"))):
            pass
    with pytest.raises(StoreAwayError):
        async with connected(config_for(free_port())):
            pass


async def test_https_is_spoken_on_whatever_port() -> None:
    said: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said.append(await reader.read(2))
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(StoreAwayError):
            async with connected(StoreConfig(f"https://daira:secret@127.0.0.1:{port}/daira")):
                pass
    assert set(said) == {b"\x16\x03"}
    with pytest.raises(StoreRefusedError, match="must begin with http"):
        async with connected(StoreConfig("127.0.0.1:8123")):
            pass
