"""Pages by key."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from tests.rest.writing import writing_api, writing_database

KEYSET = {"prefer": "page=keyset"}


@pytest.fixture(scope="module")
async def web(postgres: PostgresPlace) -> AsyncIterator[httpx.AsyncClient]:
    with writing_database(postgres, "keyset") as database:
        database.execute("insert into test.clients select i, 'client \"' || i % 3 from generate_series(3, 40) as i")
        async with writing_api(database) as client:
            yield client


async def walk(web: httpx.AsyncClient, query: str) -> list[int]:
    found: list[int] = []
    following: str | None = f"clients?{query}"
    while following is not None:
        answer = await web.get(following, headers=KEYSET)
        assert answer.status_code == 200, answer.text
        found += [row["id"] for row in answer.json()]
        link = answer.links.get("next")
        following = f"clients{link['url']}" if link else None
    return found


@pytest.mark.parametrize(
    ("query", "whole"),
    [
        ("limit=7", "order=id"),
        ("limit=7&order=name.desc", "order=name.desc,id"),
        ("limit=1&order=name,id.desc&id=lt.9", "order=name,id.desc&id=lt.9"),
        ("limit=40&order=id.desc", "order=id.desc"),
        ("id=gt.5", "id=gt.5&order=id"),
    ],
)
async def test_pages_give_every_row_once_and_in_order(web: httpx.AsyncClient, query: str, whole: str) -> None:
    assert await walk(web, query) == [row["id"] for row in (await web.get(f"clients?{whole}")).json()]


async def test_cursor_belongs_to_its_list(web: httpx.AsyncClient) -> None:
    link = (await web.get("clients?limit=2", headers=KEYSET)).links["next"]["url"]
    other = await web.get(f"clients{link}&order=name", headers=KEYSET)
    forged = await web.get(f"clients{link}0", headers=KEYSET)
    assert (other.status_code, forged.status_code) == (400, 400)


@pytest.mark.parametrize("target", ["nopk?limit=2", "items?limit=2&order=name", "clients?limit=2&select=name"])
async def test_what_has_no_key_or_may_be_null_is_refused(web: httpx.AsyncClient, target: str) -> None:
    answer = await web.get(target, headers=KEYSET)
    assert (answer.status_code, answer.json()["code"]) == (400, "DA400")
