"""GRAPHQL_ENGINE=pg_graphql: the database's extension answers. Here a function of the same signature stands for it."""

from __future__ import annotations

import json

import pytest

from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.graphql.options import Options, options_of
from gateway.http import Request
from gateway.settings import ApiSettings, Engine
from tests.graphql.conftest import JSON_BODY, Client
from tests.support.databases import Database

STANDS_FOR = """
create schema graphql;
create table graphql.calls (query text);
create function graphql.resolve(
    query text, variables jsonb default '{}', "operationName" text default null, extensions jsonb default null
) returns jsonb language plpgsql volatile security invoker as $$
begin
    if query like '%error%' then
        raise exception 'not this' using errcode = 'DA403';
    end if;
    if query like 'mutation%' then
        insert into graphql.calls values (query);
    end if;
    return jsonb_build_object('data', jsonb_build_object(
        'query', query, 'variables', variables, 'operation', "operationName", 'role', current_user::text,
        'user', current_setting('app.user_id'), 'reads', current_setting('transaction_read_only')
    ));
end
$$;
grant usage on schema graphql to authenticated;
grant insert on graphql.calls to authenticated;
grant execute on function graphql.resolve to authenticated;
"""


@pytest.fixture(scope="module")
def client(daira: Client, people: Database) -> Client:
    with people.connect() as conn:
        conn.execute(STANDS_FOR.encode())
    options = options_of(ApiSettings(graphql_engine=Engine.PG_GRAPHQL))
    return Client(GraphQLEndpoint(daira.endpoint._lanes, daira.endpoint._catalog, options))


async def test_the_extension_gets_everything(client: Client) -> None:
    document = "query Some($n: Int) {anything(n: $n) {at {all}}}"
    data = await client.data(document, {"n": 1, "s": "ن"}, operationName="Some")
    assert data == {
        "query": document,
        "variables": {"n": 1, "s": "ن"},
        "operation": "Some",
        "role": "authenticated",
        "user": "1001",
        "reads": "on",
    }


async def test_mutations_may_write(client: Client, people: Database) -> None:
    data = await client.data("mutation {insertIntoAnything {affectedCount}}")
    assert (data["reads"], people.execute("select count(*) from graphql.calls")) == ("off", [(1,)])
    answer = await client.send(Request("GET", "", "query=mutation{a}", (), b""))
    assert answer.status == 405


async def test_errors_of_the_database(client: Client) -> None:
    assert (await client.error("{error}"))["extensions"]["code"] == "DA403"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{" + "a{" * 30 + "b" + "}" * 31, "LIMIT_EXCEEDED"),
        ("{a b c d e f}", "LIMIT_EXCEEDED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("query a {a} query b {b}", "OPERATION_RESOLUTION_FAILURE"),
    ],
)
async def test_the_limits_are_the_same(daira: Client, document: str, code: str) -> None:
    settings = ApiSettings(graphql_engine=Engine.PG_GRAPHQL, graphql_max_root_fields=5)
    endpoint = GraphQLEndpoint(daira.endpoint._lanes, daira.endpoint._catalog, options_of(settings))
    assert (await Client(endpoint).error(document))["extensions"]["code"] == code


async def test_a_document_is_checked_once(client: Client) -> None:
    for _ in range(3):
        await client.data("{once}")
    known = client.endpoint._runner._checked
    assert known.hits >= 2
    body = json.dumps({"query": "{once}"}).encode()
    assert (await client.send(Request("POST", "", "", JSON_BODY, body))).status == 200
    assert Options().engine is Engine.OWN
