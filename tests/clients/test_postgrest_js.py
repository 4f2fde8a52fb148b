"""The query surface of @supabase/postgrest-js on DAIRA's schema, under row-level security, run by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.rest.conftest import bearer
from tests.rest.process import Process
from tests.support.servers import directory

PACKAGE = "@supabase/postgrest-js@2.119.1"
SCRIPT = Path(__file__).with_name("surface.mjs")


@pytest.fixture(scope="module")
def library() -> Iterator[Path]:
    """A directory where Node finds the package; npm fetches it."""
    with directory("npm") as path:
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(path)]
        subprocess.run([*install, PACKAGE], check=True, timeout=120)
        yield path


@pytest.fixture(scope="module")
def cases(library: Path, served: Process) -> list[dict[str, Any]]:
    """What the script prints."""
    script = Path(shutil.copy(SCRIPT, library))
    token = bearer(1001)["authorization"].removeprefix("Bearer ")
    command = ["node", str(script), f"http://127.0.0.1:{served.port}/rest/v1", token]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_case_gives_what_it_should(cases: list[dict[str, Any]]) -> None:
    assert len(cases) > 60
    assert [case for case in cases if case["found"] != case["expected"]] == []
