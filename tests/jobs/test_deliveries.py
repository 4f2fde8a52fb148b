"""Notifications leave the house: to a real mail server and a push service that reads what it gets."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from procrastinate import App

from jobs.app import make_app
from jobs.deliveries import digest_all, mail_all, push_all
from services.mail import MailConfig
from services.push import Answer, PushConfig, Subscription, push
from services.vapid import make_private_key
from tests.jobs.people import make_users, number
from tests.jobs.sinks import Browser, MailSink, PushSink, mail_sink, push_sink
from tests.support.databases import Database

STATES = "select state::text, attempts::integer from ops.deliveries order by id"


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[App]:
    app = make_app(database.url_as("worker"), 2)
    async with app.open_async():
        yield app


def tell(database: Database, locale: str = "en") -> tuple[int, int]:
    """Somebody whom another follows, and the notification of it; the address is verified."""
    person, follower = make_users(database, 2)
    database.execute(
        "update api.users set locale = %s, name = 'Farid' where id in (%s, %s)", (locale, person, follower)
    )
    database.execute(
        "insert into api.user_private (user_id, email, email_verified_at) values (%s, %s, now())",
        (person, f"p{person}@example.com"),
    )
    database.execute("insert into api.follows (follower_id, followee_id) values (%s, %s)", (follower, person))
    database.execute("select ops.fold_notices()")
    return person, number(database, "select id from api.notifications where recipient_id = %s", person)


def queue(database: Database, channel: str) -> None:
    database.execute("delete from ops.deliveries")
    database.execute(
        "insert into ops.deliveries (notification_id, recipient_id, channel)"
        " select id, recipient_id, %s from api.notifications",
        (channel,),
    )


def subscribe(database: Database, person: int, browser: Browser, endpoint: str) -> None:
    database.execute(
        "insert into api.push_subscriptions (user_id, endpoint, p256dh, auth) values (%s, %s, %s, %s)",
        (person, endpoint, browser.p256dh, browser.auth),
    )


@pytest.fixture
async def mail() -> AsyncIterator[MailSink]:
    async with mail_sink() as sink:
        yield sink


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[PushSink]:
    async with push_sink(tmp_path) as sink:
        yield sink


def mailing(sink: MailSink) -> MailConfig:
    return MailConfig("127.0.0.1", sink.port, "DAIRA <no-reply@daira.test>")


def pushing(sink: PushSink) -> PushConfig:
    return PushConfig(make_private_key(), "mailto:ops@daira.test", is_local=True, trust=sink.trust)


@pytest.mark.parametrize(("locale", "subject"), [("en", "Farid: New follower"), ("ar", "Farid: متابع جديد")])
async def test_a_notification_goes_by_mail_in_the_readers_language(
    database: Database, mail: MailSink, locale: str, subject: str
) -> None:
    person, _ = tell(database, locale)
    queue(database, "EMAIL")
    async with opened(database) as app:
        assert [await mail_all(app, mailing(mail)) for _ in range(2)] == [1, 0]
    [letter] = mail.letters
    assert (letter["To"], letter["Subject"]) == (f"p{person}@example.com", subject)
    assert subject in letter.get_content()
    assert database.execute(STATES) == [("SENT", 1)]


async def test_a_busy_mail_server_is_asked_again_and_a_refusal_is_final(database: Database, mail: MailSink) -> None:
    person, _ = tell(database)
    queue(database, "EMAIL")
    async with opened(database) as app:
        mail.is_busy = True
        await mail_all(app, mailing(mail))
        assert database.execute(STATES) == [("WAITING", 1)]
        mail.is_busy, mail.refused = False, f"p{person}@example.com"
        database.execute("update ops.deliveries set due_at = now()")
        await mail_all(app, mailing(mail))
    assert database.execute(STATES) == [("FAILED", 2)]
    assert mail.letters == []


async def test_a_digest_tells_once_what_was_missed(database: Database, mail: MailSink) -> None:
    person, _ = tell(database)
    database.execute("insert into api.notification_settings (user_id, digest) values (%s, 'DAILY')", (person,))
    async with opened(database) as app:
        assert [await digest_all(app, mailing(mail)) for _ in range(2)] == [1, 0]
    [letter] = mail.letters
    assert letter["Subject"] == "What you missed on DAIRA (1)"
    assert "- Farid: New follower" in letter.get_content()


async def test_a_push_can_be_read_by_the_browser_alone_and_is_signed_by_us(
    database: Database, service: PushSink
) -> None:
    person, notification = tell(database)
    browser, config = Browser(), pushing(service)
    subscribe(database, person, browser, service.url("/one"))
    queue(database, "PUSH")
    async with opened(database) as app:
        assert await push_all(app, config) == 1
    [(path, headers, body)] = service.taken
    said = json.loads(browser.read(body))
    assert (path, said["text"], said["id"]) == ("/one", "Farid: New follower", str(notification))
    assert (headers["TTL"], headers["Topic"]) == ("86400", f"n{notification}")
    token = headers["Authorization"].removeprefix("vapid t=").split(",")[0]
    public = config.vapid().public_key
    assert isinstance(public, ec.EllipticCurvePublicKey)
    assert jwt.decode(token, public, algorithms=["ES256"], audience=service.url(""))["sub"] == "mailto:ops@daira.test"
    assert headers["Authorization"].endswith(config.public_key)
    assert database.execute(STATES) == [("SENT", 1)]


@pytest.mark.parametrize(
    ("status", "state", "left"),
    [(410, "DROPPED", 0), (404, "DROPPED", 0), (429, "WAITING", 1), (503, "WAITING", 1), (400, "FAILED", 1)],
)
async def test_what_a_push_service_answers_decides(
    database: Database, service: PushSink, status: int, state: str, left: int
) -> None:
    person, _ = tell(database)
    subscribe(database, person, Browser(), service.url("/one"))
    service.statuses["/one"] = status
    queue(database, "PUSH")
    async with opened(database) as app:
        await push_all(app, pushing(service))
    assert database.execute(STATES) == [(state, 1)]
    assert number(database, "select count(*) from api.push_subscriptions") == left


@pytest.mark.parametrize(
    ("endpoint", "p256dh", "auth"),
    [
        (None, "B" + "A" * 86, None),
        (None, "A" * 80, None),
        (None, None, "A" * 17),
        ("https://[::1", None, None),
        ("https:///one", None, None),
        ("https://a..b/one", None, None),
    ],
)
async def test_a_subscription_that_can_not_be_one_is_removed_and_stops_nobody_else(
    database: Database, service: PushSink, endpoint: str | None, p256dh: str | None, auth: str | None
) -> None:
    person, _ = tell(database)
    good = Browser()
    bad = Subscription(endpoint or service.url("/bad"), p256dh or good.p256dh, auth or good.auth)
    database.execute(
        "insert into api.push_subscriptions (user_id, endpoint, p256dh, auth) values (%s, %s, %s, %s)",
        (person, bad.endpoint, bad.p256dh, bad.auth),
    )
    subscribe(database, person, good, service.url("/one"))
    queue(database, "PUSH")
    async with opened(database) as app:
        assert await push_all(app, pushing(service)) == 1
    assert [path for path, _, _ in service.taken] == ["/one"]
    assert database.execute(STATES) == [("SENT", 1)]
    assert number(database, "select count(*) from api.push_subscriptions") == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.8", "[::1]", "169.254.169.254", "localhost"])
async def test_nothing_is_pushed_into_our_own_network(service: PushSink, host: str) -> None:
    config = PushConfig(make_private_key(), "mailto:ops@daira.test", trust=service.trust)
    browser = Browser()
    to = Subscription(f"https://{host}:{service.port}/one", browser.p256dh, browser.auth)
    assert (await push(config, to, {}, "n1")).answer in (Answer.GONE, Answer.LATER)
    assert service.taken == []
