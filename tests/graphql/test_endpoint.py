"""GraphQL over HTTP: the product document's examples, requests that are not well formed, a database that is away."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from gateway.auth.tokens import TokenError
from gateway.catalog.watch import CatalogUnavailable
from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.http import Request
from gateway.lanes import Lanes, LanesConfig
from gateway.observe.events import Route
from tests.graphql.conftest import Client
from tests.support.databases import Database

ME_AND_FEED = """{
    "query": "query { me { id username email userType isVerified followerCount } feed(limit: 10) { edges { node { id content author { username userType } stats { likesCount viewsCount } } } pageInfo { hasNextPage endCursor } } }"
  }"""  # noqa: E501
CREATE_POST = """{
    "query": "mutation CreatePost($input: CreatePostInput!) { createPost(input: $input) { id type content createdAt } }",
    "variables": {
      "input": {
        "type": "REGULAR",
        "content": "Hello from DAIRA! ",
        "mediaUrls": ["https://example.com/image.jpg"]
      }
    }
  }"""  # noqa: E501


def post(body: str | bytes, content_type: bytes = b"application/json") -> Request:
    raw = body.encode() if isinstance(body, str) else body
    return Request("POST", "", "", ((b"content-type", content_type),), raw)


async def test_the_product_documents_examples(daira: Client) -> None:
    created = json.loads((await daira.send(post(CREATE_POST))).body)["data"]["createPost"]
    assert (created["type"], created["content"]) == ("REGULAR", "Hello from DAIRA! ")
    assert re.fullmatch(r"\d{15,19}", created["id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.?\d*\+00:00", created["createdAt"])
    answer = await daira.send(post(ME_AND_FEED))
    data = json.loads(answer.body)["data"]
    assert (answer.status, data["me"]["email"]) == (200, "nour@example.com")
    assert data["feed"]["edges"][0]["node"] == {
        "id": created["id"],
        "content": "Hello from DAIRA! ",
        "author": {"username": "nour", "userType": "CREATOR"},
        "stats": {"likesCount": 0, "viewsCount": "0"},
    }
    assert set(data["feed"]["pageInfo"]) == {"hasNextPage", "endCursor"}


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (post("{"), 400),
        (post(b'{"query": "\xff"}'), 400),
        (post("[" * 100_000), 400),
        (post("[]"), 400),
        (post("{}"), 400),
        (post('{"query": 5}'), 400),
        (post('{"query": "{me {id}}", "variables": []}'), 400),
        (post('{"query": "{me {id}}", "operationName": 1}'), 400),
        (post('{"query": "{me {id}}"}', b"text/plain"), 415),
        (post(b'{"query": "%s"}' % (b" " * 400_000)), 413),
        (Request("DELETE", "", "", (), b""), 405),
        (Request("GET", "", "", (), b""), 400),
        (Request("GET", "", "query={me {id}}&variables={", (), b""), 400),
        (Request("GET", "", "query=%ff", (), b""), 400),
        (Request("GET", "", urlencode({"query": "mutation {nextId}"}), (), b""), 405),
    ],
)
async def test_malformed_requests(daira: Client, request_: Request, status: int) -> None:
    answer = await daira.send(request_)
    body = json.loads(answer.body)
    assert (answer.status, body["data"]) == (status, None)
    assert body["errors"][0]["message"]
    assert body["errors"][0]["extensions"]["code"] in ("BAD_REQUEST", "LIMIT_EXCEEDED")


async def test_get_takes_queries(daira: Client) -> None:
    query = urlencode({"query": "query ($n: BigInt!) {timeOfId(id: $n)}", "variables": '{"n": 0}'})
    answer = await daira.send(Request("GET", "", query, (), b""))
    assert json.loads(answer.body) == {"data": {"timeOfId": "2025-01-01T00:00:00+00:00"}}


async def test_operations_by_name(daira: Client) -> None:
    document = "query a {me {id}} query b {me {username}}"
    assert (await daira.post(document, operationName="b"))["data"] == {"me": {"username": "nour"}}
    assert (await daira.error(document, operationName="c"))["extensions"]["code"] == "OPERATION_RESOLUTION_FAILURE"


@pytest.mark.parametrize(
    ("document", "variables", "code"),
    [
        ('mutation {createPost(input: {content: ""}) {id}}', None, "23514"),
        ('mutation {createPost(input: {content: "x", language: "Egyptian"}) {id}}', None, "23514"),
        ("mutation ($t: String) {createPost(input: {content: $t}) {id}}", {"t": "a\0b"}, "22P05"),
        ("query ($t: String) {userCollection(filter: {name: {eq: $t}}) {edges {cursor}}}", {"t": "a\0b"}, "22021"),
        ("query ($t: String) {userCollection(filter: {name: {eq: $t}}) {edges {cursor}}}", {"t": "\ud800"}, "22021"),
        ('{timeOfId(id: "99999999999999999999")}', None, "22003"),
        ('{feed(cursor: "!") {pageInfo {endCursor}}}', None, "DA400"),
        ('mutation {deletePost(id: "5") {id}}', None, "DA404"),
        ("{userCollection(filter: {createdAt: {gt: \"yesterdayish\"}}) {edges {cursor}}}", None, "22007"),
    ],
)  # fmt: skip
async def test_what_the_database_refuses(daira: Client, document: str, variables: Any, code: str) -> None:
    error = await daira.error(document, variables)
    assert error["extensions"]["code"] == code
    assert "hint" in error["extensions"] or not code.startswith("DA")


async def test_roles_see_different_schemas(daira: Client) -> None:
    assert await daira.data("{me {id}}", role="anon", user=None) == {"me": None}
    error = await daira.error("mutation {deletePost(id: 1) {id}}", role="anon", user=None)
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert (await daira.error("{me {email}}", role="anon"))["message"].startswith("Cannot query field 'email'")


async def test_rows_are_those_of_the_user(daira: Client) -> None:
    document = "{me {username email} userPrivateCollection {edges {node {email}}}}"
    for user, name in ((1001, "nour"), (1002, "omar")):
        data = await daira.data(document, user=user)
        assert data["me"] == {"username": name, "email": f"{name}@example.com"}
        assert [edge["node"]["email"] for edge in data["userPrivateCollection"]["edges"]] == [f"{name}@example.com"]


async def test_an_unknown_role_is_refused(daira: Client) -> None:
    answer = await daira.send(post(ME_AND_FEED), role="nobody")
    assert json.loads(answer.body)["errors"][0]["extensions"]["code"] == "22023"


async def test_operations_are_found_again(daira: Client) -> None:
    operations = daira.endpoint.operations
    await daira.data("{me {id locale}}")
    hits, misses = operations.hits, operations.misses
    for user in (1001, 1002):
        await daira.data("{me {id locale}}", user=user)
    assert (operations.hits, operations.misses) == (hits + 2, misses)


async def test_a_new_catalogue_is_used_at_once(daira: Client, people: Database) -> None:
    with people.connect() as conn:
        conn.execute("create function api.answer() returns integer language sql immutable return 42")
        conn.execute("grant execute on function api.answer() to authenticated")
    async with asyncio.timeout(1):
        while not (answer := await daira.post("{answer}"))["data"]:  # noqa: ASYNC110 - a reading tells nobody
            await asyncio.sleep(0.02)
    assert answer == {"data": {"answer": 42}}


async def test_without_a_database(people: Database, daira: Client) -> None:
    lanes = Lanes(LanesConfig("host=127.0.0.1 port=1 user=nobody"))
    await lanes.start()
    catalog = daira.endpoint._catalog
    answer = await Client(GraphQLEndpoint(lanes, catalog)).send(post(ME_AND_FEED))
    assert (answer.status, dict(answer.headers)[b"retry-after"]) == (503, b"1")
    assert json.loads(answer.body)["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    await lanes.close()


async def test_without_a_catalogue(daira: Client) -> None:
    def none_yet() -> Any:
        raise CatalogUnavailable("not read yet")

    answer = await Client(GraphQLEndpoint(daira.endpoint._lanes, none_yet)).send(post(ME_AND_FEED))
    assert (answer.status, json.loads(answer.body)["data"]) == (503, None)


def test_refusals_before_the_endpoint(daira: Client) -> None:
    endpoint = daira.endpoint
    assert endpoint.route("POST") is Route.GRAPHQL
    assert endpoint.too_large(5).status == 413
    refused = endpoint.refuse(TokenError("PGRST301", "The token has expired."))
    assert refused.status == 401
    assert json.loads(refused.body)["errors"][0]["message"] == "The token has expired."
    assert b"www-authenticate" in dict(refused.headers)
