"""GraphQL over HTTP: media types and their statuses, persisted and registered operations, tracing, paths."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.graphql.media import Media
from gateway.graphql.options import Options, options_of
from gateway.graphql.persisted import Automatic, Registered, read_registered
from gateway.graphql.responses import failed
from gateway.graphql.shared import SharedDocuments
from gateway.http import Request, Response
from gateway.lanes import OutcomeUnknown
from gateway.settings import ApiSettings
from tests.graphql.conftest import JSON_BODY, Client

RESPONSE = b"application/graphql-response+json"
ME = "{me {id}}"
Made = Callable[[Options], Client]


@pytest.fixture
def served(daira: Client) -> Made:
    """Clients of endpoints with other options."""
    return lambda options: Client(GraphQLEndpoint(daira.endpoint._lanes, daira.endpoint._catalog, options))


def post(document: Any, accept: bytes = b"*/*", path: str = "") -> Request:
    return Request("POST", path, "", (*JSON_BODY, (b"accept", accept)), json.dumps(document).encode())


def get(accept: bytes = b"*/*", **parameters: str) -> Request:
    return Request("GET", "", urlencode(parameters), ((b"accept", accept),), b"")


def body(answer: Response) -> Any:
    return json.loads(answer.body)


def persisted(text: str, digest: str | None = None) -> dict[str, Any]:
    return {"persistedQuery": {"version": 1, "sha256Hash": digest or hashlib.sha256(text.encode()).hexdigest()}}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (b"*/*", b"application/json"),
        (b"", b"application/json"),
        (b"text/plain", b"application/json"),
        (b"application/json", b"application/json"),
        (RESPONSE, RESPONSE),
        (RESPONSE + b", application/json;q=0.9", RESPONSE),
        (RESPONSE + b";q=0.5, application/json", b"application/json"),
        (RESPONSE + b";q=0, */*", b"application/json"),
        (RESPONSE + b";q=x, */*", b"application/json"),
        (b"text/html, application/json;q=0.1", b"application/json"),
    ],
)
async def test_the_media_type_is_the_one_that_is_liked_best(daira: Client, accept: bytes, chosen: bytes) -> None:
    answer = await daira.send(post({"query": ME}, accept))
    assert (answer.status, dict(answer.headers)[b"content-type"]) == (200, chosen + b"; charset=utf-8")


@pytest.mark.parametrize(
    ("document", "json_status", "status"),
    [
        ({"query": "{"}, 200, 400),
        ({"query": "{nothing}"}, 200, 400),
        ({"query": "query a {me {id}} query b {me {id}}"}, 200, 400),
        ({"query": "query ($n: Int) {feed(limit: $n) {pageInfo {endCursor}}}", "variables": {"n": "x"}}, 200, 400),
        ({"query": "{" + "a{" * 30 + "b" + "}" * 31}, 200, 400),
        ({"query": 5}, 400, 400),
        ({"extensions": persisted("", "0" * 64)}, 200, 404),
    ],
)
async def test_statuses_of_requests_that_are_not_carried_out(
    daira: Client, document: Any, json_status: int, status: int
) -> None:
    plain, modern = [await daira.send(post(document, accept)) for accept in (b"application/json", RESPONSE)]
    assert (plain.status, modern.status) == (json_status, status)
    assert body(plain)["data"] is None
    assert set(body(modern)) == {"errors"}


async def test_an_operation_that_fails_has_null_data(daira: Client) -> None:
    answer = await daira.send(post({"query": 'mutation {deletePost(id: "5") {id}}'}, RESPONSE))
    assert (answer.status, body(answer)["data"]) == (200, None)


async def test_a_mutation_by_get_names_the_method(daira: Client) -> None:
    answer = await daira.send(get(query="mutation {nextId}"))
    assert (answer.status, dict(answer.headers)[b"allow"]) == (405, b"POST")


async def test_several_operations_at_once_are_refused(daira: Client) -> None:
    answer = await daira.send(post([{"query": ME}, {"query": ME}]))
    assert (answer.status, body(answer)["errors"][0]["message"]) == (
        400,
        "Several operations in one request are not supported.",
    )


@pytest.mark.parametrize(("path", "status"), [("", 200), ("v1", 200), ("v1/", 200), ("x", 404), ("v1/x", 404)])
async def test_paths(daira: Client, path: str, status: int) -> None:
    answer = await daira.send(post({"query": ME}, path=path))
    assert answer.status == status


async def test_get_with_everything(daira: Client) -> None:
    answer = await daira.send(
        get(query="query a($n: BigInt!) {timeOfId(id: $n)} query b {me {id}}", variables='{"n": 0}', operationName="a")
    )
    assert body(answer)["data"] == {"timeOfId": "2025-01-01T00:00:00+00:00"}


async def test_a_persisted_query_is_known_after_it_was_sent(served: Made) -> None:
    client = served(Options())
    unknown = await client.send(post({"extensions": persisted(ME)}))
    assert body(unknown)["errors"][0] == {
        "message": "PersistedQueryNotFound",
        "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND", "hint": "Send the query with its hash."},
    }
    sent = await client.send(post({"query": ME, "extensions": persisted(ME)}))
    again = [
        await client.send(post({"extensions": persisted(ME)})),
        await client.send(get(extensions=json.dumps(persisted(ME)))),
    ]
    assert [body(answer) for answer in again] == [body(sent)] * 2 == [{"data": {"me": {"id": "1001"}}}] * 2


@pytest.mark.parametrize(
    "extensions",
    [
        persisted("{me {name}}"),
        {"persistedQuery": {"version": 2, "sha256Hash": "0"}},
        {"persistedQuery": 5},
        {"persistedQuery": {"version": 1}},
        [],
    ],
)
async def test_wrong_hashes_are_refused(daira: Client, extensions: Any) -> None:
    answer = await daira.send(post({"query": ME, "extensions": extensions}))
    assert (answer.status, body(answer)["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")


async def test_only_valid_documents_are_learned_within_a_bound(served: Made) -> None:
    documents = Automatic(documents=2)
    client = served(Options(documents=documents))
    for text in ("{nothing}", "{a: me {id}}", "{b: me {id}}", "{c: me {id}}"):
        await client.send(post({"query": text, "extensions": persisted(text)}))
    assert len(documents) == 2
    assert (
        "PersistedQueryNotFound" in (await client.send(post({"extensions": persisted("{a: me {id}}")}))).body.decode()
    )


async def test_gateways_share_what_they_have_learned(served: Made, valkey: str) -> None:
    from redis.asyncio import Redis

    async with Redis.from_url(valkey) as redis:
        one, other = [served(Options(documents=Automatic(SharedDocuments(redis)))) for _ in range(2)]
        await one.send(post({"query": ME, "extensions": persisted(ME)}))
        assert body(await other.send(post({"extensions": persisted(ME)}))) == {"data": {"me": {"id": "1001"}}}


async def test_without_valkey_each_gateway_learns_for_itself(served: Made) -> None:
    from redis.asyncio import Redis

    async with Redis(host="127.0.0.1", port=1) as redis:
        client = served(Options(documents=Automatic(SharedDocuments(redis))))
        assert b"NOT_FOUND" in (await client.send(post({"extensions": persisted(ME)}))).body
        await client.send(post({"query": ME, "extensions": persisted(ME)}))
        assert body(await client.send(post({"extensions": persisted(ME)}))) == {"data": {"me": {"id": "1001"}}}


async def test_only_registered_operations_are_run(served: Made) -> None:
    client = served(Options(documents=Registered({"Me": ME})))
    allowed = [
        {"query": ME},
        {"extensions": persisted(ME)},
        {"extensions": persisted("", "Me")},
    ]
    for document in allowed:
        assert body(await client.send(post(document))) == {"data": {"me": {"id": "1001"}}}
    for document in ({"query": "{me {id} }"}, {"extensions": persisted("", "Other")}):
        answer = await client.send(post(document))
        assert (answer.status, body(answer)["errors"][0]["extensions"]["code"]) == (403, "OPERATION_NOT_REGISTERED")


@pytest.mark.parametrize("kind", ["directory", "mapping", "manifest"])
async def test_registered_operations_are_read_from_files(served: Made, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "operations.json"
    match kind:
        case "directory":
            path = tmp_path
            (tmp_path / "Me.graphql").write_text(ME)
        case "mapping":
            path.write_text(json.dumps({"Me": ME}))
        case "manifest":
            path.write_text(json.dumps({"operations": [{"id": "Me", "name": "x", "body": ME}]}))
    client = served(options_of(ApiSettings(graphql_registered_operations=path)))
    assert body(await client.send(post({"extensions": persisted("", "Me")}))) == {"data": {"me": {"id": "1001"}}}
    assert isinstance(read_registered(path), Registered)


async def test_timing_and_sql_for_the_named_role_only(served: Made) -> None:
    client = served(Options(trace_roles=frozenset({"admin"})))
    assert "extensions" not in await client.post(ME)
    extensions = (await client.post(ME, role="admin"))["extensions"]
    assert set(extensions["timing"]) == {"planMs", "databaseMs"}
    assert "me" in extensions["sql"][0]
    assert "extensions" not in await served(Options()).post(ME, role="admin")


def test_an_unknown_outcome() -> None:
    answer = failed(OutcomeUnknown("the connection was lost"), Media.RESPONSE)
    assert (answer.status, body(answer)["errors"][0]["extensions"]["code"]) == (503, "OUTCOME_UNKNOWN")
