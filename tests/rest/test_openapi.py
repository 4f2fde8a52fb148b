"""The OpenAPI document at the root: its shape, by role, mode and settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.rest.foreign import as_role, foreign_api
from tests.support.databases import Database


@pytest.fixture(scope="module")
async def shop(foreign: Database) -> AsyncIterator[httpx.AsyncClient]:
    """The foreign database as it is served without more settings."""
    async with foreign_api(foreign) as client:
        yield client


@pytest.fixture(scope="module")
async def document(shop: httpx.AsyncClient) -> dict[str, Any]:
    """What anonymous callers see."""
    return dict((await shop.get("")).json())


async def test_head_of_the_document(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("", headers={"accept": "application/json"})
    found = answer.json()
    assert answer.headers["content-type"] == "application/openapi+json; charset=utf-8"
    assert (found["swagger"], found["basePath"], found["host"]) == ("2.0", "/rest/v1", "gateway")
    assert found["info"]["title"] == "Shop of odd names"
    assert found["info"]["description"] == "What it sells\nand to whom."


def test_properties_of_a_table(document: dict[str, Any]) -> None:
    assert document["definitions"]["Käufer"] == {
        "type": "object",
        "description": "Buyers\n\nPeople who buy.",
        "required": ["id", "First Name"],
        "properties": {
            "id": {"type": "integer", "format": "int64", "description": "Note:\nThis is a Primary Key.<pk/>"},
            "First Name": {
                "type": "string",
                "format": "character varying",
                "maxLength": 10,
                "default": "x",
                "description": "given name",
            },
            "born": {"type": "string", "format": "date", "default": "now()"},
            "tags": {"type": "array", "format": "text[]", "items": {"type": "string"}},
            "ok": {"type": "boolean", "format": "boolean", "default": False},
            "n": {"type": "integer", "format": "int32", "default": 3},
            "j": {"format": "jsonb"},
        },
    }


def test_references_enums_and_domains(document: dict[str, Any]) -> None:
    properties = document["definitions"]["orders"]["properties"]
    note = "Note:\nThis is a Foreign Key to `Käufer.id`.<fk table='Käufer' column='id'/>"
    assert properties["buyer"]["description"] == note
    assert properties["mood"] == {
        "type": "string",
        "format": '"Odd Names".mood',
        "enum": ["sad", "glad"],
        "default": "glad",
    }
    assert properties["qty"] == {"type": "integer", "format": "int32"}


def test_path_of_a_table(document: dict[str, Any]) -> None:
    path = document["paths"]["/Käufer"]
    assert set(path) == {"get", "post", "patch", "delete"}
    assert (path["get"]["summary"], path["get"]["description"]) == ("Buyers", "People who buy.")
    assert {"$ref": "#/parameters/rowFilter.Käufer.First Name"} in path["get"]["parameters"]
    assert path["get"]["responses"]["200"]["schema"] == {"type": "array", "items": {"$ref": "#/definitions/Käufer"}}


def test_functions_by_volatility_and_arguments(document: dict[str, Any]) -> None:
    add, vari = document["paths"]["/rpc/add"], document["paths"]["/rpc/vari"]
    assert [(each["name"], each["required"]) for each in add["get"]["parameters"]] == [("a", True), ("b", False)]
    assert add["post"]["parameters"][0]["schema"]["required"] == ["a"]
    assert vari["get"]["parameters"][0]["collectionFormat"] == "multi"


async def test_a_role_sees_what_it_may_use(shop: httpx.AsyncClient, document: dict[str, Any]) -> None:
    seen = (await shop.get("", headers=as_role("Éditeur"))).json()
    assert {"/secret", "/rpc/vol"} <= set(seen["paths"])
    assert {"/secret", "/rpc/vol"}.isdisjoint(document["paths"])
    assert set(seen["paths"]["/rpc/vol"]) == {"post"}


async def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    names = {
        reference["$ref"].removeprefix("#/parameters/")
        for path in document["paths"].values()
        for operation in path.values()
        for reference in operation.get("parameters", ())
        if "$ref" in reference
    }
    assert names <= set(document["parameters"])


async def test_another_schema_by_profile(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("", headers={"accept-profile": "second"})
    assert list(answer.json()["definitions"]) == ["things"]
    assert answer.headers["content-profile"] == "second"
    assert answer.json()["info"]["title"] == "PostgREST API"


async def test_other_media_types_are_refused(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("", headers={"accept": "text/csv"})
    assert (answer.status_code, answer.json()["code"]) == (406, "PGRST107")


async def test_ignoring_privileges_shows_all(foreign: Database) -> None:
    async with foreign_api(foreign, pgrst_openapi_mode="ignore-privileges") as client:
        assert {"/secret", "/rpc/vol"} <= set((await client.get("")).json()["paths"])


async def test_disabled(foreign: Database) -> None:
    async with foreign_api(foreign, pgrst_openapi_mode="disabled") as client:
        answer = await client.get("")
    assert (answer.status_code, answer.json()["code"]) == (404, "PGRST126")


@pytest.mark.parametrize(
    ("uri", "host", "path", "scheme"),
    [
        ("https://postgrest.com/openapi.json", "postgrest.com:443", "/openapi.json", "https"),
        ("http://example.org:8080", "example.org:8080", "/", "http"),
    ],
)
async def test_proxy_and_security(foreign: Database, uri: str, host: str, path: str, scheme: str) -> None:
    more = {"pgrst_openapi_server_proxy_uri": uri, "pgrst_openapi_security_active": True}
    async with foreign_api(foreign, **more) as client:
        found = (await client.get("")).json()
    assert (found["host"], found["basePath"], found["schemes"]) == (host, path, [scheme])
    assert found["security"] == [{"JWT": []}]
    assert found["securityDefinitions"]["JWT"]["type"] == "apiKey"
