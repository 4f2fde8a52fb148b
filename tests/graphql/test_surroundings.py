"""What stands around an operation as around a REST request: the function before it, and how its transaction ends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from tests.rest.writing import writing_api, writing_database
from tests.support.databases import Database

_ONE = 'insertIntoitemsCollection(objects: [{name: "new"}]) {affectedCount}'
INSERT = f"mutation {{n1: {_ONE} n2: {_ONE}}}"
READ = "{itemsCollection {edges {node {name}}}}"


@pytest.fixture(scope="module")
def desk(postgres: PostgresPlace) -> Iterator[Database]:
    with writing_database(postgres, "surroundings") as database:
        yield database


@asynccontextmanager
async def graphql(desk: Database, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with writing_api(desk, **settings) as client:
        client.base_url = httpx.URL("http://gateway/graphql")
        yield client


async def ask(client: httpx.AsyncClient, query: str, **headers: str) -> Any:
    return (await client.post("", json={"query": query}, headers=headers)).json()


async def test_the_function_before_each_request_is_asked_and_may_refuse(desk: Database) -> None:
    async with graphql(desk, pgrst_db_pre_request="test.stamp") as client:
        before = await ask(client, READ)
        for query in (READ, INSERT):
            [error] = (await ask(client, query, **{"x-refuse": "1"}))["errors"]
            assert (error["message"], error["extensions"]["code"]) == ("refused", "PT403")
        assert await ask(client, READ) == before
        assert (await ask(client, INSERT))["data"] == {"n1": {"affectedCount": 1}, "n2": {"affectedCount": 1}}


async def test_transactions_end_as_they_are_set_to(desk: Database) -> None:
    async with graphql(desk, pgrst_db_tx_end="rollback") as client:
        before = await ask(client, READ)
        assert (await ask(client, INSERT))["data"] == {"n1": {"affectedCount": 1}, "n2": {"affectedCount": 1}}
        assert await ask(client, READ) == before
