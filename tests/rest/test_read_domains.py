"""Domains that are written as JSON and text in a way of their own."""

from __future__ import annotations

import httpx

from tests.rest.reading import rows
from tests.support.databases import Database


async def test_representations_of_domains(web: httpx.AsyncClient) -> None:
    one = {"id": "#846c4ffd", "nick": "one"}
    assert await rows(web, "profiles?select=id,nick&id=eq.%23846c4ffd") == [one]
    assert await rows(web, "profiles?select=id,nick&id=in.(%23846c4ffd)") == [one]
    assert await rows(web, "profiles?select=id,nick&or=(id.eq.%23846c4ffd,nick.eq.x)") == [one]
    assert (await rows(web, "profiles?nick=eq.one"))[0]["id"] == "#846c4ffd"
    assert (await rows(web, "profiles?select=id::text&nick=eq.one"))[0]["id"].startswith("846c4ffd-0000")


async def test_representations_of_domains_are_written(web: httpx.AsyncClient, library: Database) -> None:
    profiles, whole = '"odd schéma".profiles', {"prefer": "return=representation"}
    library.execute(f'grant insert, update, delete on {profiles} to "Odd Reader"')
    try:
        made = await web.post("profiles", json={"id": "#0000000c", "nick": "new"}, headers=whole)
        assert (made.status_code, made.json()[0]["id"]) == (201, "#0000000c")
        moved = await web.patch("profiles?id=eq.%230000000c", json={"id": "#0000000d"}, headers=whole)
        assert (moved.status_code, moved.json()[0]["id"]) == (200, "#0000000d")
        stored = library.execute(f"select id::uuid::text from {profiles} where nick = 'new'")
        assert stored == [("0000000d-0000-0000-0000-000000000000",)]
        gone = await web.delete("profiles?id=eq.%230000000d", headers=whole)
        assert [row["nick"] for row in gone.json()] == ["new"]
    finally:
        library.execute(f"delete from {profiles} where nick = 'new'")
        library.execute(f'revoke insert, update, delete on {profiles} from "Odd Reader"')


async def test_representations_reach_into_composite_values(web: httpx.AsyncClient) -> None:
    assert await rows(web, "rpc/page?n=1") == {
        "first": {"id": "#0000000c", "n o": 1},
        "pairs": [{"id": None, "n o": 2}, None],
        "ids": [3],
    }
    assert await rows(web, "rpc/page?n=2") == {"first": None, "pairs": [], "ids": None}
    assert await rows(web, "rpc/page?n=3") == {"first": None, "pairs": None, "ids": None}
