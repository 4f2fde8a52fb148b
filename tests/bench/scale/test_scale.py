from __future__ import annotations

import subprocess
import sys

import pytest

from tests.bench.scale.backlog import Series

MINUTE = range(61)


def test_every_part_runs_on_few_users() -> None:
    command = [sys.executable, "-m", "tests.bench", "--quick", "--only", "feed,sustained,fanout,fold,workers"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    told = ("p99", "posts a minute", "fan-out to", "folded into counters", "deliveries, each a job")
    assert all(name in done.stdout for name in told), done.stdout


@pytest.mark.parametrize(
    ("values", "grows"),
    [
        ([7_000 + 3_000 * (second % 3) for second in MINUTE], False),
        ([0] * 61, False),
        ([30_000] * 10 + [5_000] * 51, False),
        ([5_000] * 59 + [19_000] * 2, False),
        ([500 * second for second in MINUTE], True),
        ([9_000 + 40 * second for second in MINUTE], False),
        ([9_000 + 300 * second + 4_000 * (second % 2) for second in MINUTE], True),
        ([5_000] * 50 + [30_000] * 11, True),
    ],
)
def test_a_backlog_grows_or_not(values: list[int], grows: bool) -> None:
    series = Series("deltas", [float(second) for second in MINUTE], values, tolerated=10_000)
    assert series.grows is grows
