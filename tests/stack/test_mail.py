"""What `daira up` sends by e-mail is kept in its data directory, and `daira mail` shows it."""

from __future__ import annotations

import httpx
import psycopg

from tests.support.stacks import Stack, until

FOLLOW = """
with people as (
    insert into api.users (username, name, locale)
    values ('mail_reader', 'Reader', 'ar'), ('mail_writer', 'Farid', 'en')
    returning id, username
),
told as (
    insert into api.user_private (user_id, email, email_verified_at)
    select id, 'mail.reader@example.com', now() from people where username = 'mail_reader'
    returning user_id
),
wished as (
    insert into api.notification_preferences select user_id, 'FOLLOW', true, false, true from told
),
daily as (
    insert into api.notification_settings (user_id, digest) select user_id, 'DAILY' from told
)
insert into api.follows (follower_id, followee_id)
select w.id, r.id from people as w, people as r where w.username = 'mail_writer' and r.username = 'mail_reader'
"""


def listed(stack: Stack, *more: str) -> list[str]:
    return stack.daira("mail", "list", *more).stdout.splitlines()


def test_notices_and_digests_are_kept(stack: Stack) -> None:
    mine = ("--to", "mail.reader@example.com")
    with psycopg.connect(stack.daira("url", "postgres").stdout.strip(), autocommit=True) as conn:
        conn.execute(FOLLOW)
        until(lambda: len(listed(stack, *mine)) == 1, 30)
        conn.execute("select ops.defer('notification.trigger', 'deliveries.digest', '{}')")
        until(lambda: len(listed(stack, *mine)) == 2, 30)
    digest, notice = (line.split("  ", 2) for line in listed(stack, *mine))
    assert (notice[1], notice[2]) == ("mail.reader@example.com", "Farid: متابع جديد")
    shown = stack.daira("mail", "show", digest[0]).stdout
    assert "Subject: ما فاتك على دائرة (1)\n" in shown
    assert "- Farid: متابع جديد\n" in shown
    assert "Date: " in shown


def test_messages_are_for_the_owner_only_and_a_wrong_name_is_one_line(stack: Stack) -> None:
    assert stack.home.mail.stat().st_mode & 0o077 == 0
    assert (
        stack.daira("mail", "show", "nothing").stderr == "daira: There is no message nothing. See `daira mail list`.\n"
    )


def test_who_registers_confirms_the_address_and_one_id_is_in_all_logs(stack: Stack) -> None:
    account = {"username": "mail_confirms", "email": "mail.confirms@example.com", "password": "securepass123"}
    named = {"x-request-id": "mail-confirms-1"}
    assert httpx.post(f"{stack.url}/auth/register", json=account, headers=named).status_code == 201
    until(lambda: listed(stack, "--to", account["email"]), 30)
    shown = stack.daira("mail", "show", listed(stack, "--to", account["email"])[0].split()[0]).stdout
    token = shown.partition("#token=")[2].split()[0]
    assert httpx.post(f"{stack.url}/auth/confirm", json={"token": token}).status_code == 204
    for name in ("gateway", "worker"):
        assert "mail-confirms-1" in stack.home.log(name).read_text(), name
