"""Whole collections, page by page: in every order, from both ends, every row once and in the order of the whole."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphql.harbor.case import Case
from tests.graphql.harbor.cases.corners import WALKS
from tests.graphql.harbor.conftest import Harbor

_WHOLE = "{ shipsCollection(orderBy: [{%s: %s}]) { edges { node { id } } } }"
_PAGE = (
    "query ($c: Cursor) { shipsCollection(orderBy: [{%s: %s}], %s: $c, %s: 2) "
    "{ pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { id } } } }"
)


def _ids(connection: dict[str, Any]) -> list[int]:
    return [edge["node"]["id"] for edge in connection["edges"]]


def _ask(harbor: Harbor, query: str, cursor: str | None = None) -> dict[str, Any]:
    answer = harbor.send(Case("walk", query, variables={"c": cursor} if cursor else None))
    assert "errors" not in answer, answer
    return dict(answer["data"]["shipsCollection"])


def _forward(harbor: Harbor, query: str) -> list[int]:
    page = _ask(harbor, query)
    found = _ids(page)
    while page["pageInfo"]["hasNextPage"]:
        page = _ask(harbor, query, page["pageInfo"]["endCursor"])
        found += _ids(page)
    return found


def _backward(harbor: Harbor, query: str) -> list[int]:
    page = _ask(harbor, query)
    found = _ids(page)
    while page["pageInfo"]["hasPreviousPage"]:
        page = _ask(harbor, query, page["pageInfo"]["startCursor"])
        found = _ids(page) + found
    return found


@pytest.mark.parametrize(("column", "direction"), WALKS)
def test_a_walk(ready: Harbor, column: str, direction: str) -> None:
    whole = _ids(_ask(ready, _WHOLE % (column, direction)))
    assert sorted(whole) == [1, 2, 3, 4, 5]
    assert _forward(ready, _PAGE % (column, direction, "after", "first")) == whole
    assert _backward(ready, _PAGE % (column, direction, "before", "last")) == whole
