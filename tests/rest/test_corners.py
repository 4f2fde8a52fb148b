"""Corners of the protocol, each of which has been wrong once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from gateway.app import build_api
from gateway.rest.cors import Cors
from gateway.settings import ApiSettings
from tests.support.asgi import serving
from tests.support.databases import Database, create, drop

FULL = {"prefer": "return=representation"}
CSV = {"accept": "text/csv"}
GEOJSON = {"accept": "application/geo+json"}
MERGE = {"prefer": "resolution=merge-duplicates"}
IGNORE = {"prefer": "resolution=ignore-duplicates"}
ONE = {"accept": "application/vnd.pgrst.object+json"}
FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [1, 2]},
            "properties": {"id": 1, "name": "square"},
        }
    ],
}


def corner_settings(database: Database, **more: Any) -> ApiSettings:
    usual: dict[str, Any] = {
        "pgrst_db_uri": database.url,
        "pgrst_db_schemas": ("corner s",),
        "pgrst_db_anon_role": "Corner Reader",
        "pgrst_db_extra_search_path": ("behind",),
        "pgrst_db_tx_end": "rollback",
        "pgrst_log_level": "crit",
        "log_level": "CRITICAL",
    }
    return ApiSettings(**{**usual, **more})


@pytest.fixture(scope="module")
def corners(postgres: PostgresPlace) -> Iterator[Database]:
    made = create(postgres, "corners", "template1")
    with made.connect() as conn:
        conn.execute(Path(__file__).with_name("corners.sql").read_text().encode())
    yield made
    drop(made)


@pytest.fixture(scope="module")
async def web(corners: Database) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(build_api(corner_settings(corners))) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("P0001", 400),
        ("PT402", 402),
        ("PTXYZ", 500),
        ("0L000", 403),
        ("28000", 403),
        ("42501", 401),
        ("42P17", 500),
        ("53100", 503),
        ("53400", 500),
        ("54001", 500),
        ("57014", 500),
        ("P0002", 500),
    ],
)
async def test_a_function_that_only_fails_is_called(web: httpx.AsyncClient, code: str, status: int) -> None:
    answer = await web.get("rpc/fail", params={"code": code})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_subquery_of_several_rows_is_not_the_caller_s_mistake(web: httpx.AsyncClient) -> None:
    answer = await web.get("rpc/two_rows")
    assert (answer.status_code, answer.json()["code"]) == (500, "21000")
    twice = [{"name": "x", "rank": 1}, {"name": "x", "rank": 2}]
    answer = await web.post("ranked", json=twice, headers=MERGE)
    assert (answer.status_code, answer.json()["code"]) == (400, "21000")


async def test_location_of_a_row_whose_key_is_named_as_an_alias(web: httpx.AsyncClient) -> None:
    answer = await web.post("parts", json={"k": "a", "t": "b"}, headers={"prefer": "return=headers-only"})
    assert (answer.status_code, answer.headers.get("location")) == (201, "/parts?k=eq.a&t=eq.b")


@pytest.mark.parametrize(
    ("method", "target", "headers", "body", "status", "code"),
    [
        ("POST", "ranked", FULL, "[]", 201, None),
        ("POST", "ranked", MERGE, "[]", 200, None),
        ("POST", "ranked", IGNORE, "[]", 201, None),
        ("POST", "ranked", IGNORE, '{"name": "first", "rank": 9}', 201, None),
        ("POST", "ranked", MERGE, '{"name": "first", "rank": 9}', 200, None),
        ("POST", "ranked", ONE, "[]", 406, "PGRST116"),
        ("PATCH", "ranked", ONE, "{}", 406, "PGRST116"),
        ("PATCH", "ranked", {}, "{}", 204, None),
        ("PATCH", "ranked", FULL, "[]", 200, None),
        ("PATCH", "ranked?select=nope", FULL, "{}", 400, "42703"),
        ("PATCH", "locked", {}, "{}", 401, "42501"),
        ("POST", "locked", {}, "[]", 401, "42501"),
        ("PUT", "ranked?name=eq.first", {}, "[]", 400, "PGRST115"),
        ("PUT", "ranked?name=eq.first", {}, "{}", 400, "23502"),
    ],
)
async def test_writes_of_nothing(
    web: httpx.AsyncClient, method: str, target: str, headers: dict[str, str], body: str, status: int, code: str | None
) -> None:
    answer = await web.request(method, target, headers={"content-type": "application/json", **headers}, content=body)
    assert answer.status_code == status
    assert code is None or answer.json()["code"] == code


@pytest.mark.parametrize(("count", "content_range"), [("exact", "0-1/2"), ("estimated", "0-1/2"), ("planned", "0-1/*")])
async def test_counts_of_a_function_s_rows(web: httpx.AsyncClient, count: str, content_range: str) -> None:
    answer = await web.get("rpc/all_ranked", headers={"prefer": f"count={count}"})
    assert (answer.status_code, answer.headers["content-range"]) == (200, content_range)


async def test_computed_fields_of_the_extra_search_path(web: httpx.AsyncClient, corners: Database) -> None:
    assert (await web.get("ranked?select=doubled&doubled=gt.2")).json() == [{"doubled": 4}]
    async with serving(build_api(corner_settings(corners, pgrst_db_extra_search_path=()))) as other:
        assert (await other.get("/rest/v1/ranked?select=doubled")).json()["code"] == "42703"


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ('ranked?select="a name!":name,rank,"م,ن":rank&order=rank', "a name!,rank,م,ن\nfirst,1,1\nsecond,2,2"),
        ('rpc/all_ranked?select="a name!":name&order=rank', "a name!\nfirst\nsecond"),
        ('ranked?select="a name!":name&rank=gt.5', "\n"),
    ],
)
async def test_aliases_are_the_header_of_csv(web: httpx.AsyncClient, target: str, text: str) -> None:
    assert (await web.get(target, headers=CSV)).text == text


async def test_aliases_are_the_header_of_written_and_of_streamed_csv(web: httpx.AsyncClient) -> None:
    row = {"name": "third", "rank": 3}
    written = await web.post('ranked?select="a name!":name', json=row, headers={**CSV, **FULL})
    assert written.text == "a name!\nthird"
    streamed = await web.get('ranked?select="a name!":name&rank=eq.1', headers={"accept": "text/csv;stream=true"})
    assert streamed.text == "a name!\nfirst\n"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("data->!@%23$%25^%26*_d->>!@%23$%25^%26*_e", "1"),
        ('data->>"-1"', "minus"),
        ("data->a b->>-1", "20"),
    ],
)
async def test_keys_of_json_have_any_characters(web: httpx.AsyncClient, path: str, value: str) -> None:
    assert (await web.get(f"papers?select=x:{path}")).json() == [{"x": value}]
    assert (await web.get(f"papers?select=id&{path}=eq.{value}")).json() == [{"id": 1}]


@pytest.mark.parametrize(("method", "target"), [("GET", "shapes"), ("GET", "rpc/all_shapes"), ("PATCH", "shapes")])
async def test_features_where_postgis_is_there(web: httpx.AsyncClient, method: str, target: str) -> None:
    answer = await web.request(method, target, headers={**GEOJSON, **FULL}, json={"name": "square"})
    assert answer.headers["content-type"] == "application/geo+json; charset=utf-8"
    assert answer.json() == FEATURES


async def test_no_rows_are_no_features(web: httpx.AsyncClient) -> None:
    answer = await web.get("shapes?id=eq.0", headers=GEOJSON)
    assert answer.json() == {"type": "FeatureCollection", "features": []}


async def test_an_operator_that_is_not_there_is_shown_in_its_tree(web: httpx.AsyncClient) -> None:
    error = (await web.get("ranked?or=(rank.eq.1,rank.unknown.2)")).json()
    assert error["message"] == '"failed to parse logic tree ((rank.eq.1,rank.unknown.2))" (line 1, column 19)'
    assert error["details"] == 'unexpected "u" expecting "not" or operator (eq, gt, ...)'


async def test_errors_say_little_where_they_shall(corners: Database) -> None:
    async with serving(build_api(corner_settings(corners, pgrst_client_error_verbosity="minimal"))) as client:
        answer = await client.get("/rest/v1/rank")
        assert answer.json() == {
            "code": "PGRST205",
            "message": "Could not find the table 'corner s.rank' in the schema cache",
        }
        assert (await client.get("/rest/v1/ranked?rank=eq.1")).json() == [{"name": "first", "rank": 1}]


async def test_the_schema_is_named_to_who_asked_by_name(web: httpx.AsyncClient) -> None:
    assert "content-profile" not in (await web.get("ranked")).headers
    answer = await web.get("ranked", headers={"accept-profile": "corner s"})
    assert answer.headers["content-profile"] == "corner s"


async def test_another_database_takes_large_bodies(web: httpx.AsyncClient) -> None:
    answer = await web.post("papers?select=id", json={"id": 2, "data": "x" * 2_000_000}, headers=FULL)
    assert (answer.status_code, answer.json()) == (201, [{"id": 2}])


@pytest.mark.parametrize("body", ["[" * 50_000 + "]" * 50_000, '{"rank":' * 20_000])
async def test_json_of_too_many_levels_is_the_caller_s_mistake(web: httpx.AsyncClient, body: str) -> None:
    answer = await web.post("ranked?columns=rank", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


def test_headers_of_ours_are_exposed_where_they_are() -> None:
    cors, origin = Cors(frozenset()), b"http://example.com"
    usual = dict(cors.headers(origin, ()))[b"access-control-expose-headers"]
    more = dict(cors.headers(origin, ((b"link", b"</x>"), (b"etag", b'"1"'))))[b"access-control-expose-headers"]
    assert usual.endswith(b"Range-Unit")
    assert more == usual + b", Link"


async def test_largest_page_and_range(corners: Database) -> None:
    async with serving(build_api(corner_settings(corners, pgrst_db_max_rows=1))) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        assert (await client.get("rpc/numbers")).json() == [1]
        assert (await client.get("rpc/numbers?limit=5&offset=1")).json() == [2]
        assert (await client.get("rpc/numbers?limit=0")).json() == []


async def test_range_counts_with_get_alone(web: httpx.AsyncClient) -> None:
    wanted = {"range": "0-0", "prefer": "count=exact"}
    assert (await web.get("ranked", headers=wanted)).headers["content-range"] == "0-0/2"
    assert (await web.head("ranked", headers=wanted)).headers["content-range"] == "0-1/2"
    assert (await web.post("rpc/all_ranked", headers=wanted)).headers["content-range"] == "0-1/2"


async def test_paths_lead_into_any_type(web: httpx.AsyncClient) -> None:
    assert (await web.get("ranked?select=rank->x,name->>y&rank->x=is.null&limit=1")).json() == [{"x": None, "y": None}]


@pytest.mark.parametrize(
    ("target", "accept", "content_type", "text"),
    [
        ("papers", "text/csv", "text/csv", "1;"),
        ("papers?select=*", "text/csv", "text/csv", "1;"),
        ("papers?select=id", "text/csv", "text/csv; charset=utf-8", "id\n1"),
        ("papers?select=id", "text/count", "text/count", "|"),
        ("rpc/numbers", "text/count", "text/count", "|||"),
        ("anything", "*/*", "application/octet-stream", "1"),
        ("anything", "application/json", "application/json", "1"),
        (
            "anything",
            "application/vnd.pgrst.object+json",
            "application/vnd.pgrst.object+json; charset=utf-8",
            '{"id":1}',
        ),
    ],
)
async def test_media_types_of_the_database(
    web: httpx.AsyncClient, target: str, accept: str, content_type: str, text: str
) -> None:
    answer = await web.get(target, headers={"accept": accept})
    assert (answer.headers["content-type"], answer.text) == (content_type, text)


async def test_cookies_are_always_an_object(web: httpx.AsyncClient) -> None:
    assert (await web.get("rpc/cookies")).json() == {}
    assert (await web.get("rpc/cookies", headers={"cookie": "a=b; c=d"})).json() == {"a": "b", "c": "d"}
    assert (await web.get("rpc/cookies")).json() == {}


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("rankd", "Perhaps you meant the table 'corner s.ranked'"),
        ("ranked_lists", None),
        ("rpc/all_rankd", "Perhaps you meant to call the function corner s.all_ranked"),
        ("rpc/all_ranked_lists", None),
    ],
)
async def test_only_what_is_mistyped_is_hinted_at(web: httpx.AsyncClient, target: str, hint: str | None) -> None:
    assert (await web.get(target)).json()["hint"] == hint
