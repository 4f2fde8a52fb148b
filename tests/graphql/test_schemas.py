"""The whole schema as each role has it, as golden files. `GOLDEN=write` in the environment writes them anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from graphql import lexicographic_sort_schema, print_schema, validate_schema

from gateway.graphql.directives import read_directive
from gateway.graphql.domains import values_of
from tests.graphql.conftest import role_api
from tests.support.databases import Database

_SCHEMAS = Path(__file__).parent / "schemas"


@pytest.mark.parametrize(("schema", "role"), [("api", "anon"), ("api", "authenticated"), ("library", "authenticated")])
def test_schema(schema: str, role: str, people: Database) -> None:
    made = role_api(people, schema, role).schema
    assert validate_schema(made) == []
    printed = print_schema(lexicographic_sort_schema(made)) + "\n"
    path = _SCHEMAS / f"{schema}_{role}.graphql"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(printed)
    assert path.read_text() == printed


def test_a_role_without_any_right_can_still_ask(people: Database) -> None:
    api = role_api(people, "library", "gateway")
    assert set(api.surface.query) == {"node"}
    assert len(api.compile("{__typename}")) == 1


def test_closed_sets_are_enums(people: Database) -> None:
    types = role_api(people, "api", "authenticated")._catalog.types.values()
    closed = [type_ for type_ in types if type_.name[0] == "api" and values_of(type_.checks)]
    assert len(closed) > 30
    assert [type_.name[1] for type_ in closed if not read_directive(type_.comment).enum] == []
