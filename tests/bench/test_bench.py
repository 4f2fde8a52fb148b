from __future__ import annotations

import subprocess
import sys


def test_the_bench_runs_and_every_answer_is_right() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.bench", "--quick"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "keyed read" in done.stdout
