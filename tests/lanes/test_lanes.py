"""The rules of lanes, each on a real server: isolation, failures, loss, order, back-pressure, drain."""

from __future__ import annotations

import asyncio
import json
import random

import psycopg
import pytest

from gateway.lanes import (
    NOTHING_AROUND,
    Around,
    DatabaseError,
    GroupStats,
    Identity,
    LaneKind,
    Lanes,
    LanesConfig,
    OutcomeUnknown,
    Statement,
    Unavailable,
)

READER, WRITER = Identity("lane_reader"), Identity("lane_writer")
WHO = Statement(
    "select current_user, current_setting('app.user_id'), current_setting('request.jwt.claims'),"
    " (select count(*) from lane_test.notes) where $1 <> 'fail' or 1 / (length($1) - 4) = 0"
)


def stats_of(lanes: Lanes, kind: LaneKind) -> GroupStats:
    return next(stats for stats in lanes.stats() if stats.kind is kind)


def kill(database: str, condition: str) -> None:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute(f"select pg_terminate_backend(pid) from pg_stat_activity where {condition}")


async def test_64_interleaved_users_see_only_their_own_role_claims_and_rows(lanes: Lanes) -> None:
    async def ask(user: int, n: int) -> None:
        role = ("lane_reader", "lane_writer")[user % 2]
        claims = json.dumps({"sub": str(user), "n": n})
        question = lanes.run(Identity(role, claims, f"user{user}"), WHO, ["fail" if n % 7 == 3 else "ok"])
        if n % 7 == 3:
            with pytest.raises(DatabaseError) as caught:
                await question
            assert caught.value.sqlstate == "22012"
        else:
            row = (await question).first()
            assert row == (role.encode(), b"user%d" % user, claims.encode(), b"100")

    asks = [ask(user, n) for user in range(64) for n in range(30)]
    random.shuffle(asks)
    for start in range(0, len(asks), 150):
        await asyncio.gather(*asks[start : start + 150])


async def test_nothing_of_a_request_is_left_behind_on_the_connection(lanes: Lanes) -> None:
    await lanes.run(Identity("lane_reader", '{"sub":"1"}', "user1"), WHO, ["ok"])
    with pytest.raises(DatabaseError) as caught:
        await lanes.run(Identity("lane_login"), Statement("select count(*) from lane_test.notes"))
    assert caught.value.sqlstate == "42501"


async def test_error_at_commit_is_the_outcome_though_rows_came(lanes: Lanes) -> None:
    add = Statement("insert into lane_test.chairs values ($1, 1) returning id", LaneKind.WRITE)
    await lanes.run(WRITER, add, ["1"])
    with pytest.raises(DatabaseError) as caught:
        await lanes.run(WRITER, add, ["2"])
    assert caught.value.sqlstate == "23505"
    count = await lanes.run(READER, Statement("select count(*) from lane_test.chairs where id in (1, 2)"))
    assert count.value() == b"1"


async def test_statement_that_does_not_parse_fails_alone_and_every_time(lanes: Lanes) -> None:
    broken = [lanes.run(READER, Statement("select nothing_there")) for _ in range(3)]
    fine = [lanes.run(READER, Statement("select 1")) for _ in range(3)]
    outcomes = await asyncio.gather(*broken, *fine, return_exceptions=True)
    assert [o.sqlstate for o in outcomes[:3] if isinstance(o, DatabaseError)] == ["42703"] * 3
    assert [o.value() for o in outcomes[3:] if not isinstance(o, BaseException)] == [b"1"] * 3


async def test_ddl_under_a_prepared_statement_is_not_noticed_by_the_caller(lanes: Lanes, lane_database: str) -> None:
    everything = Statement("select * from lane_test.chairs where id < 0")
    assert (await lanes.run(READER, everything)).columns == ("id", "place")
    with psycopg.connect(lane_database, autocommit=True) as conn:
        conn.execute("alter table lane_test.chairs add column colour text")
    assert (await lanes.run(READER, everything)).columns == ("id", "place", "colour")


