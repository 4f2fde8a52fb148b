"""Refreshing and signing out: rotation, tolerated repeats, reuse, races."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.auth.refresh import make_refresh_token, read_refresh_token
from tests.support.databases import Database
from tests.support.gateways import Gateway


async def refresh(gateway: Gateway, token: str) -> Any:
    return await gateway.client.post("/auth/refresh", json={"refresh_token": token})


async def me(gateway: Gateway, access_token: str) -> int:
    return (await gateway.client.get("/auth/me", headers={"Authorization": f"Bearer {access_token}"})).status_code


def session_of(refresh_token: str) -> int:
    token = read_refresh_token(refresh_token)
    assert token is not None
    return token.session_id


def age(database: Database, refresh_token: str, what: str) -> None:
    """Moves the named moments of a session into the past."""
    columns = ", ".join(f"{name} = {name} - interval '100 days'" for name in what.split())
    database.execute(f"update auth.sessions set {columns} where id = %s", (session_of(refresh_token),))


async def test_a_refresh_gives_new_tokens_that_work(gateway: Gateway) -> None:
    first = await gateway.sign_up("rotate1")
    second = (await refresh(gateway, first["refresh_token"])).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert await me(gateway, second["access_token"]) == 200
    assert (await refresh(gateway, second["refresh_token"])).status_code == 200


async def test_a_lost_answer_can_be_asked_for_again(gateway: Gateway, module_database: Database) -> None:
    first = (await gateway.sign_up("lost1"))["refresh_token"]
    second = (await refresh(gateway, first)).json()["refresh_token"]
    age(module_database, first, "rotated_at")
    assert (await refresh(gateway, first)).json()["refresh_token"] == second


async def test_an_old_token_is_tolerated_for_ten_seconds(gateway: Gateway) -> None:
    first = (await gateway.sign_up("tabs1"))["refresh_token"]
    second = (await refresh(gateway, first)).json()["refresh_token"]
    third = (await refresh(gateway, second)).json()["refresh_token"]
    assert (await refresh(gateway, first)).json()["refresh_token"] == third


async def test_reuse_ends_the_session_for_everybody(gateway: Gateway, module_database: Database) -> None:
    stolen = await gateway.sign_up("reuse1")
    second = (await refresh(gateway, stolen["refresh_token"])).json()
    third = (await refresh(gateway, second["refresh_token"])).json()
    age(module_database, stolen["refresh_token"], "rotated_at")

    answer = await refresh(gateway, stolen["refresh_token"])
    assert (answer.status_code, answer.json()["code"]) == (401, "DG023")
    assert (await refresh(gateway, third["refresh_token"])).json()["code"] == "DG024"
    assert await me(gateway, third["access_token"]) == 401
    recorded = module_database.execute(
        "select revoked_reason from auth.sessions where id = %s", (session_of(stolen["refresh_token"]),)
    )
    assert recorded == [("token_reuse",)]


async def test_reuse_leaves_other_sessions_alone(gateway: Gateway, module_database: Database) -> None:
    stolen = (await gateway.sign_up("reuse2"))["refresh_token"]
    other = await gateway.sign_in("reuse2")
    for _ in range(2):
        await refresh(gateway, (await refresh(gateway, stolen)).json()["refresh_token"])
    age(module_database, stolen, "rotated_at")
    assert (await refresh(gateway, stolen)).json()["code"] == "DG023"
    assert (await refresh(gateway, other["refresh_token"])).status_code == 200


async def test_parallel_refreshes_agree_on_one_token(gateway: Gateway, module_database: Database) -> None:
    first = (await gateway.sign_up("race1"))["refresh_token"]
    answers = await asyncio.gather(*(refresh(gateway, first) for _ in range(20)))
    assert {each.status_code for each in answers} == {200}
    assert len({each.json()["refresh_token"] for each in answers}) == 1
    counter = module_database.execute("select refresh_counter from auth.sessions where id = %s", (session_of(first),))
    assert counter == [(1,)]


async def test_a_session_that_is_held_is_asked_for_again(gateway: Gateway, module_database: Database) -> None:
    first = (await gateway.sign_up("held1"))["refresh_token"]
    with module_database.connect() as conn, conn.transaction():
        conn.execute("select from auth.sessions where id = %s for update", (session_of(first),))
        waiting = asyncio.create_task(refresh(gateway, first))
        await asyncio.sleep(0.3)
        assert not waiting.done()
    assert (await waiting).status_code == 200


@pytest.mark.parametrize("moment", ["expires_at", "ends_at"])
async def test_a_session_does_not_outlive_its_end(gateway: Gateway, module_database: Database, moment: str) -> None:
    token = (await gateway.sign_up(f"aged_{moment}"))["refresh_token"]
    age(module_database, token, moment)
    answer = await refresh(gateway, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "DG024")


async def test_a_token_that_this_server_did_not_make(gateway: Gateway, module_database: Database) -> None:
    token = (await gateway.sign_up("forged1"))["refresh_token"]
    forged = make_refresh_token(b"guess", b"guess", session_of(token), 0)
    for each in (forged, "junk", make_refresh_token(b"guess", b"guess", 4, 0)):
        assert (await refresh(gateway, each)).status_code == 401
    assert (await refresh(gateway, token)).status_code == 200, "a forged token revokes nothing"


async def test_a_counter_from_the_future_is_unknown(gateway: Gateway, module_database: Database) -> None:
    first = (await gateway.sign_up("future1"))["refresh_token"]
    second = (await refresh(gateway, first)).json()["refresh_token"]
    module_database.execute("update auth.sessions set refresh_counter = 0 where id = %s", (session_of(first),))
    assert (await refresh(gateway, second)).json()["code"] == "DG022"


class TestLogout:
    """POST /auth/logout."""

    async def test_ends_the_session_at_once_and_only_that(self, gateway: Gateway) -> None:
        left = await gateway.sign_up("logout1")
        kept = await gateway.sign_in("logout1")
        header = {"Authorization": f"Bearer {left['access_token']}"}
        assert (await gateway.client.post("/auth/logout", headers=header)).status_code == 204
        assert await me(gateway, left["access_token"]) == 401
        assert (await refresh(gateway, left["refresh_token"])).status_code == 401
        assert await me(gateway, kept["access_token"]) == 200

    async def test_works_with_the_refresh_token_alone(self, gateway: Gateway) -> None:
        tokens = await gateway.sign_up("logout2")
        body = {"refresh_token": tokens["refresh_token"]}
        assert (await gateway.client.post("/auth/logout", json=body)).status_code == 204
        assert (await refresh(gateway, tokens["refresh_token"])).status_code == 401
        assert await me(gateway, tokens["access_token"]) == 401

    async def test_of_a_deleted_user_is_harmless(self, gateway: Gateway, module_database: Database) -> None:
        tokens = await gateway.sign_up("logout3")
        module_database.execute("update api.users set deleted_at = now() where username = 'logout3'")
        assert await me(gateway, tokens["access_token"]) == 401
        header = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert (await gateway.client.post("/auth/logout", headers=header)).status_code == 204

    async def test_without_anything_is_refused(self, gateway: Gateway) -> None:
        assert (await gateway.client.post("/auth/logout", json={})).status_code == 422
