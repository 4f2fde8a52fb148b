"""pg_graphql's contract on a foreign database, over HTTP. See case.py for what a case is."""

from __future__ import annotations

import json
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from tests.graphql.harbor import cases
from tests.graphql.harbor.case import UNSAID, Case
from tests.graphql.harbor.conftest import Harbor, fits
from tests.rest.contract.check import plain


def _all() -> list[tuple[str, Case]]:
    modules = [import_module(f"{cases.__name__}.{found.name}") for found in iter_modules(cases.__path__)]
    return [(f"{module.__name__.rpartition('.')[2]}-{case.name}", case) for module in modules for case in module.CASES]


ALL = _all()


def _same(found: Any, wanted: Any) -> bool:
    return json.dumps(plain(found), sort_keys=True) == json.dumps(plain(wanted), sort_keys=True)


def _check(case: Case, answer: dict[str, Any]) -> None:
    shown = json.dumps(answer, ensure_ascii=False)[:3000]
    if case.errors is None:
        assert not answer.get("errors"), shown
    else:
        assert fits(case.errors, answer), shown
    if case.data is not UNSAID:
        assert _same(answer.get("data"), case.data), f"{shown}\nwanted {json.dumps(case.data, ensure_ascii=False)}"


@pytest.mark.parametrize("case", [case for _, case in ALL], ids=[name for name, _ in ALL])
def test_case(ready: Harbor, case: Case) -> None:
    try:
        _check(case, ready.send(case))
        if case.then:
            assert ready.value(case.then[0]) == case.then[1]
    finally:
        if case.changes:
            ready.restore()


def test_there_are_enough_cases() -> None:
    assert len(ALL) >= 400
    assert len({name for name, _ in ALL}) == len(ALL)
