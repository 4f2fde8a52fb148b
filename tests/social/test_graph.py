"""People and their graph as clients reach them: REST and GraphQL, and many of them at once."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest

from tests.rest.conftest import bearer
from tests.support.databases import Database

STATE = "{ userId followState }"
ACTS = (
    *("follow_user",) * 4,
    *("unfollow_user", "accept_follow", "accept_follow", "remove_follower"),
    *("block_user", "unblock_user", "unblock_user", "add_close_friend"),
)
UNDER_A_BLOCK = """
    select count(*)
    from api.blocks as b
    inner join (
        select follower_id as a, followee_id as z from api.follows
        union all select follower_id, followee_id from api.follow_requests
        union all select owner_id, friend_id from api.close_friends
    ) as pairs on (a, z) in ((b.blocker_id, b.blocked_id), (b.blocked_id, b.blocker_id))
"""
WRONG_COUNTS = """
    select count(*)
    from api.user_stats as s
    where
        s.follower_count <> (select count(*) from api.follows as f where f.followee_id = s.user_id)
        or s.following_count <> (select count(*) from api.follows as f where f.follower_id = s.user_id)
"""


async def ask(api: httpx.AsyncClient, query: str, user: int = 1001) -> dict[str, Any]:
    answer = await api.post("http://gateway/graphql", json={"query": query}, headers=bearer(user))
    return dict(answer.json())


@pytest.mark.parametrize(("whom", "state"), [("1002", "FOLLOWING"), ("1003", "REQUESTED")])
async def test_follow_says_what_came_of_it(api: httpx.AsyncClient, whom: str, state: str) -> None:
    followed = await ask(api, f'mutation {{ follow(userId: "{whom}") {STATE} }}')
    assert followed == {"data": {"follow": {"userId": whom, "followState": state}}}
    left = await ask(api, f'mutation {{ unfollow(userId: "{whom}") {STATE} }}')
    assert left == {"data": {"unfollow": {"userId": whom, "followState": "NONE"}}}


async def test_who_blocks_answers_as_who_never_was(api: httpx.AsyncClient) -> None:
    await api.post("rpc/block_user", json={"user_id": "1001"}, headers=bearer(1003))
    answers = [
        await api.post("rpc/follow_user", json={"user_id": whom}, headers=bearer(1001)) for whom in ("1003", "999")
    ]
    await api.post("rpc/unblock_user", json={"user_id": "1001"}, headers=bearer(1003))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


async def test_a_circle_with_its_members(api: httpx.AsyncClient) -> None:
    members = "members { edges { node { member { username } } } }"
    made = await ask(api, f'mutation {{ createCircle(name: "family", memberIds: ["1002"]) {{ name {members} }} }}')
    edges = [{"node": {"member": {"username": "omar"}}}]
    assert made == {"data": {"createCircle": {"name": "family", "members": {"edges": edges}}}}
    assert (await ask(api, "{ circleCollection { edges { node { name } } } }", 1002)) == {
        "data": {"circleCollection": {"edges": []}}
    }


async def test_a_stale_profile_is_a_conflict(api: httpx.AsyncClient) -> None:
    query = 'mutation { updateProfile(input: {name: "N", version: 99}) { version } }'
    (error,) = (await ask(api, query))["errors"]
    assert (error["extensions"]["code"], error["extensions"]["detail"]) == ("DA409", "The current version is 1.")


async def test_a_changed_handle_leads_on(api: httpx.AsyncClient) -> None:
    changed = await ask(api, 'mutation { changeHandle(username: "alaa.٢") { username } }', 1002)
    found = await ask(api, '{ user(username: "OMAR") { id username } }')
    again = await api.post("rpc/change_handle", json={"username": "omar"}, headers=bearer(1002))
    assert changed == {"data": {"changeHandle": {"username": "alaa.2"}}}
    assert found == {"data": {"user": {"id": "1002", "username": "alaa.2"}}}
    assert (again.status_code, again.json()["code"]) == (429, "DA429")


async def test_the_suspended_read_and_do_not_write(api: httpx.AsyncClient, people: Database) -> None:
    people.execute("insert into api.users (id, username, state) values (1010, 'gone', 'SUSPENDED')")
    read = await api.get("users?select=id&id=eq.1010", headers=bearer(1010))
    written = await api.post("posts", json={"content": "x"}, headers=bearer(1010))
    seen = await api.get("users?select=id&id=eq.1010", headers=bearer(1001))
    assert (read.json(), seen.json()) == ([{"id": "1010"}], [])
    assert (written.status_code, written.json()["code"]) == (403, "DA403")


async def test_staff_alone_suspend(api: httpx.AsyncClient, people: Database) -> None:
    people.execute("insert into api.users (id, username) values (1011, 'spammer'), (1012, 'judge')")
    body = {"user_id": "1011", "reason": "spam"}
    refused = await api.post("rpc/suspend_user", json=body, headers=bearer(1001))
    done = await api.post("rpc/suspend_user", json=body, headers=bearer(1012, "moderator"))
    assert (refused.status_code, done.status_code, done.json()["state"]) == (403, 200, "SUSPENDED")


def act(database: Database, seed: int, until: float) -> set[str]:
    """Does what a person could do to another, at random; the SQLSTATEs of what was refused."""
    chance = random.Random(seed)
    refused: set[str] = set()
    with database.connect() as conn:
        while time.monotonic() < until:
            viewer, other = chance.sample(range(1, 21), 2)
            statement = f"select api.{chance.choice(ACTS)}({other})"
            if chance.random() < 0.1:
                statement = f"insert into api.follows (followee_id) values ({other}) on conflict do nothing"
            try:
                with conn.transaction():
                    conn.execute("select set_config('app.user_id', %s, true)", (str(viewer),))
                    conn.execute("set local role authenticated")
                    conn.execute(statement.encode())
            except psycopg.Error as error:
                refused.add(error.sqlstate or "")
    return refused


def test_thirty_two_at_once(database: Database) -> None:
    database.execute(
        "insert into api.users (id, username, is_private) select i, 'person_' || i, i % 3 = 0"
        " from generate_series(1, 20) as i"
    )
    until = time.monotonic() + 4
    with ThreadPoolExecutor(32) as pool:
        refused = set().union(*pool.map(lambda seed: act(database, seed, until), range(32)))
    assert refused <= {"DA404", "42501"}
    while database.execute("select ops.fold_counters()") != [(0,)]:
        pass
    assert database.execute("select count(*) > 0 from api.follows") == [(True,)]
    assert database.execute(UNDER_A_BLOCK) == [(0,)]
    assert database.execute(WRONG_COUNTS) == [(0,)]
