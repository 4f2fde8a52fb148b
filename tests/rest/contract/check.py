"""Whether an answer is what its case says."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from tests.rest.contract.cases import UNSAID, Case


def check(case: Case, answer: httpx.Response) -> None:
    """Fails where the answer differs."""
    shown = f"{answer.status_code} {dict(answer.headers)} {answer.text[:2000]}"
    assert answer.status_code == case.status, shown
    for name, value in case.with_.items():
        assert _fits(value, ", ".join(answer.headers.get_list(name))), f"{name}: {shown}"
    assert not [name for name in case.without if name in answer.headers], shown
    _check_body(case, answer, shown)


def _check_body(case: Case, answer: httpx.Response, shown: str) -> None:
    if case.text is not None:
        assert answer.text == case.text, shown
    if case.like is not None:
        assert re.search(case.like, answer.text), shown
    if case.body is not UNSAID:
        assert same(answer.json(), case.body), shown
    if case.rows is not None:
        assert [row["id"] for row in answer.json()] == case.rows, shown
    if case.has is not None:
        assert contains(answer.json(), case.has), shown
    if case.err is not None:
        _check_error(case.err, answer.json(), shown)


def _check_error(wanted: Any, body: Any, shown: str) -> None:
    members = {"code": wanted} if isinstance(wanted, str) else wanted
    assert set(body) == {"code", "message", "details", "hint"}, shown
    for name, value in members.items():
        found = body[name]
        assert _fits(value, found) if isinstance(value, str) else found == value, f"{name}: {shown}"


def _fits(wanted: str, found: Any) -> bool:
    if wanted.startswith("/") and wanted.endswith("/") and len(wanted) > 1:
        return isinstance(found, str) and re.search(wanted[1:-1], found) is not None
    return bool(found == wanted)


def same(found: Any, wanted: Any) -> bool:
    """Equal, where 1 is not true; in objects the order of the members counts too."""
    return json.dumps(plain(found)) == json.dumps(plain(wanted))


def plain(value: Any) -> Any:
    """The value, in which whole numbers are integers however they were written."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def contains(found: Any, wanted: Any) -> bool:
    """Whether all members of `wanted` are in `found`, at every depth; a pattern between slashes has to fit."""
    if isinstance(wanted, dict):
        return isinstance(found, dict) and all(key in found and contains(found[key], wanted[key]) for key in wanted)
    if isinstance(wanted, str):
        return _fits(wanted, found)
    return bool(found == wanted)