async def test_reads_survive_the_kill_of_their_connections(lanes: Lanes, lane_database: str) -> None:
    slow = Statement("select pg_sleep(0.2), $1::text")
    asked = [asyncio.create_task(lanes.run(READER, slow, [str(n)])) for n in range(8)]
    await asyncio.sleep(0.1)
    await asyncio.to_thread(kill, lane_database, "application_name = 'daira-read'")
    answers = [(await task).all()[0][1] for task in asked]
    assert answers == [b"%d" % n for n in range(8)]
    assert stats_of(lanes, LaneKind.READ).retried > 0


async def test_write_in_flight_is_reported_unknown_and_never_repeated(lanes: Lanes, lane_database: str) -> None:
    add = Statement("insert into lane_test.notes select $1::bigint, 'lost', pg_sleep(0.3)::text", LaneKind.WRITE)
    task = asyncio.create_task(lanes.run(Identity("lane_writer", "", "lost"), add, ["100000"]))
    await asyncio.sleep(0.1)
    await asyncio.to_thread(kill, lane_database, "application_name = 'daira-write'")
    with pytest.raises(OutcomeUnknown):
        await task
    await asyncio.sleep(0.5)
    with psycopg.connect(lane_database) as conn:
        assert conn.execute("select count(*) from lane_test.notes where owner = 'lost'").fetchone() == (0,)


async def test_lanes_come_back_by_themselves(lanes: Lanes, lane_database: str) -> None:
    await asyncio.to_thread(kill, lane_database, "application_name like 'daira-%'")
    async with asyncio.timeout(5):
        while any(stats.connects < 2 * stats.lanes or stats.connected < stats.lanes for stats in lanes.stats()):  # noqa: ASYNC110 - the server decides
            await asyncio.sleep(0.02)
    assert (await lanes.run(READER, Statement("select 1"))).value() == b"1"


async def test_without_a_server_requests_are_refused_at_once() -> None:
    lanes = Lanes(LanesConfig("host=127.0.0.1 port=1 user=nobody"))
    await lanes.start()
    with pytest.raises(Unavailable):
        await lanes.run(READER, Statement("select 1"))
    await lanes.close()


async def test_slow_statement_delays_only_those_behind_it_on_its_lane(lanes: Lanes) -> None:
    loop = asyncio.get_running_loop()
    slow = asyncio.create_task(lanes.run(READER, Statement("select pg_sleep(1)")))
    await asyncio.sleep(0.05)
    started = loop.time()

    async def quick() -> float:
        await lanes.run(READER, Statement("select 1"))
        return loop.time() - started

    delays = [await quick() for _ in range(50)]
    assert not slow.done()
    assert max(delays) < 0.9
    await slow


async def test_statement_timeout_of_the_role_ends_the_statement_not_the_lane(lanes: Lanes) -> None:
    lanes.role_settings = {"lane_reader": {"statement_timeout": "50ms"}}
    connects = stats_of(lanes, LaneKind.READ).connects
    with pytest.raises(DatabaseError) as caught:
        await lanes.run(READER, Statement("select pg_sleep(3)"))
    assert caught.value.sqlstate == "57014"
    await lanes.run(WRITER, Statement("select pg_sleep(0.1)"))
    assert stats_of(lanes, LaneKind.READ).connects == connects


async def test_reads_cannot_write(lanes: Lanes) -> None:
    with pytest.raises(DatabaseError) as caught:
        await lanes.run(WRITER, Statement("delete from lane_test.notes"))
    assert caught.value.sqlstate == "25006"


async def test_cancelled_waiting_request_never_runs(lanes: Lanes) -> None:
    add = Statement("insert into lane_test.notes select $1::bigint, 'gone', pg_sleep(0.2)::text", LaneKind.WRITE)
    writer = Identity("lane_writer", "", "gone")
    tasks = [asyncio.create_task(lanes.run(writer, add, [str(200_000 + n)])) for n in range(6)]
    await asyncio.sleep(0.05)
    for task in tasks[4:]:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    count = Statement("select count(*) from lane_test.notes where owner = 'gone'")
    answer = await lanes.run(writer, count)
    assert answer.value() == b"4"


