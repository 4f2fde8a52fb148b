"""Proving that an address is one's own: a token goes by mail and comes back; nobody learns who has an account."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from jobs.app import TASKS
from tests.jobs.people import number
from tests.jobs.sinks import MailSink, mail_sink
from tests.jobs.workers import eventually, working
from tests.support.databases import Database
from tests.support.gateways import Gateway, Setup, running_gateway

ONLY = tuple(spec for spec in TASKS if spec.name == "accounts.confirm_email")
VERIFIED = "select count(*) from api.user_private where email = %s and email_verified_at is not null"


@pytest.fixture
async def mail(monkeypatch: pytest.MonkeyPatch, module_database: Database) -> AsyncIterator[MailSink]:
    """A mail server, and a worker that sends to it."""
    async with mail_sink() as sink:
        monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{sink.port}")
        async with working(module_database, ONLY):
            yield sink


async def register(gateway: Gateway, name: str) -> str:
    email = f"{name}@example.com"
    account = {"username": name, "email": email, "password": "securepass123"}
    answer = await gateway.client.post("/auth/register", json=account)
    assert answer.json()["email_verified"] is False
    return email


async def arrived(mail: MailSink, email: str, count: int = 1) -> str:
    """The token in the newest of so many letters."""
    await eventually(lambda: len(sent(mail, email)) == count, within=10)
    [token] = re.findall(r"/confirm#token=(\S+)", sent(mail, email)[-1])
    return str(token)


def sent(mail: MailSink, email: str) -> list[str]:
    return [str(letter.get_content()) for letter in mail.letters if letter["To"] == email]


async def confirm(gateway: Gateway, token: str) -> httpx.Response:
    return await gateway.client.post("/auth/confirm", json={"token": token})


async def test_a_token_that_came_by_mail_confirms_the_address(
    gateway: Gateway, mail: MailSink, module_database: Database
) -> None:
    email = await register(gateway, "confirms")
    token = await arrived(mail, email)
    assert [(await confirm(gateway, token)).status_code for _ in range(2)] == [204, 204]
    assert number(module_database, VERIFIED, email) == 1
    stored = module_database.execute("select token_hash::text from auth.one_time_tokens")
    assert token not in str(stored)
    signed = await gateway.sign_in("confirms")
    me = await gateway.client.get("/auth/me", headers={"authorization": f"Bearer {signed['access_token']}"})
    assert me.json()["email_verified"] is True


async def test_a_new_token_takes_the_place_of_the_old_one(gateway: Gateway, mail: MailSink) -> None:
    email = await register(gateway, "again")
    old = await arrived(mail, email)
    await gateway.client.post("/auth/confirm/resend", json={"email": email.upper()})
    new = await arrived(mail, email, 2)
    refused = await confirm(gateway, old)
    assert (refused.status_code, refused.json()["code"]) == (400, "DG027")
    assert (await confirm(gateway, new)).status_code == 204


@pytest.mark.parametrize(
    "change",
    [
        "update auth.one_time_tokens set expires_at = now() - interval '1 second'",
        "update api.user_private set email = 'other' || user_id || '@example.com'",
        "update api.users set deleted_at = now()",
        None,
    ],
)
async def test_tokens_that_prove_nothing_are_refused_alike(
    gateway: Gateway, mail: MailSink, module_database: Database, change: str | None, request: pytest.FixtureRequest
) -> None:
    email = await register(gateway, f"refused_{request.node.callspec.indices['change']}")
    token = await arrived(mail, email)
    if change:
        module_database.execute(change)
    refused = await confirm(gateway, token if change else "made-up")
    assert (refused.status_code, refused.json()["code"]) == (400, "DG027")
    assert number(module_database, VERIFIED, email) == 0


async def test_resending_tells_nobody_who_has_an_account(
    gateway: Gateway, mail: MailSink, module_database: Database
) -> None:
    email = await register(gateway, "known")
    await confirm(gateway, await arrived(mail, email))
    answers = [
        await gateway.client.post("/auth/confirm/resend", json={"email": each})
        for each in (email, "nobody@example.com")
    ]
    assert [(each.status_code, each.content) for each in answers] == [(202, b"")] * 2
    assert answers[0].headers.keys() == answers[1].headers.keys()
    left = "select count(*) from procrastinate.procrastinate_jobs where task_name = 'accounts.confirm_email'"
    await eventually(lambda: number(module_database, left) == 0, within=10)
    assert (len(sent(mail, email)), sent(mail, "nobody@example.com")) == (1, [])


async def test_resending_is_limited_by_address(module_database: Database, valkey: str) -> None:
    async with running_gateway(Setup(module_database.url_as("authenticator"), valkey, confirm="2/1h")) as limited:
        asked = [
            (await limited.client.post("/auth/confirm/resend", json={"email": email})).status_code
            for email in ("one@example.com", "One@example.com", "one@example.com", "two@example.com")
        ]
    assert asked == [202, 202, 429, 202]
