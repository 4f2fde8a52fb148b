"""What surrounds a call: settings of functions, isolation, the pre-request function, roles, limits."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from tests.rest.writing import writing_api, writing_database
from tests.support.databases import Database


@pytest.fixture(scope="module")
def desk(postgres: PostgresPlace) -> Iterator[Database]:
    with writing_database(postgres, "rpc") as database:
        yield database


@pytest.fixture(scope="module")
async def web(desk: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with writing_api(desk, pgrst_db_max_rows=2) as client:
        yield client


async def test_settings_of_a_function_hold_for_its_transaction(web: httpx.AsyncClient) -> None:
    assert (await web.post("rpc/iso")).json() == "serializable"
    assert (await web.post("rpc/tmo")).json() == "4s"


async def test_time_limit_of_a_function(web: httpx.AsyncClient) -> None:
    answer = await web.post("rpc/slow")
    assert (answer.status_code, answer.json()["code"]) == (500, "57014")


async def test_only_hoisted_settings_are_applied(desk: Database) -> None:
    async with writing_api(desk, pgrst_db_hoisted_tx_settings=()) as client:
        assert (await client.post("rpc/iso")).json() == "read committed"


async def test_largest_page_holds_for_functions(web: httpx.AsyncClient) -> None:
    assert len((await web.get("rpc/all_projects")).json()) == 2


async def test_function_before_each_request(desk: Database) -> None:
    async with writing_api(desk, pgrst_db_pre_request="test.stamp") as client:
        assert (await client.get("projects?limit=1")).headers["x-pre"] == "GET"
        answer = await client.post("items", json={"id": 40}, headers={"x-refuse": "1"})
        assert (answer.status_code, answer.json()["message"]) == (403, "refused")
        assert (await client.get("items?id=eq.40")).json() == []


async def test_headers_repeat_and_take_the_place_of_ours(web: httpx.AsyncClient) -> None:
    answer = await web.get("rpc/teapot")
    assert answer.status_code == 418
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


async def test_whatever_stands_behind_an_argument_is_a_value(web: httpx.AsyncClient) -> None:
    nasty = "x'); drop table test.items; --"
    assert (await web.get("rpc/greet", params={"name": nasty})).json() == f"hi {nasty}"
    assert (await web.post("rpc/greet", json={"name": nasty})).json() == f"hi {nasty}"


@pytest.mark.parametrize(
    ("preferences", "status"),
    [("handling=strict, max-affected=1", 400), ("handling=strict, max-affected=2", 200), ("max-affected=1", 200)],
)
async def test_limit_of_affected_rows(web: httpx.AsyncClient, preferences: str, status: int) -> None:
    answer = await web.post("rpc/tab", json={"n": 2}, headers={"prefer": preferences})
    assert answer.status_code == status


async def test_limit_of_affected_rows_needs_a_set(web: httpx.AsyncClient) -> None:
    answer = await web.post("rpc/greet", headers={"prefer": "handling=strict, max-affected=1"})
    assert (answer.status_code, answer.json()["code"]) == (400, "PGRST128")
