"""`Idempotency-Key`: a write with a key is made once, whatever happens to its answer."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from tests.rest.conftest import bearer
from tests.rest.writing import writing_api, writing_database
from tests.support.databases import Database

NOUR, OMAR = bearer(1001), bearer(1002)
RETURN = {"prefer": "return=representation"}


def with_key(key: str, who: dict[str, str] = NOUR) -> dict[str, str]:
    return {**who, **RETURN, "idempotency-key": key}


def written(people: Database, content: str) -> int:
    ((count,),) = people.execute("select count(*)::integer from api.posts where content = %s", (content,))
    assert isinstance(count, int)
    return count


def age(people: Database, key: str, interval: str) -> None:
    people.execute(
        "update ops.idempotency_keys set claimed_at = claimed_at - %s::interval,"
        " written_at = written_at - %s::interval where key = %s",
        (interval, interval, key),
    )


async def until(people: Database, query: str) -> None:
    """Waits until `query` gives a row."""
    for _ in range(500):
        if people.execute(query):
            return
        await asyncio.sleep(0.02)
    raise TimeoutError(query)


async def there_is(people: Database, condition: str) -> None:
    """Waits for a key."""
    await until(people, f"select 1 from ops.idempotency_keys where {condition}")


async def test_a_repeated_write_gives_the_stored_answer(api: httpx.AsyncClient, people: Database) -> None:
    first, again = [await api.post("posts", json={"content": "once"}, headers=with_key("a")) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.content, written(people, "once")) == (again.content, 1)
    assert again.headers["idempotency-replayed"] == "true"
    for name in ("content-type", "content-range", "preference-applied", "vary"):
        assert first.headers[name] == again.headers[name]
    assert "idempotency-replayed" not in first.headers


async def test_patch_delete_and_functions(api: httpx.AsyncClient, people: Database) -> None:
    body = {"input": {"content": "by function"}}
    first, again = [await api.post("rpc/create_post", json=body, headers=with_key("f")) for _ in range(2)]
    assert first.status_code == 200, first.text
    assert (first.content, written(people, "by function")) == (again.content, 1)
    own = f"posts?id=eq.{first.json()['id']}"
    for key, content in (("p1", "one"), ("p2", "two"), ("p1", "one")):
        answer = await api.patch(own, json={"content": content}, headers=with_key(key))
        assert (answer.status_code, answer.json()[0]["content"]) == (200, content)
    assert written(people, "two") == 1
    follow = {"follower_id": 1001, "followee_id": 1002}
    await api.post("follows", json=follow, headers=NOUR)
    removed = [await api.delete("follows?followee_id=eq.1002", headers=with_key("d")) for _ in range(2)]
    assert [len(answer.json()) for answer in removed] == [1, 1]


async def test_a_key_is_one_request_of_one_user(api: httpx.AsyncClient, people: Database) -> None:
    await api.post("posts", json={"content": "mine"}, headers=with_key("u"))
    other = await api.post("posts", json={"content": "another"}, headers=with_key("u"))
    elsewhere = await api.post("posts?select=id", json={"content": "mine"}, headers=with_key("u"))
    assert [(a.status_code, a.json()["code"]) for a in (other, elsewhere)] == [(422, "DR004")] * 2
    omars = await api.post("posts", json={"content": "mine"}, headers=with_key("u", OMAR))
    assert (omars.status_code, written(people, "mine"), written(people, "another")) == (201, 2, 0)


async def test_of_many_at_once_one_is_made(api: httpx.AsyncClient, people: Database) -> None:
    asked = [api.post("posts", json={"content": "crowd"}, headers=with_key("c")) for _ in range(12)]
    answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all(answer.json()["code"] == "DR005" for answer in answers if answer.status_code == 409)
    assert written(people, "crowd") == 1


async def test_a_refused_or_undone_write_frees_the_key(api: httpx.AsyncClient, people: Database) -> None:
    refused = await api.post("posts", json={"content": "x" * 5001}, headers=with_key("r"))
    assert refused.status_code == 400
    undone = with_key("r") | {"prefer": "max-affected=0,handling=strict"}
    assert (await api.patch("posts?author_id=eq.1001", json={"content": "no"}, headers=undone)).status_code == 400
    made = await api.post("posts", json={"content": "mended"}, headers=with_key("r"))
    assert (made.status_code, written(people, "mended")) == (201, 1)


async def test_a_guarded_write_is_made_once(api: httpx.AsyncClient, people: Database) -> None:
    one = with_key("g") | {"accept": "application/vnd.pgrst.object+json"}
    answers = [await api.post("posts", json={"content": "guarded"}, headers=one) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert (answers[0].json(), written(people, "guarded")) == (answers[1].json(), 1)


async def test_a_claim_that_is_not_settled(api: httpx.AsyncClient, people: Database) -> None:
    """In flight; then, its lease over: lost where the write was made, taken by the next attempt where it was not."""
    body, headers = {"content": "lease"}, with_key("l")
    await api.post("posts", json=body, headers=headers)
    people.execute("update ops.idempotency_keys set status = null, headers = null, body = null where key = 'l'")
    assert (await api.post("posts", json=body, headers=headers)).json()["code"] == "DR005"
    age(people, "l", "3 minutes")
    lost = await api.post("posts", json=body, headers=headers)
    assert (lost.status_code, lost.json()["code"], written(people, "lease")) == (409, "DR006", 1)
    people.execute("update ops.idempotency_keys set written_at = null where key = 'l'")
    assert (await api.post("posts", json=body, headers=headers)).status_code == 201
    assert written(people, "lease") == 2


async def test_an_attempt_whose_claim_was_taken_is_undone(api: httpx.AsyncClient, people: Database) -> None:
    with people.connect() as conn:
        conn.autocommit = False
        conn.execute("lock table api.posts in share row exclusive mode")
        slow = asyncio.create_task(api.post("posts", json={"content": "fenced"}, headers=with_key("t")))
        await there_is(people, "key = 't'")
        people.execute("update ops.idempotency_keys set id = api.next_id() where key = 't'")
        conn.rollback()
    answer = await slow
    assert (answer.status_code, answer.json()["code"], written(people, "fenced")) == (409, "DR005", 0)


async def test_a_caller_who_leaves_changes_nothing(api: httpx.AsyncClient, people: Database) -> None:
    with people.connect() as conn:
        conn.autocommit = False
        conn.execute("lock table api.posts in share row exclusive mode")
        gone = asyncio.create_task(api.post("posts", json={"content": "gone"}, headers=with_key("e")))
        await there_is(people, "key = 'e'")
        gone.cancel()
        conn.rollback()
    await there_is(people, "key = 'e' and status is not null")
    again = await api.post("posts", json={"content": "gone"}, headers=with_key("e"))
    assert (again.status_code, again.headers["idempotency-replayed"], written(people, "gone")) == (201, "true", 1)


async def test_a_day_later_the_key_is_new(api: httpx.AsyncClient, people: Database) -> None:
    await api.post("posts", json={"content": "daily"}, headers=with_key("y"))
    age(people, "y", "25 hours")
    other = await api.post("posts", json={"content": "next day"}, headers=with_key("y"))
    assert (other.status_code, written(people, "next day")) == (201, 1)
    age(people, "y", "25 hours")
    people.execute("select ops.remove_old_keys()")
    assert people.execute("select 1 from ops.idempotency_keys where key = 'y'") == []


@pytest.mark.parametrize(("key", "who"), [("k" * 256, NOUR), ("", NOUR), ("anonymous", {})])
async def test_keys_that_are_refused(api: httpx.AsyncClient, key: str, who: dict[str, str]) -> None:
    answer = await api.post("posts", json={"content": "no"}, headers=with_key(key, who))
    assert (answer.status_code, answer.json()["code"]) == (400, "DR003")


async def test_a_lost_connection_keeps_the_claim(api: httpx.AsyncClient, people: Database) -> None:
    with people.connect() as conn:
        conn.autocommit = False
        conn.execute("lock table api.posts in share row exclusive mode")
        torn = asyncio.create_task(api.post("posts", json={"content": "torn"}, headers=with_key("z")))
        await there_is(people, "key = 'z'")
        waiting = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'"
        await until(people, waiting)
        assert (await torn).status_code == 503
        conn.rollback()
    again = await api.post("posts", json={"content": "torn"}, headers=with_key("z"))
    assert (again.json()["code"], written(people, "torn")) == ("DR005", 0)
    age(people, "z", "3 minutes")
    taken = await api.post("posts", json={"content": "torn"}, headers=with_key("z"))
    assert (taken.status_code, written(people, "torn")) == (201, 1)


async def test_other_databases_know_no_keys(postgres: PostgresPlace) -> None:
    with writing_database(postgres, "keyless") as database:
        async with writing_api(database) as web:
            added = [
                await web.post("clients", json={"id": i, "name": "n"}, headers={"idempotency-key": "k"})
                for i in (901, 902)
            ]
            assert [answer.status_code for answer in added] == [201, 201]


async def test_reads_ignore_it(api: httpx.AsyncClient) -> None:
    answers = [await api.get("posts?limit=1", headers=with_key("get")) for _ in range(2)]
    assert all(a.status_code == 200 and "idempotency-replayed" not in a.headers for a in answers)
