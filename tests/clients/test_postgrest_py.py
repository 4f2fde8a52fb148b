"""The query surface of postgrest-py on DAIRA's schema, under row-level security."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from postgrest import AsyncPostgrestClient
from postgrest.exceptions import APIError
from postgrest.types import CountMethod, ReturnMethod

Query = Callable[[Any], Any]
NOUR, OMAR = "nour", "omar"
BOTH = [NOUR, OMAR]


@pytest.mark.parametrize(
    ("name", "narrow", "found"),
    [
        ("eq", lambda q: q.eq("username", NOUR), [NOUR]),
        ("neq", lambda q: q.neq("username", NOUR), [OMAR]),
        ("gt", lambda q: q.gt("id", 1001), [OMAR]),
        ("gte", lambda q: q.gte("id", 1001), BOTH),
        ("lt", lambda q: q.lt("id", 1002), [NOUR]),
        ("lte", lambda q: q.lte("id", 1002), BOTH),
        ("is_", lambda q: q.is_("deleted_at", "null"), BOTH),
        ("like", lambda q: q.like("username", "n%"), [NOUR]),
        ("like_all_of", lambda q: q.like_all_of("username", "n%,%r"), [NOUR]),
        ("like_any_of", lambda q: q.like_any_of("username", "n%,o%"), BOTH),
        ("ilike", lambda q: q.ilike("username", "N%"), [NOUR]),
        ("ilike_all_of", lambda q: q.ilike_all_of("username", "N%,%R"), [NOUR]),
        ("ilike_any_of", lambda q: q.ilike_any_of("username", "N%,O%"), BOTH),
        ("in_", lambda q: q.in_("username", [NOUR, 'a,"b"']), [NOUR]),
        ("in_ of awkward text", lambda q: q.in_("name", ['Omar "the Great", O\'Neil']), [OMAR]),
        ("not_", lambda q: q.not_.eq("username", NOUR), [OMAR]),
        ("or_", lambda q: q.or_("username.eq.nour,username.eq.omar"), BOTH),
        ("filter", lambda q: q.filter("username", "eq", OMAR), [OMAR]),
        ("match", lambda q: q.match({"username": NOUR, "locale": "ar"}), [NOUR]),
        ("limit", lambda q: q.limit(1), [NOUR]),
        ("offset", lambda q: q.offset(1).limit(1), [OMAR]),
        ("range", lambda q: q.range(1, 1), [OMAR]),
    ],
)
async def test_filters(nour: AsyncPostgrestClient, name: str, narrow: Query, found: list[str]) -> None:
    query = nour.from_("users").select("username").in_("username", BOTH).order("id")
    answer = await narrow(query).execute()
    assert [row["username"] for row in answer.data] == found


@pytest.mark.parametrize(
    ("name", "narrow", "found"),
    [
        ("sl", lambda q: q.sl("span", (20, 30)), [NOUR]),
        ("range_lt", lambda q: q.range_lt("span", (20, 30)), [NOUR]),
        ("sr", lambda q: q.sr("span", (10, 20)), [OMAR]),
        ("range_gt", lambda q: q.range_gt("span", (10, 20)), [OMAR]),
        ("nxl", lambda q: q.nxl("span", (19, 30)), [OMAR]),
        ("range_gte", lambda q: q.range_gte("span", (19, 30)), [OMAR]),
        ("nxr", lambda q: q.nxr("span", (10, 20)), [NOUR]),
        ("range_lte", lambda q: q.range_lte("span", (10, 20)), [NOUR]),
        ("adj", lambda q: q.adj("span", (19, 25)), [NOUR]),
        ("range_adjacent", lambda q: q.range_adjacent("span", (19, 25)), [NOUR]),
        ("ov", lambda q: q.filter("span", "ov", "[12,13)"), [NOUR]),
    ],
)
async def test_ranges(nour: AsyncPostgrestClient, name: str, narrow: Query, found: list[str]) -> None:
    query = nour.from_("account_spans").select("username").in_("username", BOTH).order("username")
    assert [row["username"] for row in (await narrow(query).execute()).data] == found


@pytest.mark.parametrize(
    ("name", "narrow", "count"),
    [
        ("contains", lambda q: q.contains("media_urls", ["https://a.example/1"]), 0),
        ("contained_by", lambda q: q.contained_by("media_urls", ["https://a.example/1"]), 3),
        ("cs", lambda q: q.cs("media_urls", ["https://a.example/1"]), 0),
        ("cd", lambda q: q.cd("media_urls", ["https://a.example/1"]), 3),
        ("overlaps", lambda q: q.overlaps("media_urls", ["https://a.example/1"]), 0),
        ("fts", lambda q: q.fts("content", "reel"), 1),
        ("plfts", lambda q: q.plfts("content", "reel"), 1),
        ("phfts", lambda q: q.phfts("content", "reel"), 1),
        ("wfts", lambda q: q.wfts("content", "reel or nothing"), 1),
    ],
)
async def test_arrays_and_text_search(nour: AsyncPostgrestClient, name: str, narrow: Query, count: int) -> None:
    assert len((await narrow(nour.from_("posts").select("id")).execute()).data) == count


async def test_text_search_with_a_configuration(nour: AsyncPostgrestClient) -> None:
    query = (
        nour.from_("posts").select("content").text_search("content", "reels", {"type": "plain", "config": "english"})
    )
    assert [row["content"] for row in (await query.execute()).data] == ["reel"]


async def test_embedding_and_its_order_and_limit(nour: AsyncPostgrestClient) -> None:
    query = (
        nour.from_("users")
        .select("username", "posts!posts_author_id_fkey(content,post_stats(likes_count))")
        .eq("username", NOUR)
    )
    query = query.order("id", desc=True, foreign_table="posts").limit(1, foreign_table="posts")
    [row] = (await query.execute()).data
    assert [post["post_stats"] for post in row["posts"]] == [{"likes_count": 7}]


async def test_row_level_security_hides_what_is_private(nour: AsyncPostgrestClient) -> None:
    answer = await nour.from_("posts").select("content", count=CountMethod.exact).execute()
    assert (answer.count, "private" in [row["content"] for row in answer.data]) == (3, False)


@pytest.mark.parametrize("method", list(CountMethod))
async def test_counts(nour: AsyncPostgrestClient, method: CountMethod) -> None:
    answer = await nour.from_("users").select("id", count=method).limit(1).execute()
    assert answer.count is not None
    head = await nour.from_("users").select("id", count=method, head=True).execute()
    assert head.data in ([], "")


async def test_one_row(nour: AsyncPostgrestClient) -> None:
    query = nour.from_("users").select("username")
    assert (await query.eq("id", 1001).single().execute()).data == {"username": NOUR}
    assert await nour.from_("users").select("username").eq("id", 1).maybe_single().execute() is None
    with pytest.raises(APIError) as caught:
        await nour.from_("users").select("username").eq("id", 1).single().execute()
    assert caught.value.code == "PGRST116"


async def test_csv_and_explain(nour: AsyncPostgrestClient) -> None:
    answer = await nour.from_("users").select("username").eq("id", 1001).csv().execute()
    assert answer.data == "username\nnour"
    plan = await nour.from_("users").select("username").eq("id", 1001).explain().execute()
    assert "cost=" in str(plan if isinstance(plan, str) else plan.data)


async def test_a_refusal_is_an_error_with_code_and_hint(nour: AsyncPostgrestClient) -> None:
    with pytest.raises(APIError) as caught:
        await nour.from_("userz").select("*").execute()
    assert (caught.value.code, caught.value.hint) == ("PGRST205", "Perhaps you meant the table 'api.users'")


async def test_insert_update_delete_upsert(nour: AsyncPostgrestClient) -> None:
    made = (await nour.from_("posts").insert({"content": "بالعربي", "type": "THREAD"}).execute()).data[0]
    assert (str(made["author_id"]), made["content"]) == ("1001", "بالعربي")
    changed = nour.from_("posts").update({"content": 'new "text", (a)'}).eq("id", made["id"])
    assert (await changed.execute()).data[0]["content"] == 'new "text", (a)'
    follow = {"follower_id": 1001, "followee_id": 1002}
    silent = nour.from_("follows").insert(follow, returning=ReturnMethod.minimal)
    assert (await silent.execute()).data == []
    again = nour.from_("follows").upsert(follow, on_conflict="follower_id,followee_id", ignore_duplicates=True)
    assert (await again.execute()).data == []
    gone = nour.from_("follows").delete(count=CountMethod.exact).match(follow)
    assert (await gone.execute()).count == 1


async def test_bulk_insert_with_defaults(nour: AsyncPostgrestClient) -> None:
    rows = [{"content": "one"}, {"content": "two", "type": "REEL"}]
    made = (await nour.from_("posts").insert(rows, default_to_null=False).execute()).data
    assert [(row["content"], row["type"]) for row in made] == [("one", "REGULAR"), ("two", "REEL")]


async def test_nobody_changes_another_s_rows(nour: AsyncPostgrestClient) -> None:
    answer = await nour.from_("users").update({"bio": "taken"}).eq("id", 1002).execute()
    assert answer.data == []


async def test_functions(nour: AsyncPostgrestClient) -> None:
    assert (await nour.rpc("me", {}).execute()).data["username"] == NOUR
    assert (await nour.rpc("me", {}, get=True).select("username").execute()).data == {"username": NOUR}
    feed = (await nour.rpc("feed", {"limit": 2}).execute()).data
    assert set(feed) == {"edges", "page_info"}


async def test_another_schema_is_refused(http: httpx.AsyncClient) -> None:
    client = AsyncPostgrestClient("http://gateway/rest/v1", schema="auth", http_client=http)
    with pytest.raises(APIError) as caught:
        await client.from_("credentials").select("*").execute()
    assert caught.value.code == "PGRST106"
