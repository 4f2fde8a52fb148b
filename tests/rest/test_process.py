"""`daira api` as a process: its start, signals, admin port and end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

from tests.rest.foreign import as_role
from tests.rest.process import Process, running
from tests.support.databases import Database
from tests.support.stacks import until

RUNNING = """select pid from pg_stat_activity where pid <> pg_backend_pid() and state = 'active' and query ~ '"slow"'"""
START_S = 1.5
"""Of a core: what others do on the machine is not counted."""


@pytest.fixture(scope="module")
def served(foreign: Database) -> Iterator[Process]:
    """The foreign database, served."""
    with running(foreign.url_as("OddLogin")) as made:
        made.until_answers()
        yield made


def test_imports_leave_out_what_only_the_whole_gateway_needs() -> None:
    heavy = "fastapi", "minio", "redis", "graphql"
    code = f"import gateway.app, gateway.serve, sys; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_admin_port(served: Process) -> None:
    assert served.status("live", admin=True) == 200
    assert served.status("ready", admin=True) == 200
    assert served.status("nothing", admin=True) == 404
    served.get("orders", **as_role("Éditeur"))
    page = httpx.get(f"http://127.0.0.1:{served.admin}/metrics").text
    assert 'pgrst_schema_cache_loads_total{status="SUCCESS"}' in page
    assert "pgrst_db_pool_max 10.0" in page
    assert "pgrst_jwt_cache_requests_total" in page
    config = httpx.get(f"http://127.0.0.1:{served.admin}/config").text
    assert 'db-schemas = "Odd Names,second"' in config
    assert not [line for line in config.splitlines() if line.startswith(("db-uri", "jwt-secret ="))]
    tables = httpx.get(f"http://127.0.0.1:{served.admin}/schema_cache").json()["dbTables"]
    assert "Odd Names.orders" in tables


def test_signals_read_schema_and_settings_again(served: Process, foreign: Database) -> None:
    foreign.execute('create table "Odd Names".later (id int); grant select on "Odd Names".later to "Web Anon"')
    try:
        served.process.send_signal(signal.SIGUSR1)
        served.until_answers("later")
        foreign.execute("alter role \"OddLogin\" set pgrst.openapi_mode = 'disabled'")
        served.process.send_signal(signal.SIGUSR2)
        served.until_answers("", 404)
    finally:
        foreign.execute('drop table "Odd Names".later')
        foreign.execute('alter role "OddLogin" reset all')
        served.process.send_signal(signal.SIGUSR2)
    served.until_answers("")


def test_requests_are_logged_on_standard_output_and_sigterm_ends_it(foreign: Database) -> None:
    with running(foreign.url_as("OddLogin")) as made:
        made.until_answers("nothing", 404)
        made.process.send_signal(signal.SIGTERM)
        out, _ = made.process.communicate(timeout=20)
    assert made.process.returncode in (0, -signal.SIGTERM)
    assert b"- Web Anon [" in out
    assert b'"GET /rest/v1/nothing HTTP/1.1" 404' in out


def test_a_request_in_flight_is_finished_before_the_end(foreign: Database) -> None:
    foreign.execute(
        'create view "Odd Names".slow as select pg_sleep(1)::text; grant select on "Odd Names".slow to public'
    )
    try:
        with running(foreign.url_as("OddLogin")) as made:
            made.until_answers()
            slow = subprocess.Popen(
                ["curl", "-s", "-o", os.devnull, "-w", "%{http_code}", f"http://127.0.0.1:{made.port}/rest/v1/slow"],
                stdout=subprocess.PIPE,
            )
            until(lambda: foreign.execute(RUNNING))
            made.process.send_signal(signal.SIGTERM)
            assert slow.communicate(timeout=20)[0] == b"200"
    finally:
        foreign.execute('drop view "Odd Names".slow')


def test_database_that_is_away_answers_503_until_it_is_there(foreign: Database) -> None:
    foreign.execute('alter role "OddLogin" nologin')
    try:
        with running(foreign.url_as("OddLogin")) as made:
            made.until_answers("orders", 503)
            assert made.get("orders").json()["code"] in ("PGRST000", "PGRST001", "PGRST002")
            assert made.status("ready", admin=True) == 503
            foreign.execute('alter role "OddLogin" login')
            made.until_answers()
            until(lambda: made.status("ready", admin=True) == 200)
    finally:
        foreign.execute('alter role "OddLogin" login')


@pytest.mark.parametrize(
    ("name", "value"),
    [("PGRST_JWT_SECRET", "short"), ("PGRST_DB_TX_END", "never"), ("PGRST_OPENAPI_SERVER_PROXY_URI", "ftp:x")],
)
def test_settings_that_can_not_be_used_end_it_with_one_line(name: str, value: str) -> None:
    with running("host=127.0.0.1 port=1", **{name: value}) as made:
        _, err = made.process.communicate(timeout=20)
    assert made.process.returncode == 1
    assert err.startswith(b"daira: The settings are wrong")


def test_start_to_first_answer(foreign: Database) -> None:
    with running(foreign.url_as("OddLogin")) as made:
        made.until_answers()
        assert made.worked_s() < START_S
