"""Pages and counts on somebody else's schema, and the address of an answer."""

from __future__ import annotations

import httpx
import pytest


@pytest.mark.parametrize(
    ("headers", "query", "status", "content_range"),
    [
        ({}, "", 200, "0-4/*"),
        ({"prefer": "count=exact"}, "", 200, "0-4/5"),
        ({"prefer": "count=exact"}, "limit=2", 206, "0-1/5"),
        ({"prefer": "count=exact"}, "limit=2&offset=3", 206, "3-4/5"),
        ({"prefer": "count=exact"}, "offset=5", 206, "*/5"),
        ({"prefer": "count=exact"}, "limit=0", 206, "*/5"),
        ({"prefer": "count=exact"}, "offset=6", 416, "*/5"),
        ({"prefer": "count=exact"}, "id=gt.100", 200, "*/0"),
        ({"prefer": "count=exact"}, "id=gt.2&limit=1", 206, "0-0/3"),
        ({"prefer": "count=planned"}, "limit=2", 206, "0-1/5"),
        ({"prefer": "count=estimated"}, "limit=2", 206, "0-1/5"),
        ({"range": "0-1"}, "", 200, "0-1/*"),
        ({"range": "1-"}, "", 200, "1-4/*"),
        ({"range": "1-3"}, "limit=2", 200, "1-1/*"),
        ({"range": "2-1"}, "", 416, None),
        ({"range": "x"}, "", 200, "0-4/*"),
        ({"range": "0-1", "prefer": "count=exact"}, "", 206, "0-1/5"),
        ({}, "limit=-1", 416, None),
    ],
)
async def test_ranges(
    web: httpx.AsyncClient, headers: dict[str, str], query: str, status: int, content_range: str | None
) -> None:
    answer = await web.get(f"books?select=id&order=id&{query}", headers=headers)
    assert (answer.status_code, answer.headers.get("content-range")) == (status, content_range), answer.text


async def test_exact_count_heeds_required_embeds(web: httpx.AsyncClient) -> None:
    query = "books?select=id,publishers!inner()&publishers.name=eq.Dar&limit=1"
    assert (await web.get(query, headers={"prefer": "count=exact"})).headers["content-range"] == "0-0/2"
    empty = await web.get("books?select=id,genres()&genres=is.null&limit=1", headers={"prefer": "count=exact"})
    assert empty.headers["content-range"] == "0-0/1"


async def test_settings_bound_rows_and_aggregates(strict: httpx.AsyncClient) -> None:
    page = await strict.get("books?select=id&order=id", headers={"prefer": "count=exact"})
    assert (page.status_code, page.headers["content-range"]) == (206, "0-1/5")
    assert len((await strict.get("books?limit=100")).json()) == 2
    assert len((await strict.get("books?limit=1")).json()) == 1
    estimated = await strict.get("books?select=id", headers={"prefer": "count=estimated"})
    assert estimated.headers["content-range"] == "0-1/5"
    refused = await strict.get("books?select=count()")
    assert (refused.status_code, refused.json()["code"]) == (400, "PGRST123")
    assert refused.json()["message"] == "Use of aggregate functions is not allowed"


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("books", "/books"),
        ("books?title=eq.Days&id=gt.1", "/books?id=gt.1&title=eq.Days"),
        ("books?select=id,title&id=gt.1&id=lt.3", "/books?id=gt.1,lt.3&select=id%2Ctitle"),
    ],
)
async def test_the_address_of_an_answer(web: httpx.AsyncClient, target: str, location: str) -> None:
    assert (await web.get(target)).headers["content-location"] == location
