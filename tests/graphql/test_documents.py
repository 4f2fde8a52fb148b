"""What is left of a document once it is prepared, and the rules that are left out where they can't apply."""

from __future__ import annotations

import gc

import pytest
from graphql import FieldNode, Source

from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database

DOCUMENT = "query Q ($f: ItemFilter) {itemCollection(filter: $f) {edges {node {name account {username}}}}} # %d"


def test_prepared_operations_keep_no_document(people: Database) -> None:
    api = role_api(people, "reading", "authenticated")
    for number in range(3):
        api.compile(DOCUMENT % number, {"f": {"name": {"eq": str(number)}}})
    gc.collect()
    nodes = [kept for kept in gc.get_objects() if isinstance(kept, FieldNode | Source)]
    assert [node for node in nodes if isinstance(node, Source) and "itemCollection" in node.body] == []
    assert [node for node in nodes if isinstance(node, FieldNode) and node.name.value == "itemCollection"] == []


async def test_further_plans_are_made_of_the_text(reading: Client) -> None:
    prepared = (await reading.endpoint.api("authenticated")).prepare(DOCUMENT % 0, "Q")
    for filter_, rows in (({"name": {"eq": "lamp"}}, 1), ({}, 3), ({"account": {"username": {"eq": "nour"}}}, 2)):
        data = await reading.data(DOCUMENT % 0, {"f": filter_}, operationName="Q")
        assert len(data["itemCollection"]["edges"]) == rows
    assert len(prepared._plans) == 3


@pytest.mark.parametrize(
    "document",
    [
        "{...F}",
        "fragment F on Query {__typename} {__typename}",
        "fragment F on Item {nope} {itemCollection {edges {node {...F}}}}",
        "{... on Nope {a}}",
        "{... on Item {name}}",
        "query ($a: Nope) {__typename}",
        "query ($a: Int) {__typename}",
        "{itemCollection(first: $a) {edges {cursor}}}",
        "query ($a: Int, $a: Int) {itemCollection(first: $a) {edges {cursor}}}",
        "query ($a: String) {itemCollection(first: $a) {edges {cursor}}}",
        "query ($a: Item) {itemCollection(first: $a) {edges {cursor}}}",
        "{__typename @nope}",
        "{__typename @skip}",
        "{__typename @skip(if: true) @skip(if: false)}",
        "{itemCollection(first: 1, first: 2) {edges {cursor}}}",
        "{itemCollection(first: 1) {edges {cursor}} itemCollection {edges {cursor}}}",
        "subscription {a}",
        "{itemCollection}",
        "{__typename {a}}",
        "query A {__typename} query A {__typename}",
        "type A {a: Int} {__typename}",
    ],
)
async def test_no_rule_is_forgotten(reading: Client, document: str) -> None:
    error = await reading.error(document)
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert error["locations"]


async def test_at_most_twenty_errors_are_told(reading: Client) -> None:
    fields = " ".join(f"nope{number}" for number in range(100))
    assert len((await reading.post(f"{{itemCollection {{{fields}}}}}"))["errors"]) == 20
