"""Bodies that no honest client sends: a clear answer with a code, and nothing changes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.databases import Database
from tests.support.gateways import Gateway

JSON = {"content-type": "application/json"}
GOOD = {"username": "goodname", "email": "good@example.com", "password": "securepass123"}
ROUTES = ("/auth/register", "/auth/login", "/auth/refresh")


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "DG001"),
        (b"{", 400, "DG001"),
        (b"nonsense", 400, "DG001"),
        (b'{"email": "a@b.c",}', 400, "DG001"),
        (b'{"email": NaN}', 422, "DG005"),
        (b"[" * 10_000, 400, "DG001"),
        (b'{"email": "\\ud800"}', 400, "DG001"),
        (b'{"email": "\xff\xfe"}', 400, "DG002"),
        (b"\xed\xa0\x80", 400, "DG002"),
        (b'{"email": "' + b"x" * 20_000 + b'"}', 413, "DG003"),
        (b"[]", 422, "DG005"),
        (b"null", 422, "DG005"),
        (b'"text"', 422, "DG005"),
        (b"{}", 422, "DG005"),
        (b'{"' + b"x" * 300 + b'": 1}', 422, "DG005"),
    ],
)
async def test_bodies_that_cannot_be_read(gateway: Gateway, route: str, body: bytes, status: int, code: str) -> None:
    answer = await gateway.client.post(route, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "admin"}, "role"),
        ({"id": 5}, "id"),
        ({"username": 5}, "username"),
        ({"username": None}, "username"),
        ({"username": ["a"]}, "username"),
        ({"username": "a\0b"}, "username"),
        ({"username": "x" * 201}, "username"),
        ({"email": True}, "email"),
        ({"email": "a\0@example.com"}, "email"),
        ({"email": "x" * 400}, "email"),
        ({"password": 12345678}, "password"),
        ({"password": "secure\0pass"}, "password"),
        ({"password": "x" * 2000}, "password"),
    ],
)
async def test_fields_that_are_refused(
    gateway: Gateway, module_database: Database, changed: dict[str, Any], field: str
) -> None:
    answer = await gateway.client.post("/auth/register", content=json.dumps(GOOD | changed), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (422, "DG005")
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert module_database.execute("select count(*) from api.users where username = 'goodname'") == [(0,)]


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_body_of_another_type_is_refused(gateway: Gateway, content_type: str) -> None:
    answer = await gateway.client.post("/auth/login", content=b"{}", headers={"content-type": content_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "DG004")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/auth/nothing", 404, "DG006"), ("GET", "/auth/login", 405, "DG007"), ("PUT", "/auth/me", 405, "DG007")],
)
async def test_routes_that_do_not_exist(gateway: Gateway, method: str, path: str, status: int, code: str) -> None:
    answer = await gateway.client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic abc", "bearer a.b", "Bearer " + "x" * 9000, "Bearer é"])
async def test_authorization_that_makes_no_sense(gateway: Gateway, header: str) -> None:
    answer = await gateway.client.get("/auth/me", headers={"Authorization": header.encode()})
    assert answer.status_code == 401
    assert answer.json()["code"] in ("DG020", "PGRST301")


async def test_a_defect_shows_no_trace(gateway: Gateway) -> None:
    answer = await gateway.client.get("/crash")
    assert (answer.status_code, answer.json()["code"]) == (500, "DG008")
    assert "defect" not in answer.text
