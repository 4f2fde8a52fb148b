"""pg_graphql's contract on a foreign database, over HTTP. See cases.py for what a case is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphql.contract.cases import Case, read_cases
from tests.graphql.contract.conftest import Contract

CASES = list(read_cases())


def in_any_order(value: Any) -> Any:
    """`value` with lists of named things, as introspection gives them, in the order of the names."""
    if isinstance(value, dict):
        return {key: in_any_order(inner) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    items = [in_any_order(item) for item in value]
    named = all(isinstance(item, dict) and isinstance(item.get("name"), str) for item in items)
    return sorted(items, key=lambda item: item["name"]) if named else items


def check(case: Case, answer: dict[str, Any]) -> None:
    if case.error is None:
        assert "errors" not in answer, answer
        assert in_any_order(answer["data"]) == in_any_order(case.data)
    else:
        assert answer["data"] is None, answer
        assert case.error.lower() in answer["errors"][0]["message"].lower()


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_case(contract: Contract, case: Case) -> None:
    try:
        check(case, contract.send(case))
        if case.then:
            assert contract.database.execute(f"select ({case.then['sql']})::text") == [(case.then["is"],)]
    finally:
        if case.changes:
            contract.restore()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 300
