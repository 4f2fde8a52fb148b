"""Registering and signing in over HTTP."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import bcrypt
import pytest

from tests.support.databases import Database
from tests.support.gateways import Gateway, Setup, running_gateway

TODAY = datetime.now(UTC).date()
ACCOUNT = {"username": "testuser", "email": "test@example.com", "password": "securepass123"}


async def test_the_products_example(gateway: Gateway) -> None:
    created = await gateway.client.post("/auth/register", json=ACCOUNT)
    assert created.status_code == 201
    assert created.json()["username"] == "testuser"
    assert created.json()["email"] == "test@example.com"
    assert created.json()["id"].isdecimal()

    signed = await gateway.client.post("/auth/login", json={"email": "test@example.com", "password": "securepass123"})
    assert signed.status_code == 200
    assert signed.json()["token_type"] == "bearer"
    assert signed.json()["expires_in"] == 900

    me = await gateway.client.get("/auth/me", headers={"Authorization": f"Bearer {signed.json()['access_token']}"})
    assert me.json() == created.json()


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"username": "taken1"}, 409, "DG030"),
        ({"username": "TAKEN1"}, 409, "DG030"),
        ({"email": "taken1@example.com"}, 409, "DG031"),
        ({"email": "Taken1@EXAMPLE.com"}, 409, "DG031"),
        ({"username": "ab"}, 422, "DG032"),
        ({"username": "x" * 31}, 422, "DG032"),
        ({"username": "no spaces"}, 422, "DG032"),
        ({"username": "مستخدم"}, 422, "DG032"),
        ({"username": ".dotted"}, 422, "DG032"),
        ({"email": "nobody"}, 422, "DG033"),
        ({"email": "a b@example.com"}, 422, "DG033"),
        ({"email": "one@example.com,two@example.com"}, 422, "DG033"),
        ({"email": "Nobody <nobody@example.com>"}, 422, "DG033"),
        ({"password": "short"}, 422, "DG034"),
        ({"password": "ك" * 37}, 422, "DG035"),
        ({"birth_date": "1899-12-31"}, 422, "DG036"),
        ({"birth_date": TODAY.isoformat()}, 422, "DG036"),
        ({"birth_date": "yesterday"}, 422, "DG005"),
    ],
)
async def test_registrations_that_are_refused(
    gateway: Gateway, module_database: Database, changed: dict[str, str], status: int, code: str
) -> None:
    await gateway.client.post("/auth/register", json={**ACCOUNT, "username": "taken1", "email": "taken1@example.com"})
    before = module_database.execute("select count(*) from api.users")
    fresh = {"username": "somebody", "email": "somebody@example.com", "password": "securepass123"}
    answer = await gateway.client.post("/auth/register", json=fresh | changed)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert module_database.execute("select count(*) from api.users") == before


@pytest.mark.parametrize(("age", "is_private"), [(15, True), (30, False)])
async def test_the_account_of_a_minor_is_private(gateway: Gateway, age: int, is_private: bool) -> None:
    born = date(TODAY.year - age, 1, 1).isoformat()
    person = {"username": f"aged_{age}", "email": f"aged{age}@example.com", "password": "securepass123"}
    answer = await gateway.client.post("/auth/register", json={**person, "birth_date": born})
    assert (answer.status_code, answer.json()["is_private"]) == (201, is_private)


async def test_of_two_registrations_at_once_one_wins(gateway: Gateway) -> None:
    account = {"username": "rival", "email": "rival@example.com", "password": "securepass123"}
    answers = await asyncio.gather(*(gateway.client.post("/auth/register", json=account) for _ in range(6)))
    assert sorted(each.status_code for each in answers) == [201, 409, 409, 409, 409, 409]


async def test_a_compatible_spelling_is_the_same_password(gateway: Gateway) -> None:
    wide = "ｓｅｃｕｒｅｐａｓｓ"
    account = {"username": "nfkc", "email": "nfkc@example.com", "password": wide}
    assert (await gateway.client.post("/auth/register", json=account)).status_code == 201
    login = {"email": "nfkc@example.com", "password": "securepass"}
    assert (await gateway.client.post("/auth/login", json=login)).status_code == 200


@pytest.mark.parametrize("email", ["wrong1@example.com", "unknown@example.com"])
async def test_a_wrong_password_and_an_unknown_address_answer_alike(gateway: Gateway, email: str) -> None:
    await gateway.client.post("/auth/register", json={**ACCOUNT, "username": "wrong1", "email": "wrong1@example.com"})
    answer = await gateway.client.post("/auth/login", json={"email": email, "password": "not the password"})
    assert (answer.status_code, answer.json()["code"]) == (401, "DG021")
    assert answer.json()["detail"] == "Check both and try again."


async def test_a_disabled_account_is_told_so_only_with_the_right_password(
    gateway: Gateway, module_database: Database
) -> None:
    tokens = await gateway.sign_up("disabled")
    module_database.execute(
        "update auth.credentials set disabled_at = now() from api.users where id = user_id and username = 'disabled'"
    )
    wrong = await gateway.client.post("/auth/login", json={"email": "disabled@example.com", "password": "wrong wrong"})
    right = await gateway.client.post(
        "/auth/login", json={"email": "disabled@example.com", "password": "securepass123"}
    )
    renewed = await gateway.client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert [each.json()["code"] for each in (wrong, right, renewed)] == ["DG021", "DG025", "DG025"]


async def test_a_hash_of_an_older_cost_is_made_anew_at_sign_in(gateway: Gateway, module_database: Database) -> None:
    await gateway.sign_up("rehash")
    old = bcrypt.hashpw(b"securepass123", bcrypt.gensalt(5)).decode()
    module_database.execute(
        "update auth.credentials set password_hash = %s from api.users u where u.id = user_id and username = 'rehash'",
        (old,),
    )
    await gateway.sign_in("rehash")
    [[fresh]] = module_database.execute(
        "select password_hash from auth.credentials join api.users on id = user_id where username = 'rehash'"
    )
    assert str(fresh).startswith("$2b$04$")
    await gateway.sign_in("rehash")


async def test_what_happened_is_recorded(gateway: Gateway, module_database: Database) -> None:
    tokens = await gateway.sign_up("audited")
    await gateway.client.post("/auth/login", json={"email": "audited@example.com", "password": "wrong wrong"})
    await gateway.client.post("/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    recorded = module_database.execute(
        "select action from auth.audit a join api.users u on u.id = user_id where username = 'audited' order by a.id"
    )
    assert [row[0] for row in recorded] == ["registered", "logged_in", "login_failed", "token_refreshed"]


async def test_the_real_cost_is_twelve(module_database: Database, valkey: str) -> None:
    async with running_gateway(Setup(module_database.url_as("authenticator"), valkey, cost=12)) as gateway:
        await gateway.sign_up("costly")
    [[stored]] = module_database.execute(
        "select password_hash from auth.credentials join api.users on id = user_id where username = 'costly'"
    )
    assert str(stored).startswith("$2b$12$")


class TestMe:
    """GET /auth/me."""

    async def test_without_a_token(self, gateway: Gateway) -> None:
        answer = await gateway.client.get("/auth/me")
        assert (answer.status_code, answer.json()["code"]) == (401, "DG020")
        assert answer.headers["www-authenticate"] == "Bearer"

    async def test_with_a_forged_token(self, gateway: Gateway) -> None:
        answer = await gateway.client.get("/auth/me", headers={"Authorization": "Bearer a.b.c"})
        assert (answer.status_code, answer.json()["code"]) == (401, "PGRST301")
        assert 'error="invalid_token"' in answer.headers["www-authenticate"]

    @pytest.mark.parametrize("claims", [{"sid": "999"}, {"sid": "x"}, {"sid": "9" * 30}, {"sid": None}, {"sid": 5}])
    async def test_with_a_token_of_no_session(self, gateway: Gateway, claims: dict[str, Any]) -> None:
        token = _signed(gateway, claims)
        answer = await gateway.client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.json()["code"]) == (401, "DG024")


def _signed(gateway: Gateway, claims: dict[str, Any]) -> str:
    import time

    import jwt

    from tests.support.gateways import SECRET

    usual = {"iss": "daira", "aud": "daira", "sub": "5", "role": "authenticated", "exp": time.time() + 60}
    return jwt.encode({name: value for name, value in (usual | claims).items() if value is not None}, SECRET, "HS256")
