"""docs/reference/rest.md: each row names a test that exists, and every setting that it lists is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gateway.settings import ApiSettings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reference" / "rest.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)))


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_named_tests_exist(file: str, test: str) -> None:
    path = ROOT / file if "/" in file else ROOT / "tests" / "rest" / file
    assert f"def {test}(" in path.read_text()


def test_every_row_names_a_test() -> None:
    tables = TEXT.partition("## Settings")[0]
    rows = [
        line
        for line in tables.splitlines()
        if line.startswith("| ") and not re.match(r"\| (area|what|PostgREST) \|", line)
    ]
    assert [row for row in rows if "::test_" not in row] == []


def test_settings_are_those_of_the_program() -> None:
    listed = set(re.findall(r"`(PGRST_[A-Z0-9_]+)`", TEXT))
    assert listed == {name.upper() for name in ApiSettings.model_fields if name.startswith("pgrst_")}
