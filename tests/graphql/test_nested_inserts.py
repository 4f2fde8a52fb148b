"""Rows that are inserted along with the rows that they are linked to, in one transaction."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import print_type

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database

DOCUMENT = """mutation ($o: [PurchaseInsertInput!]!) {insertIntoPurchaseCollection(objects: $o) {
    affectedCount
    records {
        note customer {email name} referrer {email}
        lineCollection {edges {node {quantity product {code title}}}}
    }
}}"""


async def place(shop: Client, *objects: dict[str, Any]) -> Any:
    return (await shop.data(DOCUMENT, {"o": list(objects)}))["insertIntoPurchaseCollection"]


async def test_partners_come_first_and_those_who_refer_come_after(shop: Client) -> None:
    answer = await place(
        shop,
        {
            "note": "one",
            "customer": {"email": "a@example.com", "name": "A"},
            "referrer": {"email": "b@example.com"},
            "lineCollection": [
                {"product": {"code": "p1", "title": "P1"}, "quantity": 2},
                {"product": {"code": "p2"}},
            ],
        },
        {"note": "two", "customer": {"email": "c@example.com"}, "lineCollection": {"productCode": "p1"}},
        {"note": "three", "customer": {"email": "d@example.com"}, "referrer": None},
    )
    assert answer["affectedCount"] == 3
    lines = [
        [(edge["node"]["product"]["code"], edge["node"]["quantity"]) for edge in record["lineCollection"]["edges"]]
        for record in answer["records"]
    ]
    assert lines == [[("p1", 2), ("p2", 1)], [("p1", 1)], []]
    assert [record["customer"]["email"][0] for record in answer["records"]] == ["a", "c", "d"]
    assert [record["referrer"] for record in answer["records"]] == [{"email": "b@example.com"}, None, None]


async def test_some_rows_name_a_partner_and_others_make_one(shop: Client) -> None:
    made = await shop.data('mutation {insertIntoCustomerCollection(objects: {email: "known@x"}) {records {id}}}')
    known = made["insertIntoCustomerCollection"]["records"][0]["id"]
    answer = await place(shop, {"customerId": known}, {"customer": {"email": "new@x"}}, {"customerId": known})
    assert [record["customer"]["email"] for record in answer["records"]] == ["known@x", "new@x", "known@x"]


async def test_deeper_trees(shop: Client) -> None:
    document = """mutation {insertIntoCustomerCollection(objects: [
        {email: "deep1@x", purchaseCollection: [{note: "x", lineCollection: [{product: {code: "deep"}}]}, {note: "y"}]},
        {email: "deep2@x", referrals: [{note: "z", customer: {email: "deep3@x"}}]}
    ]) {records {
        email
        purchaseCollection {edges {node {note lineCollection {edges {node {productCode}}}}}}
        referrals {edges {node {note customer {email}}}}
    }}}"""
    one, two = (await shop.data(document))["insertIntoCustomerCollection"]["records"]
    assert [edge["node"]["note"] for edge in one["purchaseCollection"]["edges"]] == ["x", "y"]
    assert one["purchaseCollection"]["edges"][0]["node"]["lineCollection"]["edges"] == [
        {"node": {"productCode": "deep"}}
    ]
    assert two["referrals"]["edges"] == [{"node": {"note": "z", "customer": {"email": "deep3@x"}}}]


async def test_a_failure_anywhere_undoes_everything(shop: Client, people: Database) -> None:
    lines = [{"product": {"code": "undone"}, "quantity": 0}]
    error = await shop.error(DOCUMENT, {"o": [{"customer": {"email": "undone@x"}, "lineCollection": lines}]})
    assert error["extensions"]["code"] == "23514"
    assert people.execute("select 1 from shop.customer where email = 'undone@x'") == []
    assert people.execute("select 1 from shop.product where code = 'undone'") == []


async def test_policies_decide_about_each_row(shop: Client) -> None:
    made = await shop.data(
        'mutation {insertIntoCustomerCollection(objects: {email: "mine@x"}) {records {id}}}', user=1002
    )
    foreign = made["insertIntoCustomerCollection"]["records"][0]["id"]
    lines = [{"product": {"code": "foreign"}}]
    error = await shop.error(DOCUMENT, {"o": [{"customerId": foreign, "lineCollection": lines}]})
    assert error["extensions"]["code"] == "42501"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"customer": {}}, "BAD_USER_INPUT"),
        ({"customer": {"nothing": 1}}, "BAD_USER_INPUT"),
        ({"customer": None}, "42501"),
    ],
)
async def test_what_can_not_be(shop: Client, given: dict[str, Any], code: str) -> None:
    error = await shop.error(DOCUMENT, {"o": [given]})
    assert error["extensions"]["code"] == code


async def test_rows_that_are_left_out_have_no_partners(shop: Client) -> None:
    document = """mutation {insertIntoProductCollection(
        objects: [{code: "left", lineCollection: [{quantity: 1}]}], onConflict: {constraint: product_pkey}
    ) {affectedCount}}"""
    await shop.data('mutation {insertIntoProductCollection(objects: {code: "left"}) {affectedCount}}')
    assert (await shop.error(document))["message"] == "not every row of a nested insert was added"


def test_shapes_have_plans_of_their_own(people: Database) -> None:
    api = role_api(people, "shop", "authenticated")
    customer = {"email": "x"}
    first, second, third = [
        api.compile(DOCUMENT, {"o": [given]})
        for given in ({"customer": customer}, {"customerId": "1"}, {"customer": customer, "lineCollection": []})
    ]
    assert ([len(first), len(second)], [one.sql for one in first]) == ([5, 2], [one.sql for one in third])


def test_types_follow_privileges(people: Database) -> None:
    schema = role_api(people, "shop", "authenticated").schema
    printed = print_type(schema.type_map["PurchaseInsertInput"]).split("\n")
    assert [line.strip() for line in printed[1:-1]] == [
        "customerId: BigInt",
        "referrerId: BigInt",
        "note: String",
        "placed: Date",
        "customer: CustomerInsertInput",
        "referrer: CustomerInsertInput",
        "lineCollection: [LineInsertInput!]",
        "receipt: ReceiptInsertInput",
    ]
    assert "lineCollection" not in print_type(schema.type_map["PurchaseUpdateInput"])