async def test_cancelled_request_in_flight_leaves_the_lane_usable(lanes: Lanes) -> None:
    task = asyncio.create_task(lanes.run(READER, Statement("select pg_sleep(0.2)")))
    await asyncio.sleep(0.05)
    task.cancel()
    answers = await asyncio.gather(*(lanes.run(READER, Statement("select $1::text"), [str(n)]) for n in range(20)))
    assert [answer.value() for answer in answers] == [b"%d" % n for n in range(20)]


async def test_more_statements_than_a_lane_may_prepare(lanes: Lanes) -> None:
    statements = [Statement(f"select {n}") for n in range(60)]
    for _ in range(2):
        answers = await asyncio.gather(*(lanes.run(READER, statement) for statement in statements))
        assert [answer.value() for answer in answers] == [b"%d" % n for n in range(60)]
    assert stats_of(lanes, LaneKind.READ).prepared <= 2 * 20


async def test_queue_is_bounded(lanes: Lanes) -> None:
    wait = Statement("select pg_sleep(0.3)")
    tasks = [asyncio.create_task(lanes.run(READER, wait)) for _ in range(208)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable):
        await lanes.run(READER, wait)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_large_result_and_large_parameter(lanes: Lanes) -> None:
    body = "ابجد" * 2_000_000
    answer = await lanes.run(READER, Statement("select $1::text || $1::text"), [body])
    assert answer.value() == (body * 2).encode()


async def test_stream_reads_only_as_fast_as_its_consumer(lanes: Lanes, lane_database: str) -> None:
    rows = Statement("select i, repeat('x', 1000) from generate_series(1, 100000) as i", LaneKind.LONG)
    seen, waits = 0, ""
    async for chunk in lanes.stream(READER, rows, chunk_rows=500):
        seen += len(chunk)
        if seen == 5_000:
            await asyncio.sleep(0.3)
            with psycopg.connect(lane_database) as conn:
                query = "select wait_event from pg_stat_activity where application_name = 'daira-long'"
                waits = str(conn.execute(query).fetchall())
    assert seen == 100_000
    assert "ClientWrite" in waits


async def test_stream_left_early_frees_its_lane(lanes: Lanes) -> None:
    rows = Statement("select repeat('x', 1000) from generate_series(1, 50000)", LaneKind.LONG)
    stream = lanes.stream(READER, rows)
    assert len(await anext(aiter(stream))) == 500
    await stream.aclose()
    assert (await lanes.run(READER, Statement("select 1", LaneKind.LONG))).value() == b"1"


async def test_stream_reports_an_error_after_its_rows(lanes: Lanes) -> None:
    rows = Statement("select 1 / (2000 - i) from generate_series(1, 3000) as i", LaneKind.LONG)
    seen = 0

    async def read() -> None:
        nonlocal seen
        async for chunk in lanes.stream(READER, rows, chunk_rows=100):
            seen += len(chunk)

    with pytest.raises(DatabaseError):
        await read()
    assert seen > 1_000


async def test_close_finishes_what_was_accepted_and_takes_nothing_new(lane_database: str, lanes: Lanes) -> None:
    accepted = [asyncio.create_task(lanes.run(READER, Statement("select pg_sleep(0.1)"))) for _ in range(12)]
    await asyncio.sleep(0.02)
    closing = asyncio.create_task(lanes.close(timeout_s=5))
    await asyncio.sleep(0.01)
    with pytest.raises(Unavailable):
        await lanes.run(READER, Statement("select 1"))
    await asyncio.gather(*accepted, closing)
    with psycopg.connect(lane_database) as conn:
        alive = "select count(*) from pg_stat_activity where application_name like 'daira-%'"
        await asyncio.sleep(0.1)
        assert conn.execute(alive).fetchone() == (0,)


UNDO = Around(after="do $$ begin raise sqlstate 'DARBK'; end $$")
ADD = Statement("insert into lane_test.chairs values ($1) returning id", LaneKind.WRITE)


async def test_rows_of_a_transaction_that_is_undone_still_come(lanes: Lanes) -> None:
    assert (await lanes.run(WRITER, ADD, ["71"], around=UNDO)).value() == b"71"
    count = await lanes.run(READER, Statement("select count(*) from lane_test.chairs where id = 71"))
    assert count.value() == b"0"


