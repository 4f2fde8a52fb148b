"""The local stack exports to an engine of its own, and says so where it has none."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from daira import doctor, environment, up
from daira.home import home_at
from daira.progress import Progress
from daira.servers import NotReadyError
from daira.servers.clickhouse import external_clickhouse, probe_clickhouse
from daira.supervisor import Supervisor
from tests.support.stacks import Stack, until


def shown(stack: Stack, view: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in stack.daira("analytics", "show", view).stdout.splitlines()]


def test_what_happens_comes_to_the_store(stack: Stack) -> None:
    with psycopg.connect(stack.daira("url", "postgres").stdout.strip()) as conn:
        conn.execute("insert into api.users (username) values ('counted_one'), ('counted_two')")
    until(lambda: any(row["kind"] == "SIGN_UP" for row in shown(stack, "daily_totals")), 40)
    status = dict(line.split(maxsplit=1) for line in stack.daira("analytics", "status").stdout.splitlines())
    assert int(status["rows_sent"]) >= 4
    assert status["error"] == "-"


def test_the_store_lets_in_who_knows_the_password(stack: Stack) -> None:
    url = stack.daira("url", "clickhouse").stdout.strip()
    assert external_clickhouse(url).probe()[0].isdigit()
    assert external_clickhouse(url).address == f"127.0.0.1:{urlsplit(url).port}"
    with pytest.raises(NotReadyError, match="516"):
        probe_clickhouse(url.replace(urlsplit(url).password or "", "guess"))


def test_only_views_are_shown_and_preparing_again_is_safe(stack: Stack) -> None:
    refused = stack.daira("analytics", "show", "events; drop table events")
    assert refused.stderr.startswith("daira: There is no view")
    assert stack.daira("analytics", "prepare").stderr == "9 statements applied\n"


def test_the_doctor_says_that_analytics_is_off(stack: Stack) -> None:
    assert doctor._analytics(stack.record) == []
    [finding] = doctor._analytics(replace(stack.record, services={}))
    assert (finding.is_well, finding.detail[:7]) == (True, "is off.")


def test_without_the_engine_analytics_is_off(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "has_engine", lambda: False)
    monkeypatch.setattr(up, "user_environment", dict)
    home = home_at(tmp_path)
    home.prepare()
    plan = up._plan(home, up.UpOptions(tmp_path))
    assert "CLICKHOUSE_URL" not in plan.env
    with Progress() as progress:
        asyncio.run(up._start_clickhouse(plan, Supervisor(home, progress.say), progress))
    assert "Analytics is off." in capfd.readouterr().err
