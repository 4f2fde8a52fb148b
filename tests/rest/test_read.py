"""GET on tables: what comes back, and what is refused, under row-level security."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from tests.rest.conftest import bearer
from tests.support.databases import Database

POSTS = "posts?author_id=lt.2000&order=id"


async def usernames(api: httpx.AsyncClient, query: str) -> list[str]:
    answer = await api.get(f"users?select=username&id=lt.2000&order=id&{query}", headers=bearer(1001))
    assert answer.status_code == 200, answer.text
    return [row["username"] for row in answer.json()]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("id=eq.1001", ["nour"]),
        ("id=not.eq.1001", ["omar", "hidden"]),
        ("id=neq.1001", ["omar", "hidden"]),
        ("id=gt.1001&id=lte.1002", ["omar"]),
        ("id=in.(1001,1003)", ["nour", "hidden"]),
        ("username=in.(nour,%22omar%22)", ["nour", "omar"]),
        ("id=in.()", []),
        ("username=like.*m*", ["omar"]),
        ("username=ilike.OM%25", ["omar"]),
        ("username=match.^[no]", ["nour", "omar"]),
        ("avatar_url=is.null", ["nour", "omar", "hidden"]),
        ("avatar_url=not.is.null", []),
        ("is_private=is.true", ["hidden"]),
        ("name=eq.Omar+%22the+Great%22,+O'Neil", ["omar"]),
        ("name=eq.%D9%86%D9%88%D8%B1", ["nour"]),
        ("bio=isdistinct.x", ["nour", "omar", "hidden"]),
        ("limit=1&offset=1", ["omar"]),
        ("limit=0", []),
    ],
)
async def test_filters_and_pages(api: httpx.AsyncClient, query: str, names: list[str]) -> None:
    assert await usernames(api, query) == names


async def test_rows_of_others_are_hidden_by_policies_not_by_the_gateway(api: httpx.AsyncClient) -> None:
    mine = await api.get(POSTS, headers=bearer(1003))
    theirs = await api.get(POSTS, headers=bearer(1001))
    assert len(mine.json()) == 4
    assert "private" not in {post["content"] for post in theirs.json()}


async def test_embeds_to_one_to_many_and_one_to_one(api: httpx.AsyncClient) -> None:
    query = "id,author:users!author_id(username),stats:post_stats(likes_count)&author_id=eq.1001&order=id&limit=1"
    post = (await api.get(f"posts?select={query}", headers=bearer(1002))).json()[0]
    assert post["author"] == {"username": "nour"}
    assert post["stats"] == {"likes_count": 7}
    latest = "posts.order=id.desc&posts.limit=1"
    user = (await api.get(f"users?select=posts!author_id(content)&id=eq.1001&{latest}")).json()[0]
    assert user == {"posts": [{"content": '100% "quoted", (a,b) \\ back'}]}


async def test_inner_embed_drops_rows_and_left_keeps_them(api: httpx.AsyncClient) -> None:
    base = "id=lt.2000&order=id&posts.content=eq.reel"
    inner = await api.get(f"users?select=username,posts!author_id!inner(content)&{base}")
    left = await api.get(f"users?select=username,posts!author_id(content)&{base}")
    assert [user["username"] for user in inner.json()] == ["omar"]
    assert [len(user["posts"]) for user in left.json()] == [0, 1, 0]


async def test_renaming_casting_and_computed_fields(api: httpx.AsyncClient) -> None:
    answer = await api.get("users?select=handle:username,id::text,_follower_count&id=eq.1001", headers=bearer(1001))
    assert answer.json() == [{"handle": "nour", "id": "1001", "_follower_count": 0}]


async def test_content_range_and_head(api: httpx.AsyncClient) -> None:
    page = await api.get("users?id=lt.2000&limit=2&offset=1")
    assert page.headers["content-range"] == "1-2/*"
    assert (await api.get("users?id=eq.1")).headers["content-range"] == "*/*"
    head = await api.head("users?id=lt.2000")
    assert (head.status_code, head.content, head.headers["content-range"]) == (200, b"", "0-2/*")


@pytest.mark.parametrize(
    ("method", "query", "status", "code"),
    [
        ("GET", "postz", 404, "PGRST205"),
        ("GET", "posts?colour=eq.1", 400, "42703"),
        ("GET", "posts?select=colour", 400, "42703"),
        ("GET", "posts?select=id,nothing(id)", 400, "PGRST200"),
        ("GET", "posts?select=id,(", 400, "PGRST100"),
        ("GET", "posts?select=id)", 400, "PGRST100"),
        ("GET", "posts?order=id.sideways", 400, "PGRST100"),
        ("GET", "posts?id=7", 400, "PGRST100"),
        ("GET", "posts?id=nope.7", 400, "PGRST100"),
        ("GET", "posts?id=is.seven", 400, "PGRST100"),
        ("GET", "posts?id=in.1,2", 400, "PGRST100"),
        ("GET", "posts?limit=-1", 416, "PGRST103"),
        ("GET", "posts?author.limit=1", 400, "PGRST108"),
        ("GET", "posts?id=eq.abc", 400, "22P02"),
        ("GET", "posts?id=eq.99999999999999999999", 400, "22003"),
        ("GET", "users?username=eq.%00", 400, "22021"),
        ("GET", "users?username=eq.%FF", 400, "PGRST100"),
        ("GET", "users?select=id::regclass", 400, "42704"),
    ],
)
async def test_bad_requests(api: httpx.AsyncClient, method: str, query: str, status: int, code: str) -> None:
    answer = await api.request(method, query, headers=bearer(1001))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert set(answer.json()) == {"code", "details", "hint", "message"}


async def test_misspelt_names_get_a_hint(api: httpx.AsyncClient) -> None:
    assert "api.posts" in (await api.get("postz")).json()["hint"]
    assert '"posts.content"' in (await api.get("posts?select=contnet")).json()["hint"]
    assert "'post_stats'" in (await api.get("posts?select=post_stat(post_id)")).json()["hint"]


async def test_several_relationships_are_named_with_their_hints(api: httpx.AsyncClient) -> None:
    answer = await api.get("users?select=id,follows(follower_id)")
    assert (answer.status_code, answer.json()["code"]) == (300, "PGRST201")
    keys = [way["relationship"].split()[0] for way in answer.json()["details"]]
    chosen = await api.get(f"users?select=id,follows!{keys[0]}(follower_id)", headers=bearer(1001))
    assert chosen.status_code == 200


async def test_what_a_role_may_not_read_is_401_without_and_403_with_a_token(api: httpx.AsyncClient) -> None:
    assert (await api.get("user_private")).status_code == 401
    answer = await api.get("users?select=id", headers=bearer(1001, "nobody"))
    assert (answer.status_code, answer.json()["code"]) == (401, "22023")


async def test_new_table_is_served_as_soon_as_the_schema_says_so(api: httpx.AsyncClient, people: Database) -> None:
    assert (await api.get("novelties")).status_code == 404
    people.execute("create table api.novelties (id bigint primary key); grant select on api.novelties to anon")
    people.execute("notify pgrst, 'reload schema'")
    async with asyncio.timeout(1):
        while (await api.get("novelties")).status_code == 404:  # noqa: ASYNC110 - another process decides
            await asyncio.sleep(0.01)
    assert (await api.get("novelties")).json() == []
