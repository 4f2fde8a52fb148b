"""PostgREST's protocol on a foreign database, over HTTP. See cases.py for what a case is."""

from __future__ import annotations

import time

import pytest

from tests.rest.contract.cases import Case, read_cases
from tests.rest.contract.check import check
from tests.rest.contract.conftest import Bazaar

CASES = list(read_cases())
_PATIENCE_S = 10.0


def _check_soon(bazaar: Bazaar, case: Case) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return check(case, bazaar.send(case))
        except AssertionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_case(bazaar: Bazaar, case: Case) -> None:
    bazaar.prepare(case)
    try:
        if case.soon:
            _check_soon(bazaar, case)
        else:
            check(case, bazaar.send(case))
        if case.then:
            assert bazaar.database.execute(f"select ({case.then['sql']})::text") == [(case.then["is"],)]
    finally:
        if case.after:
            bazaar.database.execute(case.after)
        if case.changes:
            bazaar.restore()


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 700
