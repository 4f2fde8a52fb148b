"""Filters and orders that follow links to other relations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database


@pytest.mark.parametrize(
    ("filter_", "names"),
    [
        ('{account: {username: {eq: "nour"}}}', ["lamp", "book"]),
        ("{account: {}}", ["lamp", "book", "cup"]),
        ("{account: null}", ["lamp", "book", "cup"]),
        ('{reviewer: {not: {username: {eq: "omar"}}}}', ["cup"]),
        ('{not: {reviewer: {username: {eq: "omar"}}}}', ["lamp", "cup"]),
        ('{account: {parent: {username: {eq: "nour"}}}}', ["cup"]),
        ('{note: {body: {startsWith: "fra"}}}', ["lamp"]),
        ("{hidden: {id: {gt: 0}}}", ["book"]),
        ('{or: [{note: {id: {eq: 1}}}, {account: {username: {eq: "omar"}}}]}', ["lamp", "cup"]),
        ('{account: {username: {eq: "nour"}}, reviewer: {id: {eq: 2}}}', ["book"]),
    ],
)
async def test_by_the_one_partner(reading: Client, filter_: str, names: list[str]) -> None:
    data = await reading.data(f"{{itemCollection(filter: {filter_}) {{edges {{node {{name}}}}}}}}")
    assert [edge["node"]["name"] for edge in data["itemCollection"]["edges"]] == names


@pytest.mark.parametrize(
    ("filter_", "ids"),
    [
        ("{accountCollection: {some: {age: {gt: 35}}}}", [1]),
        ("{accountCollection: {some: {}}}", [1]),
        ("{accountCollection: {none: {}}}", [2, 3]),
        ("{accountCollection: {none: {age: {gt: 35}}}}", [2, 3]),
        ("{accountCollection: {every: {age: {gt: 35}}}}", [2, 3]),
        ('{accountCollection: {every: {username: {neq: "x"}}}}', [1, 2, 3]),
        ('{accountCollection: {some: {username: {eq: "alaa"}}, none: {age: {gt: 50}}}}', [1]),
        ("{accountCollection: {}}", [1, 2, 3]),
        ('{children: {some: {username: {eq: "omar"}}}}', [1]),
        ('{itemCollection: {some: {note: {body: {eq: "fragile"}}}}}', [1]),
        ("{not: {accountCollection: {some: {parent: {accountCollection: {none: {}}}}}}}", [1, 2, 3]),
    ],
)
async def test_by_many_partners(reading: Client, filter_: str, ids: list[int]) -> None:
    data = await reading.data(f"{{accountCollection(filter: {filter_}) {{totalCount edges {{node {{id}}}}}}}}")
    assert [edge["node"]["id"] for edge in data["accountCollection"]["edges"]] == ids
    assert data["accountCollection"]["totalCount"] == len(ids)


async def test_by_variables(reading: Client) -> None:
    query = "query ($f: ItemFilter) {itemCollection(filter: $f) {edges {node {name}}}}"
    for username, names in (("omar", ["cup"]), ("nour", ["lamp", "book"])):
        data = await reading.data(query, {"f": {"account": {"username": {"eq": username}}}})
        assert [edge["node"]["name"] for edge in data["itemCollection"]["edges"]] == names
    assert len((await reading.data(query, {"f": {"account": {}}}))["itemCollection"]["edges"]) == 3


def test_only_columns_that_the_role_may_read(people: Database) -> None:
    types: Any = role_api(people, "reading", "anon").schema.type_map
    assert "age" not in types["AccountFilter"].fields
    assert "note" not in types["ItemFilter"].fields
    assert str(types["ItemFilter"].fields["account"].type) == "AccountFilter"


ORDERS = [
    ("[{account: {username: AscNullsLast}}]", ["lamp", "book", "cup"]),
    ("[{account: {username: DescNullsLast}}]", ["cup", "lamp", "book"]),
    ("[{reviewer: {username: AscNullsFirst}}]", ["lamp", "cup", "book"]),
    ("[{reviewer: {username: DescNullsLast}}, {name: AscNullsLast}]", ["book", "cup", "lamp"]),
    ("[{account: {parent: {username: AscNullsLast}}}, {name: DescNullsLast}]", ["cup", "lamp", "book"]),
    ("[{note: {body: DescNullsLast}}, {account: {parent: {id: AscNullsLast}}}]", ["lamp", "cup", "book"]),
    ("[{label: DescNullsLast}]", ["cup", "lamp", "book"]),
    ("[{account: {shout: DescNullsLast}}, {label: AscNullsLast}]", ["cup", "book", "lamp"]),
    ("[{account: {}}]", ["lamp", "book", "cup"]),
]


@pytest.mark.parametrize(("order", "names"), ORDERS)
async def test_order_by_a_partner_or_a_computed_field(reading: Client, order: str, names: list[str]) -> None:
    data = await reading.data(f"{{itemCollection(orderBy: {order}) {{edges {{node {{name}}}}}}}}")
    assert [edge["node"]["name"] for edge in data["itemCollection"]["edges"]] == names


@pytest.mark.parametrize(("order", "names"), ORDERS)
@pytest.mark.parametrize(("size", "side"), [("first", "after"), ("last", "before")])
async def test_pages_in_such_an_order(reading: Client, size: str, side: str, order: str, names: list[str]) -> None:
    query = (
        f"query ($at: Cursor) {{itemCollection(orderBy: {order}, {size}: 1, {side}: $at) "
        "{edges {cursor node {name}} pageInfo {hasNextPage hasPreviousPage startCursor endCursor}}}"
    )
    found, at, infos = [], None, []
    for _page in names:
        page = (await reading.data(query, {"at": at}))["itemCollection"]
        found += [edge["node"]["name"] for edge in page["edges"]]
        infos.append((page["pageInfo"]["hasPreviousPage"], page["pageInfo"]["hasNextPage"]))
        at = page["edges"][0]["cursor"]
        assert page["pageInfo"]["startCursor"] == page["pageInfo"]["endCursor"] == at
    in_order = [(False, True), (True, True), (True, False)]
    forward = size == "first"
    assert (found, infos) == ((names, in_order) if forward else (names[::-1], in_order[::-1]))


async def test_an_element_of_an_order_names_one_field(reading: Client) -> None:
    query = "{itemCollection(orderBy: [{account: {id: AscNullsLast, username: AscNullsLast}}]) {edges {cursor}}}"
    assert (await reading.error(query))["extensions"]["code"] == "BAD_USER_INPUT"