async def test_only_what_comes_after_the_rows_can_undo(lanes: Lanes) -> None:
    raising = Statement("do $$ begin raise sqlstate 'DARBK'; end $$", LaneKind.WRITE)
    for around in (UNDO, NOTHING_AROUND):
        with pytest.raises(DatabaseError):
            await lanes.run(WRITER, raising, around=around)


async def test_statements_around_belong_to_the_transaction(lanes: Lanes) -> None:
    around = Around(
        first="set transaction isolation level serializable",
        before="select set_config('lane.before', current_user, true)",
    )
    question = Statement(
        "select current_setting('transaction_isolation'), current_setting('lane.before')", LaneKind.WRITE
    )
    row = (await lanes.run(WRITER, question, around=around)).first()
    assert row == (b"serializable", b"lane_writer")
    plain = await lanes.run(WRITER, question, settings={"lane.before": ""})
    assert plain.first() == (b"read committed", b"")


async def test_failure_before_the_statement_is_the_outcome(lanes: Lanes) -> None:
    with pytest.raises(DatabaseError) as caught:
        await lanes.run(WRITER, ADD, ["72"], around=Around(before="select 1 / (length(current_user) - 11)"))
    assert caught.value.sqlstate == "22012"


async def test_several_statements_are_one_transaction(lanes: Lanes) -> None:
    seen = Statement("select count(*) from lane_test.chairs where id = $1::bigint", LaneKind.WRITE)
    rows = await lanes.run_all(WRITER, [(seen, ["81"]), (ADD, ["81"]), (seen, ["81"])])
    assert [rows[0].value(), rows[2].value(), len(rows)] == [b"0", b"1", 3]
    with pytest.raises(DatabaseError) as failed:
        await lanes.run_all(WRITER, [(ADD, ["82"]), (ADD, ["82"]), (seen, ["82"])])
    assert failed.value.sqlstate == "23505"
    assert (await lanes.run(WRITER, seen, ["82"])).value() == b"0"


async def test_of_two_transactions_that_wait_for_each_other_neither_fails(lanes: Lanes) -> None:
    move = Statement("update lane_test.chairs set place = coalesce(place, id) + 100 where id = $1", LaneKind.WRITE)
    linger = Statement("select pg_sleep(0.2)", LaneKind.WRITE)
    await lanes.run_all(WRITER, [(ADD, ["91"]), (ADD, ["92"])])
    both = [lanes.run_all(WRITER, [(move, [a]), (linger, []), (move, [b])]) for a, b in (("91", "92"), ("92", "91"))]
    await asyncio.gather(*both)
    moved = Statement("select sum(place) from lane_test.chairs where id in (91, 92)")
    assert (await lanes.run(READER, moved)).value() == b"%d" % (91 + 92 + 400)


async def test_a_collision_that_lasts_is_told(lanes: Lanes) -> None:
    collide = Statement("do $$ begin raise exception 'x' using errcode = '40001'; end $$", LaneKind.WRITE)
    with pytest.raises(DatabaseError) as failed:
        await lanes.run(WRITER, collide)
    assert failed.value.sqlstate == "40001"


async def test_a_later_statement_that_cannot_be_prepared(lanes: Lanes) -> None:
    wrong = Statement("select nothing from lane_test.chairs", LaneKind.WRITE)
    for _ in range(2):
        with pytest.raises(DatabaseError) as failed:
            await lanes.run_all(WRITER, [(ADD, ["83"]), (wrong, [])])
        assert failed.value.sqlstate == "42703"


async def test_a_later_statement_is_prepared_again_after_ddl(lanes: Lanes, lane_database: str) -> None:
    first = Statement("select 1", LaneKind.WRITE)
    all_chairs = Statement("select * from lane_test.later", LaneKind.WRITE)
    with psycopg.connect(lane_database, autocommit=True) as conn:
        conn.execute("create table lane_test.later (id integer); grant select on lane_test.later to lane_writer")
        for _ in range(4):
            await lanes.run_all(WRITER, [(first, []), (all_chairs, [])])
        conn.execute("alter table lane_test.later add column name text")
    for _ in range(4):
        rows = await lanes.run_all(WRITER, [(first, []), (all_chairs, [])])
        assert rows[1].columns == ("id", "name")
