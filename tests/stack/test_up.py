"""`daira up` and what goes with it: a stack's life, deaths of its parts, and mistakes that get one clear line."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
from minio import Minio
from redis.backoff import NoBackoff
from redis.retry import Retry

from daira.ports import free_port
from services.clickhouse import StoreConfig as AnalyticsConfig
from services.objects import StoreConfig
from tests.support.databases import Database
from tests.support.servers import directory
from tests.support.stacks import Stack, processes_of, running_stack, until

PARTS = ("postgres", "valkey", "s3", "mail", "clickhouse", "worker", "gateway")


def test_standard_output_is_one_line(stack: Stack) -> None:
    assert stack.output() == f"ready {stack.url}\n"


def test_progress_shows_each_step_with_its_time(stack: Stack) -> None:
    lines = stack.remarks().splitlines()
    for title in ("PostgreSQL 18", "Valkey 9", "SeaweedFS", "Schema", "Data", "Worker", "Gateway"):
        assert any(line.startswith(title) and line.endswith(" s") for line in lines), title
    assert "\x1b" not in stack.remarks()


def test_everything_is_well(stack: Stack) -> None:
    doctor = stack.daira("doctor")
    assert doctor.returncode == 0, doctor.stdout
    assert "WRONG" not in doctor.stdout
    health = stack.daira("health")
    assert health.returncode == 0
    assert '"status": "ok"' in health.stdout


def test_addresses_can_be_used(stack: Stack) -> None:
    with psycopg.connect(_url(stack, "postgres")) as conn:
        assert conn.execute("select current_user, count(*) > 0 from api.users").fetchone() is not None
    with redis.Redis.from_url(_url(stack, "valkey")) as client:
        assert client.ping()
    parts = urlsplit(_url(stack, "s3"))
    store = Minio(f"{parts.hostname}:{parts.port}", parts.username, parts.password, secure=False)
    assert {bucket.name for bucket in store.list_buckets()} >= {"media-public", "media-private"}


def test_servers_refuse_strangers(stack: Stack) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"no password supplied|authentication failed"):
        psycopg.connect(_url(stack, "postgres"), password="wrong")
    with pytest.raises(redis.AuthenticationError), _stranger(stack) as client:
        client.ping()


def test_secrets_are_for_the_owner_only(stack: Stack) -> None:
    for path in (stack.home.keys, stack.data / "valkey" / "valkey.conf", stack.data / "s3" / "s3.json"):
        assert path.stat().st_mode & 0o077 == 0


def test_a_second_stack_on_the_same_directory_is_refused(stack: Stack) -> None:
    second = stack.daira("up", "--port", str(free_port()))
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr == (
        f"daira: A stack is already running on {stack.data}. Stop it with `daira down --data {stack.data}`.\n"
    )


@pytest.mark.parametrize("name", PARTS)
def test_a_killed_part_comes_back(stack: Stack, name: str) -> None:
    title, before = stack.record.services[name].title, stack.pid(name)
    os.kill(before, signal.SIGKILL)
    until(lambda: stack.pid(name) != before)
    until(stack.is_well)
    assert f"{title} ended (signal 9); starting it again in " in stack.remarks()
    assert stack.record.services[name].restarts >= 1


def test_migrate_and_seed_find_the_running_database(stack: Stack) -> None:
    assert stack.daira("migrate", "up").returncode == 0
    assert stack.daira("migrate", "check").returncode == 0
    assert "20261122000100_foundation.sql" in stack.daira("migrate", "status").stdout
    assert stack.daira("seed", "--no-demo").returncode == 0


def test_a_life() -> None:
    with directory("life") as root:
        with running_stack(root / "data") as stack:
            ports = {name: stack.record.services[name].port for name in PARTS if name != "gateway"}
            _mark(stack)
            assert "demo@daira.example" in stack.remarks()
            assert stack.daira("down").returncode == 0
            assert stack.process is not None
            assert stack.process.wait(5) == 0
            assert processes_of(stack.data) == []
        with running_stack(root / "data") as stack:
            assert _is_marked(stack)
            assert {name: stack.record.services[name].port for name in ports} == ports
            assert stack.stop(signal.SIGKILL) == -signal.SIGKILL
            until(lambda: processes_of(stack.data) == [])
        (root / "data" / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{root}\n")
        with running_stack(root / "data") as stack:
            assert _is_marked(stack)
            assert stack.stop(signal.SIGINT) == 0
            assert stack.daira("down").stderr == f"No stack runs on {stack.data}.\n"
            assert stack.daira("doctor").returncode == 1
            assert stack.daira("url", "postgres").stderr.startswith("daira: No stack runs on ")


def test_named_servers_are_used(
    database: Database, valkey: str, object_store: StoreConfig, clickhouse: AnalyticsConfig
) -> None:
    env = {
        "DATABASE_URL": database.url,
        "REDIS_URL": valkey,
        "MINIO_ENDPOINT": object_store.endpoint,
        "MINIO_ACCESS_KEY": object_store.access_key,
        "MINIO_SECRET_KEY": object_store.secret_key,
        "SMTP_URL": "smtp://127.0.0.1:1",
        "CLICKHOUSE_URL": clickhouse.url,
    }
    with directory("named") as root, running_stack(root / "data", "--no-demo", env=env) as stack:
        assert [stack.record.services[name].pid for name in ("postgres", "valkey", "s3", "clickhouse")] == [None] * 4
        assert "mail" not in stack.record.services
        assert stack.is_well()
        assert _url(stack, "postgres") == database.url
    assert database.execute("select 1") == [(1,)]


def test_a_port_in_use_is_one_clear_line() -> None:
    with directory("taken") as root, socket.create_server(("127.0.0.1", 0)) as taken:
        stack = Stack(root / "data", taken.getsockname()[1])
        refused = stack.daira("up", "--port", str(stack.port))
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"daira: Port {stack.port} is in use. Stop what listens there, or choose ")
        assert processes_of(stack.data) == []


def test_a_server_that_is_not_there_is_one_clear_line() -> None:
    with directory("absent") as root:
        stack = Stack(root / "data", free_port(), {"DATABASE_URL": "postgresql://daira@127.0.0.1:1/daira"})
        stack.start()
        assert stack.process is not None
        assert stack.process.wait(60) == 1
        assert "daira: PostgreSQL at 127.0.0.1:1 does not answer" in stack.remarks()
        assert "Traceback" not in stack.remarks()
        assert processes_of(stack.data) == []


def test_an_end_while_starting_leaves_nothing() -> None:
    with directory("early") as root:
        stack = Stack(root / "data", free_port())
        stack.start()
        until(lambda: (root / "data" / "postgres" / "PG_VERSION").exists())
        time.sleep(0.3)
        assert stack.stop(signal.SIGINT) == 0
        assert stack.output() == ""
        assert processes_of(stack.data) == []


def _stranger(stack: Stack) -> redis.Redis:
    return redis.Redis(port=stack.record.services["valkey"].port, retry=Retry(NoBackoff(), 0))


def _url(stack: Stack, part: str) -> str:
    return stack.daira("url", part).stdout.strip()


def _mark(stack: Stack) -> None:
    with psycopg.connect(_url(stack, "postgres")) as conn:
        conn.execute("create table public.mark ()")
    with redis.Redis.from_url(_url(stack, "valkey")) as client:
        client.set("mark", "1")


def _is_marked(stack: Stack) -> bool:
    with psycopg.connect(_url(stack, "postgres")) as conn, redis.Redis.from_url(_url(stack, "valkey")) as client:
        return conn.execute("select to_regclass('public.mark')").fetchone() != (None,) and client.get("mark") == b"1"


def test_logs_are_kept(stack: Stack) -> None:
    for name in PARTS:
        assert Path(stack.home.log(name)).exists()
