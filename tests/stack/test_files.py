"""Files that people and machines start DAIRA with."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose

ROOT = Path(__file__).parents[2]
PROMISED = frozenset(
    """
    dev up down restart migrate seed shell-db test test-auth test-cov lint format typecheck quality health install
    logs-api logs-worker logs-postgres logs-valkey logs-s3 clean clean-all bench doctor
    """.split()  # noqa: SIM905  (a list of words reads better)
)
REQUIREMENTS = ("runtime", "dev")


def test_make_lists_every_command_with_one_line() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    commands = dict(line.split(maxsplit=1) for line in listed.splitlines())
    assert commands.keys() >= PROMISED


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_pins_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"://|--(extra-)?index|--find-links", text)
    pinned = re.findall(r"^[a-z].*", text, re.MULTILINE)
    assert all("==" in line and line.endswith("\\") for line in pinned)


def test_everything_that_is_needed_is_pinned() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[>=<]", line)[0] for line in needed}
    assert names <= _versions("runtime").keys()


def test_tests_use_what_is_shipped() -> None:
    runtime, dev = (_versions(name) for name in REQUIREMENTS)
    assert runtime.items() <= dev.items()


def test_compose_file_is_valid() -> None:
    merged = yaml.safe_load((ROOT / "compose.yaml").read_text())
    compose = PyCompose.from_json(json.dumps(merged))
    compose.validate()
    assert set(compose.service_names()) == {
        "postgres",
        "valkey",
        "s3",
        "clickhouse",
        "migrate",
        "gateway",
        "worker",
    }


def test_compose_names_only_variables_of_the_example() -> None:
    wanted = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    assert wanted <= _example().keys()


def test_compose_waits_for_migrations() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    for name in ("gateway", "worker"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_the_example_gives_no_secret_and_no_server_away() -> None:
    example = _example()
    for name in ("DATABASE_URL", "REDIS_URL", "MINIO_ENDPOINT", "JWT_SECRET", "POSTGRES_PASSWORD", "MINIO_SECRET_KEY"):
        assert example[name] == ""
    assert "KAFKA_BROKERS" not in example


def _versions(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"^([a-z][a-z0-9.-]*)(?:\[[^]]*\])?==(\S+)", text, re.MULTILINE))


def _example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
