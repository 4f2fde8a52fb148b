"""The codes of problem documents: unique, registered in the documentation, discreet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gateway.auth.tokens import TokenError
from gateway.lanes import DatabaseError, OutcomeUnknown, Unavailable
from gateway.problems import Expected, Fault, problem_of
from services.objects import StoreUnavailableError

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "problems.md"


def test_codes_are_unique() -> None:
    assert len({fault.code for fault in Fault}) == len(Fault)


def test_every_code_is_registered_with_its_status_and_title() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| `DG")]
    registered = [tuple(cell.strip(" `") for cell in row.split("|")[1:4]) for row in rows]
    assert registered == [(fault.code, str(fault.status), f"{fault.title}.") for fault in Fault]


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Unavailable("no lane"), 503, "DG011"),
        (OutcomeUnknown("lost"), 503, "DG012"),
        (DatabaseError("57P01", "terminating connection"), 503, "DG011"),
        (DatabaseError("53300", "too many connections"), 503, "DG011"),
        (DatabaseError("42501", "permission denied for table secrets"), 500, "DG008"),
        (StoreUnavailableError("refused"), 503, "DG015"),
        (TokenError("PGRST303", "JWT expired"), 401, "PGRST303"),
    ],
)
def test_errors_from_below_say_nothing_of_the_inside(error: Expected, status: int, code: str) -> None:
    answer = problem_of(error).response("r-1")
    document = json.loads(bytes(answer.body))
    assert (answer.status_code, document["status"], document["code"]) == (status, status, code)
    assert "secrets" not in str(document)
    assert ("retry-after" in answer.headers) == (status == 503)
