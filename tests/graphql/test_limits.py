"""The limits by their settings: what is refused names the setting and its value, and no query runs."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from graphql import get_introspection_query

from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.graphql.options import options_of
from gateway.http import Request
from gateway.lanes import Lanes, LanesConfig
from gateway.settings import ApiSettings
from tests.graphql.conftest import JSON_BODY, Client
from tests.support.pace import parsing

PAGES = "{userCollection(first: 20) {edges {node {posts%s {edges {node {id author {id}}}}}}}}"


def limited(client: Client, lanes: Lanes | None = None, **limits: int) -> Client:
    settings = ApiSettings(**{f"graphql_{name}": value for name, value in limits.items()})
    return Client(GraphQLEndpoint(lanes or client.endpoint._lanes, client.endpoint._catalog, options_of(settings)))


def over(error: dict[str, Any]) -> tuple[str, int]:
    assert error["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert f"({error['extensions']['limit']['name']})" in error["message"]
    return error["extensions"]["limit"]["name"], error["extensions"]["limit"]["value"]


@pytest.mark.parametrize(
    ("limit", "document", "variables"),
    [
        ({"max_document_bytes": 10}, "{me {id name}}", {}),
        ({"max_tokens": 5}, "{me {id name}}", {}),
        ({"max_definitions": 1}, "{me {...a}} fragment a on User {id}", {}),
        ({"max_depth": 2}, "{me {stats {followerCount}}}", {}),
        ({"max_fields": 2}, "{me {id name}}", {}),
        ({"max_aliases": 0}, "{a: me {id}}", {}),
        ({"max_root_fields": 1}, "{me {id} feed(limit: 1) {pageInfo {endCursor}}}", {}),
        ({"max_repetitions": 1}, "{me {id id}}", {}),
        ({"max_variables_bytes": 100}, "query ($n: BigInt!) {timeOfId(id: $n)}", {"n": "1", "x": "x" * 100}),
        (
            {"max_conditions": 1},
            "query ($f: UserFilter) {userCollection(filter: $f) {edges {cursor}}}",
            {"f": {"and": [{"id": {"eq": 1}}]}},
        ),
        ({"max_first": 9}, "{userCollection(first: 10) {edges {cursor}}}", {}),
        ({"max_first": 9}, "query ($n: Int) {userCollection(last: $n) {edges {cursor}}}", {"n": 10}),
        ({"max_introspections": 0}, "{__schema {queryType {name}}}", {}),
        ({"max_introspection_depth": 1}, "{__type(name: \"User\") {fields {type {fields {name}}}}}", {}),
        ({"max_cost": 1_219}, PAGES % "", {}),
        ({"max_cost": 1_219}, PAGES % "(first: 30)", {}),
        ({"max_cost": 19}, "query ($n: Int) {userCollection(first: $n) {edges {cursor}}}", {"n": 20}),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) and value else "",
)  # fmt: skip
async def test_a_limit_by_its_setting(
    daira: Client, limit: dict[str, int], document: str, variables: dict[str, Any]
) -> None:
    ((name, most),) = limit.items()
    error = await limited(daira, **limit).error(document, variables)
    assert over(error) == (f"GRAPHQL_{name.upper()}", most)
    assert "errors" not in await limited(daira).post(document, variables)


async def test_the_cost_is_that_of_these_variables(daira: Client) -> None:
    client = limited(daira, max_cost=20 + 20 * 5 + 20 * 5)
    document = f"query ($n: Int) {PAGES % '(first: $n)'}"
    for n, is_refused in ((5, False), (6, True), (0, False), (None, True), (5, False)):
        assert ("errors" in await client.post(document, {"n": n})) is is_refused


@pytest.mark.parametrize(
    ("document", "cost"),
    [
        ("{me {id}}", 1),
        ('{node(nodeId: "WyJhcGkiLCAidXNlcnMiLCAxMDAxXQ==") {... on User {stats {followerCount}}}}', 2),
        ("{feed(limit: 10) {edges {node {id}}}}", 61),
        ('mutation {updateUserCollection(set: {bio: "x"}, atMost: 3) {records {stats {followerCount}}}}', 6),
    ],
)
async def test_what_counts_as_a_row(daira: Client, document: str, cost: int) -> None:
    assert over(await limited(daira, max_cost=cost - 1).error(document)) == ("GRAPHQL_MAX_COST", cost - 1)
    assert "LIMIT" not in json.dumps(await limited(daira, max_cost=cost).post(document))


def bomb(fragments: int) -> str:
    bodies = (f"fragment f{n} on User {{a{n}: id ...f{n + 1} ...f{n + 1}}}" for n in range(fragments))
    return f"{{me {{...f0}}}} {' '.join(bodies)} fragment f{fragments} on User {{id}}"


TYPES = "fields{type{" * 8 + "name" + "}}" * 8
HOSTILE = {
    "aliases": ("{" + " ".join(f"a{n}: me {{id}}" for n in range(10_000)) + "}", None),
    "depth": ("{" + "a{" * 1_000 + "b" + "}" * 1_001, None),
    "fragments": (bomb(60), None),
    "directives": ("{me" + " @a" * 20_000 + "}", None),
    "variables": ("query ($n: BigInt!) {timeOfId(id: $n)}", {"n": "1", "x": ["x"] * 250_000}),
    "nested variables": ("query ($f: UserFilter) {userCollection(filter: $f) {edges {cursor}}}", {"f": {"not": 1}}),
    "introspection": ("{__schema{types{" + TYPES + "}}}", None),
    "introspections": ("{" + "".join(f"a{n}:__schema{{types{{name}}}}" for n in range(20)) + "}", None),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_documents_are_refused_at_once_without_a_query(daira: Client, name: str) -> None:
    document, variables = HOSTILE[name]
    lanes = Lanes(LanesConfig("host=127.0.0.1 port=1 user=nobody"))  # whatever ran would fail otherwise
    client = limited(daira, lanes)
    client.endpoint._apis |= {"authenticated": await daira.endpoint.api("authenticated")}
    body = json.dumps({"query": document, "variables": variables}).encode()
    if name == "nested variables":
        body = body.replace(b'{"not": 1}', b'{"not": ' * 900 + b"{}" + b"}" * 900)
    taken = []
    for _ in range(3):
        begun = time.process_time()
        answer = await client.send(Request("POST", "", "", JSON_BODY, body))
        taken.append(time.process_time() - begun)
        assert json.loads(answer.body)["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert min(taken) < 2.5 * parsing(), "20 ms"


async def test_variables_nested_beyond_sense(daira: Client) -> None:
    client = limited(daira, max_conditions=10_000)
    body = json.dumps({"query": "query ($f: UserFilter) {userCollection(filter: $f) {edges {cursor}}}"}).encode()
    nested = b'{"not": ' * 900 + b"{}" + b"}" * 900
    answer = await client.send(
        Request("POST", "", "", JSON_BODY, body.replace(b'}"}', b'}", "variables": {"f": ' + nested + b"}}"))
    )
    assert json.loads(answer.body)["errors"][0]["extensions"]["code"] in ("BAD_USER_INPUT", "LIMIT_EXCEEDED")


async def test_tools_may_read_the_schema(daira: Client) -> None:
    data = await daira.data(get_introspection_query(input_value_deprecation=True, type_depth=9))
    assert data["__schema"]["queryType"]["name"] == "Query"


async def test_a_field_that_fails_leaves_the_others(library: Client) -> None:
    document = '{good: add(a: 1) bad: memberCollection(after: "WyJ4Il0=") {edges {cursor}} __typename}'
    answer = await library.post(document)
    assert answer["data"] == {"good": 41, "bad": None, "__typename": "Query"}
    (error,) = answer["errors"]
    assert (error["path"], error["extensions"]["code"]) == (["bad"], "22P02")


async def test_a_role_has_its_own_time(shop: Client, lanes: Lanes) -> None:
    lanes.role_settings = {"authenticated": {"statement_timeout": "50ms"}}
    try:
        error = await shop.error("{nap(seconds: 5)}")
    finally:
        lanes.role_settings = {}
    assert error["extensions"]["code"] == "57014"
    assert await shop.data("{nap(seconds: 0)}") == {"nap": 1}
