"""docs/reference/graphql.md: each row names a test that exists, and every code and setting stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gateway.graphql.errors import Code
from gateway.settings import ApiSettings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reference" / "graphql.md").read_text()
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)))
HEADS = r"\| (area|where|what|code|setting) \|"


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_named_tests_exist(file: str, test: str) -> None:
    path = ROOT / file if "/" in file else ROOT / "tests" / "graphql" / file
    assert f"def {test}(" in path.read_text()


def test_every_row_names_a_test() -> None:
    rows = [line for line in TEXT.partition("## Settings")[0].splitlines() if line.startswith("| ")]
    assert [row for row in rows if "::test_" not in row and not re.match(HEADS, row)] == []


def test_settings_and_their_defaults_are_those_of_the_program() -> None:
    settings = TEXT.partition("## Settings")[2]
    listed = dict(re.findall(r"^\| `(GRAPHQL_[A-Z_]+)` \| `?(\w*)", settings, re.MULTILINE))
    fields = {name: field for name, field in ApiSettings.model_fields.items() if name.startswith("graphql_")}
    assert listed == {name.upper(): _written(field.default) for name, field in fields.items()}


def _written(default: object) -> str:
    value = getattr(default, "value", default)
    return str(value).lower() if value not in (None, ()) else ""


def test_codes_are_those_of_the_program() -> None:
    listed = set(
        re.findall(r"^\| `([A-Z_]+)` \| [a-z`]", TEXT.partition("## Errors")[2].partition("## ")[0], re.MULTILINE)
    )
    assert listed == {code.value for code in Code}
