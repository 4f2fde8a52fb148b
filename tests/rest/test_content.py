"""Representations: which one is chosen, and what it looks like."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator, MutableMapping
from typing import Any

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from gateway.app import build_api
from gateway.rest.errors import RestError
from gateway.rest.media import Form, Handler, choose
from gateway.rest.preferences import Handling, Preferences, Return, Tx, parse_preferences
from tests.rest.writing import writing_api, writing_database, writing_settings
from tests.support.asgi import serving
from tests.support.databases import Database


@pytest.fixture(scope="module")
def desk(postgres: PostgresPlace) -> Iterator[Database]:
    with writing_database(postgres, "content") as database:
        yield database


@pytest.fixture(scope="module")
async def web(desk: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with writing_api(desk) as client:
        yield client


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", Form.JSON),
        ("*/*", Form.JSON),
        ("text/csv", Form.CSV),
        ("text/csv;q=0.1, application/json;q=0.2", Form.JSON),
        ("application/json;q=0.1, text/csv;q=0.2", Form.CSV),
        ("foo/bar, text/csv;charset=utf-8", Form.CSV),
        ("application/json;q=0, text/csv", Form.CSV),
        ("own/type, text/csv", Form.CUSTOM),
    ],
)
def test_weightiest_that_can_be_made_is_chosen(accept: str, form: Form) -> None:
    assert choose(accept, {"own/type": Handler()}).form is form


@pytest.mark.parametrize("accept", ["foo/bar", "application/geo+json", "application/vnd.pgrst.plan+json"])
def test_what_cannot_be_made_is_refused(accept: str) -> None:
    with pytest.raises(RestError) as caught:
        choose(accept)
    assert (caught.value.status, caught.value.code) == (406, "PGRST107")


def test_plan_is_asked_for_with_its_options_and_what_it_is_for() -> None:
    asked = 'application/vnd.pgrst.plan+json; for="application/vnd.pgrst.object+json"; options=analyze|wal|nonsense'
    media = choose(asked, plans=True)
    assert media.plan is not None
    assert (media.plan.format, media.plan.options, media.single) == ("json", ("analyze", "wal"), True)


def test_first_of_several_preferences_counts() -> None:
    text = "return=minimal, return=representation, tx=rollback, handling=strict, max-affected=3, x, count=many"
    assert parse_preferences(text) == Preferences(
        returns=Return.MINIMAL,
        tx=Tx.ROLLBACK,
        handling=Handling.STRICT,
        max_affected=3,
        invalid=("x", "count=many"),
    )


async def test_bytes_come_as_bytes(web: httpx.AsyncClient) -> None:
    answer = await web.get("rpc/png", headers={"accept": "image/png"})
    assert (answer.headers["content-type"], answer.content) == ("image/png", b"\x01\x02\xff")


@pytest.mark.parametrize(
    ("accept", "start"), [("plan", b"Aggregate"), ("plan+text", b"Aggregate"), ("plan+json", b"[")]
)
async def test_plan_of_a_read(web: httpx.AsyncClient, accept: str, start: bytes) -> None:
    answer = await web.get("projects?id=eq.1", headers={"accept": f"application/vnd.pgrst.{accept}"})
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer.headers["content-type"].startswith("application/vnd.pgrst.plan+")


async def test_plan_of_a_write_writes_nothing(web: httpx.AsyncClient) -> None:
    answer = await web.delete("items?id=eq.1", headers={"accept": "application/vnd.pgrst.plan+text"})
    assert b"Delete on items" in answer.content
    assert len((await web.get("items?id=eq.1")).json()) == 1


async def test_schema_of_the_answer_is_named_where_there_are_several(web: httpx.AsyncClient) -> None:
    answer = await web.get("things", headers={"accept-profile": "other"})
    assert answer.headers["content-profile"] == "other"


@pytest.mark.parametrize("target", ["clients?order=id", "rpc/all_clients?order=id"])
async def test_aggregate_makes_a_media_type_of_a_relation(web: httpx.AsyncClient, target: str) -> None:
    answer = await web.get(target, headers={"accept": "text/lines"})
    assert (answer.headers["content-type"], answer.text) == ("text/lines", "1:Microsoft\n2:Apple\n")
    assert (await web.get("projects", headers={"accept": "text/lines"})).status_code == 406


async def test_lines_of_json(web: httpx.AsyncClient) -> None:
    answer = await web.get("projects?select=id,name&order=id&limit=2", headers={"accept": "application/x-ndjson"})
    assert answer.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    assert answer.text == '{"id":1,"name":"Windows 7"}\n{"id":2,"name":"Windows 10"}\n'


async def test_streamed_csv_has_a_header_even_without_rows(web: httpx.AsyncClient) -> None:
    answer = await web.get("projects?select=id,name&id=eq.99", headers={"accept": "text/csv;stream=true"})
    assert answer.text == "id,name\n"


async def test_head_of_a_stream(web: httpx.AsyncClient) -> None:
    answer = await web.head("projects", headers={"accept": "application/x-ndjson"})
    assert (answer.status_code, answer.content) == (200, b"")


async def test_hundred_thousand_rows_stream_in_bounded_memory(desk: Database) -> None:
    app = build_api(writing_settings(desk))
    received = 0

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal received
        received += len(message.get("body", b""))
        await asyncio.sleep(0)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/rest/v1/many",
        "query_string": b"",
        "headers": [(b"accept", b"application/x-ndjson")],
    }
    async with serving(app):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        await app(scope, receive, send)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert received > 100_000_000
    assert grown < 64 * 1024


async def test_failure_before_the_first_row_is_an_ordinary_answer(web: httpx.AsyncClient) -> None:
    answer = await web.get("projects?id=eq.x", headers={"accept": "application/x-ndjson"})
    assert (answer.status_code, answer.json()["code"]) == (400, "22P02")


async def test_what_the_caller_has_is_not_sent_again(web: httpx.AsyncClient) -> None:
    first = await web.get("projects?select=id&id=eq.1")
    again = await web.get("projects?select=id&id=eq.1", headers={"if-none-match": f'"x", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    other = await web.get("projects?select=id&id=eq.2", headers={"if-none-match": first.headers["etag"]})
    assert (other.status_code, other.json()) == (200, [{"id": 2}])
