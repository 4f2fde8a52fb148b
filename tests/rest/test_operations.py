"""Settings, reload, CORS, OPTIONS, trace header and Server-Timing."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from gateway.settings import ApiSettings
from tests.rest.foreign import SECRET, as_role, foreign_api
from tests.support.databases import Database

PREFLIGHT = {
    "origin": "http://example.com",
    "access-control-request-method": "POST",
    "access-control-request-headers": "Content-Type,Foo",
}


@pytest.fixture(scope="module")
async def shop(foreign: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The foreign database as it is served without more settings."""
    async with foreign_api(foreign) as client:
        yield client


def test_settings_under_their_names_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGRST_DB_SCHEMAS", "a, b")
    monkeypatch.setenv("PGRST_DB_ANON_ROLE", "")
    monkeypatch.setenv("PGRST_MAX_ROWS", "7")
    monkeypatch.setenv("PGRST_APP_SETTINGS_KEY", "value")
    found = ApiSettings()
    assert (found.pgrst_db_schemas, found.pgrst_db_anon_role, found.pgrst_db_max_rows) == (("a", "b"), None, 7)
    assert found.app_settings == {"app.settings.key": "value"}


def test_an_empty_search_path_is_not_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ApiSettings().pgrst_db_extra_search_path == ("public",)
    monkeypatch.setenv("PGRST_DB_EXTRA_SEARCH_PATH", "")
    assert ApiSettings().pgrst_db_extra_search_path == ()


def test_secrets_in_files(tmp_path: Any) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    assert ApiSettings(pgrst_jwt_secret=f"@{tmp_path}/secret").pgrst_jwt_secret == "from a file"


async def test_preflight(shop: httpx.AsyncClient) -> None:
    answer = await shop.options("orders", headers=PREFLIGHT)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD"
    allowed = "Authorization, Content-Type, Foo, Accept, Accept-Language, Content-Language"
    assert answer.headers["access-control-allow-headers"] == allowed
    assert answer.headers["access-control-max-age"] == "86400"


async def test_answers_and_refusals_may_be_read_by_any_origin(shop: httpx.AsyncClient) -> None:
    for path in ("orders", "nothing"):
        answer = await shop.get(path, headers={"origin": "http://example.com"})
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "Content-Range" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in (await shop.get("orders")).headers


@pytest.mark.parametrize(
    ("origin", "allowed", "credentials"),
    [("http://example.com", "http://example.com", "true"), ("http://other.com", None, None)],
)
async def test_named_origins(foreign: Database, origin: str, allowed: str | None, credentials: str | None) -> None:
    origins = ("http://example.com", "http://example2.com")
    async with foreign_api(foreign, pgrst_server_cors_allowed_origins=origins) as client:
        plain = await client.get("orders", headers={"origin": origin})
        assert plain.headers.get("access-control-allow-origin") == allowed
        assert plain.headers.get("access-control-allow-credentials") == credentials


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("", "OPTIONS,GET,HEAD"),
        ("orders", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"),
        ("vips", "OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE"),
        ("counted", "OPTIONS,GET,HEAD"),
        ("secret", "OPTIONS,GET,HEAD,POST,PATCH,DELETE"),
        ("rpc/add", "OPTIONS,GET,HEAD,POST"),
        ("rpc/vol", "OPTIONS,POST"),
    ],
)
async def test_options(shop: httpx.AsyncClient, path: str, allow: str) -> None:
    answer = await shop.options(path)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (200, allow, b"")


async def test_options_of_what_is_not_there(shop: httpx.AsyncClient) -> None:
    assert (await shop.options("nothing")).json()["code"] == "PGRST205"
    assert (await shop.options("rpc/nothing")).json()["code"] == "PGRST202"


