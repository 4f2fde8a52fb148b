"""The ASGI front: tokens, request ids, body limits, clients that go away."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import jwt
import pytest

from gateway.app import build_api
from gateway.front import MAX_FOREIGN_BODY
from gateway.settings import ApiSettings
from tests.rest.conftest import SECRET, bearer
from tests.support.asgi import serving


@pytest.mark.parametrize(
    "token",
    [
        "nonsense",
        jwt.encode({"role": "authenticated", "sub": "1001"}, "another secret of at least 32 bytes", "HS256"),
        jwt.encode({"role": "authenticated", "sub": "1001", "exp": 1}, SECRET, "HS256"),
        jwt.encode({"role": "authenticated", "sub": "1001"}, None, "none"),
    ],
)
async def test_tokens_that_are_not_accepted(api: httpx.AsyncClient, token: str) -> None:
    answer = await api.get("users", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["code"].startswith("PGRST30")


async def test_role_that_the_login_role_may_not_take_is_refused_by_the_database(api: httpx.AsyncClient) -> None:
    token = jwt.encode({"role": "migrator"}, SECRET, "HS256")
    answer = await api.get("users", headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "42501")


async def test_without_an_anonymous_role_a_token_is_needed(settings: ApiSettings) -> None:
    closed = settings.model_copy(update={"pgrst_db_anon_role": None})
    async with serving(build_api(closed)) as client:
        answer = await client.get("/rest/v1/users")
        assert (answer.status_code, answer.json()["code"]) == (401, "PGRST302")
        assert (await client.get("/rest/v1/users", headers=bearer(1001))).status_code == 200


async def test_request_id_is_taken_over_where_it_is_harmless(api: httpx.AsyncClient) -> None:
    given = await api.get("users?limit=1", headers={"x-request-id": "abc-1"})
    assert given.headers["x-request-id"] == "abc-1"
    assert (await api.get("users?limit=1", headers={"x-request-id": "a b"})).headers["x-request-id"] != "a b"


async def test_large_body_is_refused(api: httpx.AsyncClient) -> None:
    assert (await api.post("users", content=b"x" * (MAX_FOREIGN_BODY + 1))).status_code == 413


async def test_without_a_database_the_answer_is_503_with_a_body() -> None:
    nowhere = ApiSettings(pgrst_db_uri="host=127.0.0.1 port=1", pgrst_db_anon_role="anon", log_level="CRITICAL")
    async with serving(build_api(nowhere)) as client:
        answer = await client.get("/rest/v1/users")
    assert (answer.status_code, answer.json()["code"]) == (503, "PGRST002")
    assert answer.headers["retry-after"] == "1"


async def test_unknown_paths_go_to_the_framework(api: httpx.AsyncClient) -> None:
    assert (await api.get("http://gateway/rest/v10")).status_code == 404


async def test_request_of_a_client_that_has_gone_is_given_up(settings: ApiSettings) -> None:
    app = build_api(settings)
    async with serving(app):
        sent: list[dict[str, Any]] = []
        gone = asyncio.Event()

        async def receive() -> dict[str, Any]:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "GET",
            "path": "/rest/v1/slow",
            "query_string": b"",
            "headers": [],
        }
        request = asyncio.create_task(app(scope, receive, send))
        await asyncio.sleep(0.3)
        gone.set()
        with pytest.raises(asyncio.CancelledError):
            await request
    assert sent == []


async def test_a_slow_request_leaves_nothing_behind_that_ends_the_next_one(settings: ApiSettings) -> None:
    async with serving(build_api(settings)) as client:
        await client.get("/rest/v1/napping")
        await asyncio.sleep(0.05)
        assert (await client.get("/rest/v1/napping")).status_code == 200
