"""Uploads from the signed address to the public one."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from gateway.uploads.bodies import UploadRequest
from gateway.uploads.desk import URL_LIFE_S
from services.objects import ObjectChangedError, StoreConfig
from tests.support.databases import Database
from tests.support.gateways import Gateway, Setup, running_gateway

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


@pytest.fixture(scope="module")
async def owner(gateway: Gateway) -> dict[str, str]:
    """The Authorization header of one account."""
    return {"Authorization": f"Bearer {(await gateway.sign_up('photographer'))['access_token']}"}


async def presign(gateway: Gateway, owner: dict[str, str], **body: Any) -> httpx.Response:
    asked = {"filename": "photo.jpg", "contentType": "image/jpeg"} | body
    return await gateway.client.post("/upload/presign", json=asked, headers=owner)


async def complete(gateway: Gateway, owner: dict[str, str], key: str) -> httpx.Response:
    return await gateway.client.post("/upload/complete", json={"objectKey": key}, headers=owner)


async def put(url: str, content: bytes, **headers: str) -> int:
    async with httpx.AsyncClient() as outside:
        return (await outside.put(url, content=content, headers=headers)).status_code


async def get(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as outside:
        return await outside.get(url)


async def test_a_photo_is_public_once_it_was_accepted(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    assert set(ticket) == {"uploadUrl", "objectKey", "publicUrl"}
    assert await put(ticket["uploadUrl"], JPEG, **{"content-type": "image/jpeg"}) == 200
    assert (await get(ticket["publicUrl"])).status_code == 404

    state = (await complete(gateway, owner, ticket["objectKey"])).json()
    assert (state["status"], state["publicUrl"]) == ("ready", ticket["publicUrl"])
    shown = await get(ticket["publicUrl"])
    assert (shown.status_code, shown.content, shown.headers["content-type"]) == (200, JPEG, "image/jpeg")
    assert await gateway.store.arrived(ticket["objectKey"]) is None
    assert (await complete(gateway, owner, ticket["objectKey"])).json() == state


async def test_asking_queues_the_acceptance_in_the_same_transaction(
    gateway: Gateway, owner: dict[str, str], module_database: Database
) -> None:
    ticket = (await presign(gateway, owner)).json()
    queued = module_database.execute(
        "select task_name from procrastinate.procrastinate_jobs join api.media as m on args ->> 'media_id' = m.id::text"
        " where object_key = %s",
        (ticket["objectKey"],),
    )
    assert queued == [("media.accept",)]


@pytest.mark.parametrize(
    ("declared", "content", "reason"),
    [
        ("image/jpeg", PNG, "looks like image/png"),
        ("image/png", b"<svg onload=alert(1)>", "looks like something else"),
        ("image/gif", b"", "empty"),
        ("image/jpeg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "are allowed"),
    ],
)
async def test_files_that_are_refused_are_gone(
    gateway: Gateway, owner: dict[str, str], declared: str, content: bytes, reason: str
) -> None:
    ticket = (await presign(gateway, owner, contentType=declared)).json()
    assert await put(ticket["uploadUrl"], content) == 200
    state = (await complete(gateway, owner, ticket["objectKey"])).json()
    assert (state["status"], state["publicUrl"]) == ("rejected", None)
    assert reason in state["rejection"]
    assert await gateway.store.arrived(ticket["objectKey"]) is None
    assert (await get(ticket["publicUrl"])).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"contentType": "image/svg+xml"}, 422, "DG040"),
        ({"contentType": "application/x-sh"}, 422, "DG040"),
        ({"contentType": "image/jpeg", "size": 10 * 1024 * 1024 + 1}, 422, "DG041"),
        ({"contentType": "video/mp4", "size": 500 * 1024 * 1024 + 1}, 422, "DG041"),
        ({"size": 0}, 422, "DG005"),
        ({"size": "big"}, 422, "DG005"),
        ({"size": 10**30}, 422, "DG041"),
        ({"filename": ""}, 422, "DG005"),
        ({"filename": "a\0b"}, 422, "DG005"),
        ({"filename": "x" * 300}, 422, "DG005"),
        ({"bucket": "media-public"}, 422, "DG005"),
    ],
)
async def test_requests_that_are_refused(
    gateway: Gateway, owner: dict[str, str], module_database: Database, body: dict[str, Any], status: int, code: str
) -> None:
    before = module_database.execute("select count(*) from api.media")
    answer = await presign(gateway, owner, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert module_database.execute("select count(*) from api.media") == before


async def test_an_announced_size_is_the_only_one_that_the_store_takes(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner, size=len(JPEG))).json()
    assert await put(ticket["uploadUrl"], JPEG + b"more") == 403
    assert await put(ticket["uploadUrl"], JPEG) == 200


async def test_the_address_is_for_one_key_and_ten_minutes(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    assert f"X-Amz-Expires={URL_LIFE_S}" in ticket["uploadUrl"]
    elsewhere = ticket["uploadUrl"].replace(ticket["objectKey"], "1/somebody-elses.jpeg")
    assert await put(elsewhere, JPEG) == 403
    assert await put(ticket["uploadUrl"].replace("media-private", "media-public"), JPEG) == 403
    assert await put(gateway.store.presign_put("1/late.jpeg", 1), JPEG) == 200
    late = gateway.store.presign_put("1/late.jpeg", 1)
    await asyncio.sleep(2.5)
    assert await put(late, JPEG) == 403


async def test_the_key_is_not_made_of_the_file_name(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner, filename="../../etc/passwd")).json()
    assert "passwd" not in ticket["objectKey"]
    assert ".." not in ticket["uploadUrl"]


async def test_nobody_reads_what_was_not_accepted_nor_lists_what_was(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    await put(ticket["uploadUrl"], JPEG)
    base = gateway.store.config.base_url
    assert (await get(f"{base}/media-private/{ticket['objectKey']}")).status_code == 403
    assert (await get(f"{base}/media-public?list-type=2")).status_code == 403


async def test_a_file_that_has_not_come_can_be_asked_for_later(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    answer = await complete(gateway, owner, ticket["objectKey"])
    assert (answer.status_code, answer.json()["code"]) == (409, "DG043")
    await put(ticket["uploadUrl"], JPEG)
    assert (await complete(gateway, owner, ticket["objectKey"])).json()["status"] == "ready"


async def test_nobody_completes_the_upload_of_another(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    await put(ticket["uploadUrl"], JPEG)
    stranger = {"Authorization": f"Bearer {(await gateway.sign_up('stranger'))['access_token']}"}
    answer = await complete(gateway, stranger, ticket["objectKey"])
    assert (answer.status_code, answer.json()["code"]) == (404, "DG042")


async def test_both_of_two_completions_say_the_same(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    await put(ticket["uploadUrl"], JPEG)
    answers = await asyncio.gather(*(complete(gateway, owner, ticket["objectKey"]) for _ in range(6)))
    assert {each.json()["status"] for each in answers} == {"ready"}


async def test_an_object_that_was_replaced_meanwhile_is_not_published(gateway: Gateway, owner: dict[str, str]) -> None:
    ticket = (await presign(gateway, owner)).json()
    await put(ticket["uploadUrl"], JPEG)
    seen = await gateway.store.arrived(ticket["objectKey"])
    assert seen is not None
    await put(ticket["uploadUrl"], b"<script>")
    with pytest.raises(ObjectChangedError):
        await gateway.store.publish(ticket["objectKey"], seen.etag, "image/jpeg")


@pytest.mark.parametrize("path", ["/upload/presign", "/upload/complete"])
async def test_uploads_need_an_account(gateway: Gateway, path: str) -> None:
    assert (await gateway.client.post(path, json={})).status_code == 401
    forged = {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiI1In0."}
    assert (await gateway.client.post(path, json={}, headers=forged)).status_code == 401


async def test_a_store_that_is_away_is_told(module_database: Database, valkey_server: str) -> None:
    async with running_gateway(Setup(module_database.url_as("authenticator"), valkey_server)) as gateway:
        header = {"Authorization": f"Bearer {(await gateway.sign_up('unlucky'))['access_token']}"}
        ticket = (await presign(gateway, header)).json()
        answer = await complete(gateway, header, ticket["objectKey"])
        assert (answer.status_code, answer.json()["code"]) == (503, "DG015")


def test_the_public_address_may_differ_from_the_inner_one() -> None:
    config = StoreConfig("minio:9000", "key", "secret", public_url="https://media.example.com/")
    assert config.base_url == "https://media.example.com"


def test_the_body_speaks_camel_case() -> None:
    body = UploadRequest.model_validate_json('{"filename": "a", "contentType": "image/png", "size": 5}')
    assert (body.file_name, body.content_type, body.byte_size) == ("a", "image/png", 5)


async def test_a_suspended_account_uploads_nothing(gateway: Gateway, module_database: Database) -> None:
    account = {"Authorization": f"Bearer {(await gateway.sign_up('suspended1'))['access_token']}"}
    module_database.execute("update api.users set state = 'SUSPENDED' where username = 'suspended1'")
    answer = await presign(gateway, account)
    assert (answer.status_code, answer.json()["code"]) == (403, "DG025")
