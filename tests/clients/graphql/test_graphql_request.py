"""The operations of the product document from graphql-request, a JavaScript client, run by Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.clients.graphql.operations import OPERATIONS, Operation, contains
from tests.rest.conftest import bearer
from tests.rest.process import Process
from tests.support.servers import directory

PACKAGES = ("graphql@16.12.0", "graphql-request@7.3.1")
SCRIPT = Path(__file__).with_name("operations.mjs")


@pytest.fixture(scope="module")
def library() -> Iterator[Path]:
    """A directory where Node finds the packages; npm fetches them."""
    with directory("npm") as path:
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(path)]
        subprocess.run([*install, *PACKAGES], check=True, timeout=120)
        yield path


@pytest.fixture(scope="module")
def answers(library: Path, served: Process) -> dict[str, Any]:
    """What the script prints, by name."""
    script = Path(shutil.copy(SCRIPT, library))
    asked = library / "operations.json"
    asked.write_text(json.dumps([asdict(each) | {"headers": bearer(1001, each.role)} for each in OPERATIONS]))
    command = ["node", str(script), f"http://127.0.0.1:{served.port}/graphql", str(asked)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    lines = (json.loads(line) for line in ran.stdout.splitlines())
    return {line["name"]: line for line in lines}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_operation(answers: dict[str, Any], operation: Operation) -> None:
    answer = answers[operation.name]
    if operation.error is not None:
        assert operation.error in answer["error"]
    else:
        assert contains(answer.get("data"), answer["expect"]), answer
