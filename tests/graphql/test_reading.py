"""Rows by their key, aggregates, and what may be null."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("accountByPk(id: 2) {username}", {"accountByPk": {"username": "omar"}}),
        ("accountByPk(id: 9) {username}", {"accountByPk": None}),
        ("itemByPk(orderId: 1, lineNo: 2) {name account {username}}",
         {"itemByPk": {"name": "book", "account": {"username": "nour"}}}),
        ("hiddenByPk(id: 1) {id}", {"hiddenByPk": None}),
        ("personByPk(id: 3) {username account {username}}",
         {"personByPk": {"username": "alaa", "account": {"username": "nour"}}}),
        ("a: accountByPk(id: 1) {id} b: accountByPk(id: 2) {id}", {"a": {"id": 1}, "b": {"id": 2}}),
    ],
)  # fmt: skip
async def test_a_row_by_its_key(reading: Client, query: str, expected: Any) -> None:
    assert await reading.data(f"{{{query}}}") == expected


async def test_a_key_by_variables_and_its_absence(reading: Client) -> None:
    query = "query ($order: Int!, $line: Int!) {itemByPk(orderId: $order, lineNo: $line) {name}}"
    assert await reading.data(query, {"order": 2, "line": 1}) == {"itemByPk": {"name": "cup"}}
    assert "required" in (await reading.error("{itemByPk(orderId: 1) {name}}"))["message"]


ITEMS = "itemCollection%s {aggregate {%s}}"


@pytest.mark.parametrize(
    ("arguments", "selected", "expected"),
    [
        ("", "count", {"count": 3}),
        ("", "sum {quantity weight}", {"sum": {"quantity": 7, "weight": 1.75}}),
        ("", "sum {volume price}", {"sum": {"volume": "9007199254740994", "price": 14.75}}),
        ("", "avg {quantity}", {"avg": {"quantity": 3.5}}),
        ("", "min {name quantity volume price bought isGift}",
         {"min": {"name": "book", "quantity": 2, "volume": "1", "price": 4.25, "bought": "2026-01-01",
                  "isGift": False}}),
        ("", "max {name isGift}", {"max": {"name": "lamp", "isGift": True}}),
        ("(first: 1)", "n: count s: sum {q: quantity}", {"n": 3, "s": {"q": 7}}),
        ("(filter: {name: {eq: \"cup\"}})", "count sum {quantity}", {"count": 1, "sum": {"quantity": None}}),
        ("(filter: {name: {eq: \"?\"}})", "count min {name}", {"count": 0, "min": {"name": None}}),
        ("", "__typename", {"__typename": "ItemAggregate"}),
        ("(filter: {name: {eq: \"?\"}})", "__typename max {__typename}",
         {"__typename": "ItemAggregate", "max": {"__typename": "ItemMaxAggregateResult"}}),
    ],
)  # fmt: skip
async def test_aggregates(reading: Client, arguments: str, selected: str, expected: Any) -> None:
    data = await reading.data(f"{{{ITEMS % (arguments, selected)}}}")
    assert data == {"itemCollection": {"aggregate": expected}}


async def test_aggregates_of_the_rows_of_each_row(reading: Client) -> None:
    data = await reading.data(
        "{accountCollection {totalCount edges {node {username accountCollection {aggregate {count max {age}}}}}}}"
    )
    counts = [edge["node"]["accountCollection"]["aggregate"] for edge in data["accountCollection"]["edges"]]
    assert counts == [
        {"count": 2, "max": {"age": 40}},
        {"count": 0, "max": {"age": None}},
        {"count": 0, "max": {"age": None}},
    ]
    assert data["accountCollection"]["totalCount"] == 3


def test_aggregates_name_only_columns_that_the_role_may_read(people: Database) -> None:
    types = role_api(people, "reading", "anon").schema.type_map
    assert set(types["AccountMaxAggregateResult"].fields) == {"id", "username", "parentId"}  # type: ignore[attr-defined]
    assert "NoteAggregate" not in types


@pytest.mark.parametrize(
    ("type_", "field", "expected"),
    [
        ("Item", "account", "Account!"),
        ("Item", "accountId", "Int!"),
        ("Item", "reviewer", "Account"),
        ("Item", "hidden", "Hidden"),
        ("Item", "note", "Note"),
        ("Note", "item", "Item"),
        ("Account", "parent", "Account"),
        ("Account", "accountCollection", "AccountConnection!"),
        ("Account", "children", "PersonConnection!"),
        ("Person", "account", "Account"),
        ("Person", "username", "String"),
        ("Distant", "account", "Account!"),
        ("Distant", "accountId", "Int!"),
        ("Account", "distantCollection", "DistantConnection!"),
        ("Account", "oldest", "Account"),
        ("Query", "distantByPk", "Distant"),
        ("Query", "accountCollection", "AccountConnection!"),
        ("Query", "accountByPk", "Account"),
        ("AccountConnection", "aggregate", "AccountAggregate"),
        ("AccountAggregate", "count", "Int!"),
        ("AccountEdge", "node", "Account!"),
        ("ItemSumAggregateResult", "quantity", "BigInt"),
        ("ItemSumAggregateResult", "weight", "BigFloat"),
        ("ItemAvgAggregateResult", "volume", "BigFloat"),
        ("ItemMinAggregateResult", "price", "BigFloat"),
    ],
)
def test_what_may_be_null(people: Database, type_: str, field: str, expected: str) -> None:
    types = role_api(people, "reading", "authenticated").schema.type_map
    assert str(types[type_].fields[field].type) == expected  # type: ignore[attr-defined]


async def test_views_are_read_like_tables(reading: Client) -> None:
    data = await reading.data("{ageGroupCollection {edges {node {age people}}} ageGroupByPk(age: 40) {people nodeId}}")
    assert data["ageGroupCollection"]["edges"] == [{"node": {"age": age, "people": "1"}} for age in (30, 40)]
    node = data["ageGroupByPk"]["nodeId"]
    again = await reading.data("query ($id: ID!) {node(nodeId: $id) {... on AgeGroup {age}}}", {"id": node})
    assert again == {"node": {"age": 40}}


async def test_a_computed_partner(reading: Client) -> None:
    query = "{accountCollection {edges {node {oldest {username oldest {username}}}}}}"
    nodes = [edge["node"] for edge in (await reading.data(query))["accountCollection"]["edges"]]
    assert nodes == [{"oldest": {"username": "omar", "oldest": None}}, {"oldest": None}, {"oldest": None}]


async def test_hidden_rows_are_no_partners(reading: Client) -> None:
    data = await reading.data("{itemCollection(filter: {hiddenId: {lt: 3}}) {edges {node {hiddenId hidden {id}}}}}")
    nodes = [edge["node"] for edge in data["itemCollection"]["edges"]]
    assert nodes == [{"hiddenId": 1, "hidden": None}, {"hiddenId": 2, "hidden": {"id": 2}}]