async def test_trace_header_and_server_timing(foreign: Database) -> None:
    more = {"pgrst_server_trace_header": "X-Request-Id", "pgrst_server_timing_enabled": True}
    async with foreign_api(foreign, **more) as client:
        answer = await client.get("orders", headers={"x-request-id": "a b c"})
        assert answer.headers["x-request-id"] == "a b c"
        phases = [part.partition(";")[0] for part in answer.headers["server-timing"].split(", ")]
    assert phases == ["jwt", "parse", "plan", "transaction", "response"]


@pytest.mark.parametrize(
    "secret",
    [
        {"pgrst_jwt_secret": base64.b64encode(SECRET.encode()).decode(), "pgrst_jwt_secret_is_base64": True},
        {"pgrst_jwt_secret": json.dumps({"kty": "oct", "k": base64.urlsafe_b64encode(SECRET.encode()).decode()})},
        {
            "pgrst_jwt_secret": json.dumps(
                {"keys": [{"kty": "oct", "k": base64.urlsafe_b64encode(SECRET.encode()).decode()}]}
            )
        },
    ],
    ids=["base64", "jwk", "jwks"],
)
async def test_forms_of_the_secret(foreign: Database, secret: dict[str, Any]) -> None:
    async with foreign_api(foreign, **secret) as client:
        assert (await client.get("secret", headers=as_role("Éditeur"))).status_code == 200


@pytest.mark.parametrize(
    ("path", "claims"),
    [
        (".app.roles[1]", {"app": {"roles": ["x", "Éditeur"]}}),
        ('."https://example.com/role".key', {"https://example.com/role": {"key": "Éditeur"}}),
        ('.roles[?(@ ^== "Éd")]', {"roles": ["x", "Éditeur"]}),
        ("$.app.roles[-1]", {"app": {"roles": ["x", "Éditeur"]}}),
        ("$['https://example.com/role'].key", {"https://example.com/role": {"key": "Éditeur"}}),
        ("$.roles[?@ == 'Éditeur']", {"roles": ["x", "Éditeur"]}),
        ("$.roles[?search(@, '^Éd')]", {"roles": ["x", "Éditeur"]}),
    ],
)
async def test_role_by_path(foreign: Database, path: str, claims: dict[str, Any]) -> None:
    async with foreign_api(foreign, pgrst_jwt_role_claim_key=path) as client:
        assert (await client.get("secret", headers=as_role("x", **claims))).status_code == 200


async def test_audience(foreign: Database) -> None:
    async with foreign_api(foreign, pgrst_jwt_aud="shop") as client:
        assert (await client.get("secret", headers=as_role("Éditeur", aud="shop"))).status_code == 200
        assert (await client.get("secret", headers=as_role("Éditeur"))).status_code == 200
        refused = await client.get("secret", headers=as_role("Éditeur", aud="other"))
    assert (refused.status_code, refused.json()["message"]) == (401, "JWT not in audience")


async def until(check: Callable[[], Any]) -> None:
    """Waits until the awaited `check` is true."""
    async with asyncio.timeout(10):
        while not await check():  # noqa: ASYNC110 - what changes is in the database
            await asyncio.sleep(0.05)


async def test_settings_of_the_connecting_role_and_reload(foreign: Database) -> None:
    async with foreign_api(foreign) as client:
        assert (await client.get("things")).status_code == 404
        foreign.execute("alter role \"OddLogin\" set pgrst.db_schemas = 'second'")
        try:
            foreign.execute("notify pgrst, 'reload config'")
            await until(lambda: _answers(client, "things"))
        finally:
            foreign.execute('alter role "OddLogin" reset all')


async def test_a_setting_that_can_not_be_used_leaves_the_others(foreign: Database) -> None:
    foreign.execute("alter role \"OddLogin\" set pgrst.jwt_secret = 'short'")
    try:
        async with foreign_api(foreign) as client:
            assert (await client.get("secret", headers=as_role("Éditeur"))).status_code == 200
    finally:
        foreign.execute('alter role "OddLogin" reset all')


