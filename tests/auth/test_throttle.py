"""Throttles: what they count, and what happens when nothing can be counted."""

from __future__ import annotations

import asyncio

import pytest
from redis.asyncio import Redis

from gateway.auth.throttle import Rate, Throttle, bucket, network_of, parse_rate
from gateway.problems import ProblemError
from tests.support.databases import Database
from tests.support.gateways import Setup, running_gateway


@pytest.mark.parametrize(
    ("text", "rate"),
    [("5/15m", Rate(5, 900)), ("3/1h", Rate(3, 3600)), ("100/m", Rate(100, 60)), ("1/2d", Rate(1, 172800))],
)
def test_rates(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "5", "0/1m", "5/0m", "5/1y", "-1/1m", "5/15m "[:-2]])
def test_rates_that_make_no_sense(text: str) -> None:
    with pytest.raises(ValueError, match="a rate is written like"):
        parse_rate(text)


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        (None, "unknown"),
    ],
)
def test_one_origin(ip: str | None, network: str) -> None:
    assert network_of(ip) == network


async def test_tokens_come_back_with_time(valkey: str) -> None:
    async with Redis.from_url(valkey) as redis:
        throttle = Throttle(redis)
        spent = bucket("test", Rate(2, 1), "somebody")
        assert [(await throttle.spend(spent)).remaining for _ in range(2)] == [1, 0]
        with pytest.raises(ProblemError, match="DG010"):
            await throttle.spend(spent)
        await asyncio.sleep(0.55)
        assert (await throttle.spend(spent)).remaining == 0


async def test_a_refusal_costs_nothing_elsewhere(valkey: str) -> None:
    async with Redis.from_url(valkey) as redis:
        throttle = Throttle(redis)
        narrow, wide = bucket("both", Rate(1, 60), "narrow"), bucket("both", Rate(5, 60), "wide")
        await throttle.spend(narrow, wide)
        for _ in range(3):
            with pytest.raises(ProblemError, match="DG010"):
                await throttle.spend(narrow, wide)
        assert (await throttle.spend(wide)).remaining == 3


async def test_sign_ins_are_counted_by_address_and_origin(database: Database, valkey: str) -> None:
    async with running_gateway(Setup(database.url_as("authenticator"), valkey, login="3/15m")) as gateway:
        await gateway.sign_up("guessed")
        wrong = {"email": "Guessed@example.com", "password": "not this one"}
        answers = [await gateway.client.post("/auth/login", json=wrong) for _ in range(4)]
        assert [each.status_code for each in answers] == [401, 401, 401, 429]
        refused = answers[3]
        assert refused.json()["code"] == "DG010"
        assert 0 < int(refused.headers["retry-after"]) <= 300
        assert (refused.headers["ratelimit-limit"], refused.headers["ratelimit-remaining"]) == ("3", "0")
        other = {"email": "other@example.com", "password": "not this one"}
        assert (await gateway.client.post("/auth/login", json=other)).status_code == 401


async def test_a_success_forgives_the_attempts_before_it(database: Database, valkey: str) -> None:
    async with running_gateway(Setup(database.url_as("authenticator"), valkey, login="3/15m")) as gateway:
        await gateway.sign_up("typist")
        for _ in range(4):
            await gateway.client.post("/auth/login", json={"email": "typist@example.com", "password": "mistyped it"})
            await gateway.sign_in("typist")


async def test_registrations_and_refreshes_are_counted(database: Database, valkey: str) -> None:
    setup = Setup(database.url_as("authenticator"), valkey, register="1/1h", refresh="2/1h")
    async with running_gateway(setup) as gateway:
        tokens = await gateway.sign_up("first")
        second = {"username": "second", "email": "second@example.com", "password": "securepass123"}
        assert (await gateway.client.post("/auth/register", json=second)).status_code == 429
        body = {"refresh_token": tokens["refresh_token"]}
        answers = [await gateway.client.post("/auth/refresh", json=body) for _ in range(3)]
        assert [each.status_code for each in answers] == [200, 200, 429]


async def test_nothing_is_let_through_that_cannot_be_counted(database: Database, valkey: str) -> None:
    async with running_gateway(Setup(database.url_as("authenticator"), valkey)) as gateway:
        tokens = await gateway.sign_up("waiting")
    async with running_gateway(Setup(database.url_as("authenticator"), "redis://127.0.0.1:1/0")) as gateway:
        account = {"username": "later", "email": "later@example.com", "password": "securepass123"}
        login = {"email": "waiting@example.com", "password": "securepass123"}
        refresh = {"refresh_token": tokens["refresh_token"]}
        answers = [
            await gateway.client.post("/auth/register", json=account),
            await gateway.client.post("/auth/login", json=login),
            await gateway.client.post("/auth/refresh", json=refresh),
        ]
        assert [(each.status_code, each.json()["code"]) for each in answers] == [(503, "DG013")] * 3
        assert all(int(each.headers["retry-after"]) > 0 for each in answers)
        header = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert (await gateway.client.get("/auth/me", headers=header)).status_code == 200
    assert database.execute("select count(*) from api.users where username = 'later'") == [(0,)]
