"""`onConflict`: rows that meet a unique constraint are updated or left alone."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import print_type

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database

DOCUMENT = """mutation ($o: [ProductInsertInput!]!, $c: ProductOnConflict) {
    insertIntoProductCollection(objects: $o, onConflict: $c) {affectedCount records {code title price}}
}"""


async def put(shop: Client, conflict: Any, *objects: dict[str, Any]) -> Any:
    return (await shop.data(DOCUMENT, {"o": list(objects), "c": conflict}))["insertIntoProductCollection"]


async def test_named_columns_take_their_new_values(shop: Client) -> None:
    await put(shop, None, {"code": "a", "title": "A", "price": 1})
    conflict = {"constraint": "product_pkey", "update": ["price"]}
    answer = await put(shop, conflict, {"code": "a", "title": "ignored", "price": 2}, {"code": "b", "price": 3})
    assert answer == {
        "affectedCount": 2,
        "records": [{"code": "a", "title": "A", "price": 2}, {"code": "b", "title": "untitled", "price": 3}],
    }


@pytest.mark.parametrize(("code", "update"), [("k", {}), ("l", {"update": []}), ("m", {"update": None})])
async def test_without_columns_rows_stay_as_they_are(shop: Client, code: str, update: dict[str, Any]) -> None:
    await put(shop, None, {"code": code, "price": 1})
    answer = await put(shop, {"constraint": "product_pkey"} | update, {"code": code, "price": 2}, {"code": f"{code}2"})
    assert answer["records"] == [{"code": f"{code}2", "title": "untitled", "price": None}]
    kept = "query ($c: String) {productCollection(filter: {code: {eq: $c}}) {edges {node {price}}}}"
    data = await shop.data(kept, {"c": code})
    assert data["productCollection"]["edges"] == [{"node": {"price": 1}}]


async def test_only_rows_that_match_are_updated(shop: Client) -> None:
    await put(shop, None, {"code": "cheap", "price": 1}, {"code": "dear", "price": 9})
    conflict = {"constraint": "product_pkey", "update": ["price"], "where": {"price": {"lt": 5}}}
    answer = await put(shop, conflict, {"code": "cheap", "price": 2}, {"code": "dear", "price": 2})
    assert answer["records"] == [{"code": "cheap", "title": "untitled", "price": 2}]


async def test_literals(shop: Client) -> None:
    document = """mutation ($name: String!) {insertIntoCustomerCollection(
        objects: {email: "l@example.com", name: $name}, onConflict: {constraint: customer_email_key, update: name}
    ) {records {name visits}}}"""
    for name in ("first", "second"):
        data = await shop.data(document, {"name": name})
        assert data["insertIntoCustomerCollection"]["records"] == [{"name": name, "visits": 1}]


async def test_without_on_conflict_a_taken_key_fails(shop: Client) -> None:
    await put(shop, None, {"code": "taken"})
    error = await shop.error(DOCUMENT, {"o": [{"code": "taken"}]})
    assert error["extensions"]["code"] == "23505"


async def test_rows_that_one_may_not_see_are_not_changed(shop: Client) -> None:
    document = """mutation {insertIntoCustomerCollection(
        objects: {email: "other@example.com"}, onConflict: {constraint: customer_email_key, update: [visits]}
    ) {affectedCount}}"""
    await shop.data(document, user=1002)
    assert (await shop.error(document))["extensions"]["code"] == "42501"


def test_types_follow_privileges(people: Database) -> None:
    schema = role_api(people, "shop", "authenticated").schema
    assert print_type(schema.type_map["CustomerOnConflict"]).split("\n")[0] == "input CustomerOnConflict {"
    assert [*schema.type_map["CustomerUpdateColumn"].to_kwargs()["values"]] == ["name", "visits"]
    assert [*schema.type_map["CustomerConstraint"].to_kwargs()["values"]] == ["customer_email_key", "customer_pkey"]
