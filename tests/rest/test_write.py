"""Writes that stay, writes that are undone, and what a client may say about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from tests.rest.writing import writing_api, writing_database
from tests.support.databases import Database

FULL = {"prefer": "return=representation"}


@pytest.fixture(scope="module")
def desk(postgres: PostgresPlace) -> Iterator[Database]:
    with writing_database(postgres, "write") as database:
        yield database


@pytest.fixture(scope="module")
async def web(desk: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with writing_api(desk, pgrst_db_tx_end="commit-allow-override") as client:
        yield client


async def names(web: httpx.AsyncClient, query: str) -> list[str]:
    return [row["name"] for row in (await web.get(f"items?select=name&order=id&{query}")).json()]


async def test_what_is_written_stays(web: httpx.AsyncClient) -> None:
    await web.post("items", json={"id": 20, "name": "kept"})
    assert await names(web, "id=eq.20") == ["kept"]
    await web.patch("items?id=eq.20", json={"name": "changed"})
    assert await names(web, "id=eq.20") == ["changed"]
    await web.delete("items?id=eq.20")
    assert await names(web, "id=eq.20") == []


async def test_rollback_answers_as_if_and_keeps_nothing(web: httpx.AsyncClient) -> None:
    headers = {"prefer": "return=representation, tx=rollback"}
    answer = await web.post("items?select=name", json={"id": 21, "name": "gone"}, headers=headers)
    assert (answer.status_code, answer.json()) == (201, [{"name": "gone"}])
    assert answer.headers["preference-applied"] == "return=representation, tx=rollback"
    assert await names(web, "id=eq.21") == []


async def test_rollback_is_not_heeded_where_it_is_not_allowed(desk: Database) -> None:
    async with writing_api(desk) as plain:
        answer = await plain.post("items", json={"id": 22, "name": "kept"}, headers={"prefer": "tx=rollback"})
        assert "preference-applied" not in answer.headers
        assert await names(plain, "id=eq.22") == ["kept"]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"prefer": "handling=strict, max-affected=2"}, "PGRST124"),
        ({"accept": "application/vnd.pgrst.object+json"}, "PGRST116"),
    ],
)
async def test_refused_for_the_number_of_rows_nothing_changes(
    web: httpx.AsyncClient, headers: dict[str, str], code: str
) -> None:
    before = await names(web, "id=lt.5")
    answer = await web.patch("items?id=lt.5", json={"name": "no"}, headers=headers)
    assert answer.json()["code"] == code
    assert await names(web, "id=lt.5") == before


async def test_put_that_names_another_key_changes_nothing(web: httpx.AsyncClient) -> None:
    answer = await web.put("langs?name=eq.C", json={"name": "Perl", "rank": 3})
    assert answer.json()["code"] == "PGRST115"
    assert (await web.get("langs?name=eq.Perl")).json() == []


async def test_statement_with_other_values_uses_the_same_plan(web: httpx.AsyncClient) -> None:
    for number in range(5):
        answer = await web.post("pairs?select=v", json={"a": number, "b": 1, "v": f"ä{number}"}, headers=FULL)
        assert answer.json() == [{"v": f"ä{number}"}]


@pytest.mark.parametrize("text", ['"quoted" \\ back', "comma, (paren)", "صباح الخير", "😀\n%", "O'Neil; drop table x"])
async def test_every_text_comes_back_as_it_went(web: httpx.AsyncClient, text: str) -> None:
    headers = {"prefer": "return=representation, tx=rollback"}
    answer = await web.post("items?select=name", json={"id": 30, "name": text}, headers=headers)
    assert answer.json() == [{"name": text}]


async def test_nul_is_refused(web: httpx.AsyncClient) -> None:
    answer = await web.post("items", json={"id": 31, "name": "\0"})
    assert (answer.status_code, answer.json()["code"]) == (400, "22P05")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"id": NaN}'),
        ("application/json", b'{"\\ud800": 1}'),
        ("application/json", b'{"name": "\\ud800"}'),
        ("application/json", b"\xff"),
        ("application/json", b'{"id": 1e999}'),
        ("application/json", b'{"id": ' + b"9" * 5000 + b"}"),
        ("application/json", b'[1, {"id": 1}]'),
        ("text/csv", b"id,name\n1,\x00"),
        ("text/csv", b"id,id\n1,2\n,"),
        ("application/x-www-form-urlencoded", b"%ff=%00&id=x"),
    ],
)
@pytest.mark.parametrize("target", ["items", "items?columns=id,name", "rpc/greet", "rpc/unj"])
async def test_hostile_bodies_are_refused_or_taken(web: httpx.AsyncClient, target: str, kind: str, body: bytes) -> None:
    answer = await web.post(target, content=body, headers={"content-type": kind, "prefer": "tx=rollback"})
    assert answer.status_code < 500, answer.text
