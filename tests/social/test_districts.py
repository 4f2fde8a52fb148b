"""Trends of districts as GraphQL clients reach them."""

from __future__ import annotations

import httpx
import pytest

from tests.rest.conftest import bearer
from tests.social.test_graph import ask
from tests.support.databases import Database

WAITING = """
    with tag as (insert into api.hashtags (name, is_listed) values ('سوق', true) returning id)
    insert into feed.district_trends (district_code, hashtag_id, people, score, refreshed_at)
    select 'EG-C-MAADI', id, 20, 5, now() from tag
"""
REVIEW = """mutation ($id: BigInt!) {
    reviewDistrictTrend(districtCode: "EG-C-MAADI", hashtagId: $id, state: APPROVED) { people state }
}"""


@pytest.fixture(scope="module")
def waiting(people: Database) -> str:
    people.execute(WAITING)
    return str(people.execute("select hashtag_id from feed.district_trends")[0][0])


async def test_a_trend_is_reviewed_and_then_shown_to_its_district(api: httpx.AsyncClient, waiting: str) -> None:
    told = await ask(api, 'mutation { setDistrict(code: "EG-C-MAADI") { nameEn } }')
    assert told == {"data": {"setDistrict": {"nameEn": "Maadi"}}}
    shown = "{ myDistrict { code } districtTrends { hashtag { name } district { code } people } }"
    assert (await ask(api, shown))["data"] == {"myDistrict": {"code": "EG-C-MAADI"}, "districtTrends": []}

    body = {"query": REVIEW, "variables": {"id": waiting}}
    staff = await api.post("http://gateway/graphql", json=body, headers=bearer(1002, "moderator"))
    assert staff.json() == {"data": {"reviewDistrictTrend": {"people": 20, "state": "APPROVED"}}}
    trend = {"hashtag": {"name": "سوق"}, "district": {"code": "EG-C-MAADI"}, "people": 20}
    assert (await ask(api, shown))["data"]["districtTrends"] == [trend]
    assert (await ask(api, "{ myDistrict { code } }", 1002))["data"] == {"myDistrict": None}


async def test_users_have_no_review(api: httpx.AsyncClient) -> None:
    (error,) = (await ask(api, "{ reviewableDistrictTrends { people } }"))["errors"]
    assert "reviewableDistrictTrends" in error["message"]