async def test_settings_by_function(foreign: Database) -> None:
    async with foreign_api(foreign, pgrst_db_pre_config="settings.pre_config") as client:
        assert (await client.get("things")).status_code == 200
    async with foreign_api(foreign, pgrst_db_pre_config="settings.pre_config", pgrst_db_config=False) as client:
        assert (await client.get("things")).status_code == 404


async def test_schema_reload_by_notice(foreign: Database) -> None:
    async with foreign_api(foreign) as client:
        foreign.execute('create table second.fresh (id int); grant select on second.fresh to "Web Anon"')
        try:
            foreign.execute("notify pgrst, 'reload schema'")
            await until(lambda: _answers(client, "fresh", "second"))
        finally:
            foreign.execute("drop table second.fresh")


async def test_no_schema_of_that_name(foreign: Database) -> None:
    async with foreign_api(foreign, pgrst_db_schemas=("nowhere",)) as client:
        answer = await client.get("things")
    assert (answer.status_code, answer.json()["code"]) == (503, "PGRST002")


async def _answers(client: httpx.AsyncClient, path: str, schema: str | None = None) -> bool:
    headers = {"accept-profile": schema} if schema else {}
    return (await client.get(path, headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("setting", "path", "status", "code"),
    [
        ("max_embed_depth = 1", "orders?select=id,Käufer(id)", 200, None),
        ("max_embed_depth = 1", "orders?select=id,Käufer(id,orders(id))", 400, "DR001"),
        ("max_plan_cost = 100000", "orders?select=id", 200, None),
        ("max_plan_cost = 0.5", "orders?select=id", 400, "DR002"),
    ],
)
async def test_limits_of_a_role(foreign: Database, setting: str, path: str, status: int, code: str | None) -> None:
    foreign.execute(f'alter role "Limited" set daira.{setting}')
    try:
        async with foreign_api(foreign) as client:
            free = await client.get(path)
            limited = await client.get(path, headers=as_role("Limited"))
    finally:
        foreign.execute('alter role "Limited" reset all')
    assert free.status_code == 200
    assert (limited.status_code, limited.json()["code"] if code else None) == (status, code)


async def test_streams_are_held_to_the_cost_too(foreign: Database) -> None:
    foreign.execute('alter role "Limited" set daira.max_plan_cost = 0.5')
    try:
        async with foreign_api(foreign) as client:
            headers = {"accept": "application/x-ndjson", **as_role("Limited")}
            assert (await client.get("orders", headers=headers)).json()["code"] == "DR002"
    finally:
        foreign.execute('alter role "Limited" reset all')


async def test_rows_of_a_role_are_limited(foreign: Database) -> None:
    foreign.execute('alter role "Limited" set daira.max_rows = 2')
    try:
        async with foreign_api(foreign) as client:
            assert len((await client.get("orders")).json()) == 3
            assert len((await client.get("orders", headers=as_role("Limited"))).json()) == 2
    finally:
        foreign.execute('alter role "Limited" reset all')


@pytest.mark.parametrize("accept", ["application/json", "application/openapi+json"])
async def test_a_function_of_ones_own_at_the_root(foreign: Database, accept: str) -> None:
    async with foreign_api(foreign, pgrst_db_root_spec="root") as client:
        answer = await client.get("", headers={"accept": accept})
    assert (answer.status_code, answer.json()["info"]["title"]) == (200, "own")


async def test_tokens_without_a_secret_are_the_server_s_mistake(foreign: Database) -> None:
    async with foreign_api(foreign, pgrst_jwt_secret=None) as client:
        answer = await client.get("orders", headers=as_role("Éditeur"))
    assert (answer.status_code, answer.json()["code"]) == (500, "PGRST300")
    assert "www-authenticate" not in answer.headers


async def test_an_answer_without_a_body_has_no_length(shop: httpx.AsyncClient) -> None:
    assert "content-length" not in (await shop.head("orders")).headers
    assert (await shop.get("orders")).headers["content-length"] != "0"
