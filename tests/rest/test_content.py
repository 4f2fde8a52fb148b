"""Representations: which one is chosen, and what it looks like."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from gateway.rest.errors import RestError
from gateway.rest.media import Form, Handler, choose
from gateway.rest.preferences import Handling, Preferences, Return, Tx, parse_preferences
from tests.rest.writing import writing_api, writing_database


@pytest.fixture(scope="module")
async def web(postgres: PostgresPlace) -> AsyncIterator[httpx.AsyncClient]:
    with writing_database(postgres, "content") as database:
        async with writing_api(database) as client:
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
