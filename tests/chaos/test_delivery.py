from __future__ import annotations

import httpx

from tests.bench.inside import signer
from tests.chaos.load import CREATE_POST, make_author, number
from tests.jobs.workers import eventually
from tests.support.stacks import Stack

FOLLOWERS = 5_000
IN_TIMELINES = "select count(*) from feed.timelines where post_id = %s"
FEED = "{ feed(limit: 1) { edges { node { id } } } }"


async def test_a_post_is_in_five_thousand_feeds_within_a_second_of_being_acknowledged(stack: Stack) -> None:
    author, tokens = make_author(stack, FOLLOWERS), signer(stack)
    body = {"query": CREATE_POST, "variables": {"input": {"content": "hello"}}}
    async with httpx.AsyncClient(base_url=stack.url) as client:
        taken = []
        for _ in range(3):
            answer = await client.post("/graphql", json=body, headers=tokens.header(author))
            post = answer.json()["data"]["createPost"]["id"]
            taken.append(await eventually(lambda: number(stack, IN_TIMELINES, post) == FOLLOWERS))  # noqa: B023
        follower = number(stack, "select max(follower_id) from api.follows where followee_id = %s", author)
        feed = await client.post("/graphql", json={"query": FEED}, headers=tokens.header(follower))
    assert min(taken) < 1
    assert feed.json()["data"]["feed"]["edges"][0]["node"]["id"] == post
