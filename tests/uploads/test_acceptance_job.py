"""The job that accepts uploads by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from procrastinate import App
from procrastinate.jobs import Job

from jobs import media
from jobs.app import make_app
from services.objects import StoreConfig
from tests.support.databases import Database
from tests.support.gateways import Gateway

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)


@pytest.fixture
async def app(
    module_database: Database, object_store: StoreConfig, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[App]:
    """The worker's app, with the store's address in its environment."""
    monkeypatch.setenv("MINIO_ENDPOINT", object_store.endpoint)
    monkeypatch.setenv("MINIO_ACCESS_KEY", object_store.access_key)
    monkeypatch.setenv("MINIO_SECRET_KEY", object_store.secret_key)
    media._store.cache_clear()
    made = make_app(module_database.url_as("worker"), concurrency=2)
    async with made.open_async():
        yield made
    media._store().close()


@pytest.fixture
async def ticket(gateway: Gateway, module_database: Database, request: pytest.FixtureRequest) -> dict[str, Any]:
    """An upload that was asked for."""
    name = f"u{abs(hash(request.node.name)) % 10**9}"
    header = {"Authorization": f"Bearer {(await gateway.sign_up(name))['access_token']}"}
    body = {"filename": "photo.jpg", "contentType": "image/jpeg"}
    made = dict((await gateway.client.post("/upload/presign", json=body, headers=header)).json())
    [[media_id]] = module_database.execute("select id from api.media where object_key = %s", (made["objectKey"],))
    return made | {"id": media_id}


async def accept(app: App, ticket: dict[str, Any]) -> str:
    return await media.accept_upload(app, ticket["id"])


async def send(ticket: dict[str, Any], content: bytes) -> None:
    async with httpx.AsyncClient() as outside:
        (await outside.put(ticket["uploadUrl"], content=content)).raise_for_status()


async def test_it_publishes_what_arrived_and_knows_that_it_did(app: App, ticket: dict[str, Any]) -> None:
    await send(ticket, JPEG)
    assert await accept(app, ticket) == "ready"
    assert await accept(app, ticket) == "ready"
    async with httpx.AsyncClient() as outside:
        assert (await outside.get(ticket["publicUrl"])).content == JPEG


async def test_it_refuses_what_is_something_else(app: App, ticket: dict[str, Any], module_database: Database) -> None:
    await send(ticket, b"<html>")
    assert await accept(app, ticket) == "rejected"
    [[status, reason]] = module_database.execute(
        "select status, rejection from api.media where id = %s", (ticket["id"],)
    )
    assert (status, "something else" in str(reason)) == ("rejected", True)


async def test_it_waits_until_the_time_is_over(app: App, ticket: dict[str, Any], module_database: Database) -> None:
    with pytest.raises(media.NotYetError):
        await accept(app, ticket)
    module_database.execute("update api.media set expires_at = now() - interval '1 s' where id = %s", (ticket["id"],))
    assert await accept(app, ticket) == "expired"


async def test_an_upload_that_was_removed_is_no_error(app: App) -> None:
    assert await accept(app, {"id": 1}) == "gone"


async def test_a_worker_does_it_by_itself(app: App, ticket: dict[str, Any], module_database: Database) -> None:
    await send(ticket, JPEG)
    await asyncio.wait_for(app.run_worker_async(queues=[media.QUEUE], wait=False), 30)
    assert module_database.execute("select status from api.media where id = %s", (ticket["id"],)) == [("ready",)]


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (4, 5.0625), (100, 15)])
def test_it_looks_less_often_as_time_goes_by(attempts: int, seconds: float) -> None:
    from datetime import UTC, datetime

    job = Job(id=1, status="doing", queue="media", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
    decision = media.UntilItArrives().get_retry_decision(exception=media.NotYetError(), job=job)
    assert decision is not None
    assert decision.retry_at is not None
    assert (decision.retry_at - datetime.now(UTC)).total_seconds() == pytest.approx(seconds, abs=0.2)
    assert media.UntilItArrives().get_retry_decision(exception=TypeError(), job=job) is None
