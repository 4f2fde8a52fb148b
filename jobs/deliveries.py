"""Queue notification.trigger: notifications leave the house as pushes and e-mails.

Each is taken, sent and settled by itself; one that a dying worker leaves behind is taken again after five minutes.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

import structlog
from procrastinate import JobContext

from jobs import wording
from jobs.database import fetch_rows, until_done
from services.mail import Letter, MailConfig, MailRefusedError, MailUnavailableError, mail_config_from, send
from services.push import Answer, Outcome, PushConfig, Subscription, push, push_config_from

QUEUE = "notification.trigger"
BATCH = 50
DIGESTS = 500
OLD_BATCH = 5_000

_log = structlog.stdlib.get_logger("daira.deliveries")


async def send_pushes(context: JobContext, timestamp: int = 0) -> int:
    """Pushes what is due; gives the number of notifications taken. Without VAPID_PRIVATE_KEY everything waits."""
    config = push_config_from(os.environ)
    return await push_all(context, config) if config else 0


async def push_all(context: Any, config: PushConfig) -> int:
    """Takes batch after batch until one comes back empty."""
    total = 0
    while taken := await fetch_rows(context, "take_deliveries", channel="PUSH", batch=BATCH):
        await asyncio.gather(*(_push_one(context, config, row) for row in taken))
        total += len(taken)
    return total


async def announce_key(context: JobContext, timestamp: int = 0) -> None:
    """Tells clients the key that their browsers are to accept pushes under."""
    config = push_config_from(os.environ)
    if config:
        await fetch_rows(context, "publish_push_key", public_key=config.public_key)


async def send_mails(context: JobContext, timestamp: int = 0) -> int:
    """Sends e-mails that are due; gives the number taken. Without SMTP_URL everything waits."""
    config = mail_config_from(os.environ)
    return await mail_all(context, config) if config else 0


async def mail_all(context: Any, config: MailConfig) -> int:
    """Takes batch after batch until one comes back empty."""
    total = 0
    while taken := await fetch_rows(context, "take_deliveries", channel="EMAIL", batch=BATCH):
        for row in taken:
            state, outcome = await _mail_one(config, row)
            await _settle(context, row, state, outcome)
        total += len(taken)
    return total


async def send_digests(context: JobContext, timestamp: int = 0) -> int:
    """Sends digests that are due; gives the number taken."""
    config = mail_config_from(os.environ)
    return await digest_all(context, config) if config else 0


async def digest_all(context: Any, config: MailConfig) -> int:
    """Takes batch after batch until nobody in one has anything to be told; the next run goes on from there."""
    total = 0
    while taken := await fetch_rows(context, "take_digests", batch=DIGESTS):
        for row in taken:
            await _digest_one(context, config, row)
        total += len(taken)
    return total


async def remove_old(context: JobContext, timestamp: int = 0) -> int:
    """Gives up what was not sent within three days, forgets what was settled a month ago; gives the number of both."""
    return await until_done(context, "remove_old_deliveries", OLD_BATCH)


async def _digest_one(context: Any, config: MailConfig, row: dict[str, Any]) -> None:
    subject, text = wording.digest(row["notices"], row["locale"], wording.base_url())
    key = f"digest-{row['user_id']}-{row['notices'][0]['id']}"
    state, outcome = await _sent(config, Letter(row["email"], subject, text, row["locale"], key))
    await fetch_rows(context, "settle_digest", user_id=row["user_id"], is_sent=state != "WAITING", outcome=outcome)


async def _push_one(context: Any, config: PushConfig, row: dict[str, Any]) -> None:
    notice = row["notice"]
    content: dict[str, object] = {**notice, "text": wording.title(notice, row["locale"])}
    outcomes = []
    for device in row["subscriptions"] or []:
        to = Subscription(device["endpoint"], device["p256dh"], device["auth"])
        outcome = await push(config, to, content, topic=f"n{notice['id']}")
        if outcome.answer is Answer.GONE:
            await fetch_rows(context, "remove_push_subscription", id=int(device["id"]))
        outcomes.append(outcome)
    state, said = _settled(outcomes)
    await _settle(context, row, state, said)


async def _settle(context: Any, row: dict[str, Any], state: str, outcome: str) -> None:
    """One line for each, under the id of the request that the recipient is told of, if it had one."""
    await fetch_rows(context, "settle_delivery", id=row["id"], state=state, outcome=outcome)
    cause = {"correlation_id": row["request_id"]} if row["request_id"] else {}
    _log.info("delivery settled", delivery_id=row["id"], state=state, outcome=outcome, **cause)


def _settled(outcomes: list[Outcome]) -> tuple[str, str]:
    """One device that was reached is enough: who hears twice on one is worse off than who misses one on another."""
    answers = {outcome.answer for outcome in outcomes}
    said = "; ".join(f"{outcome.answer.value}: {outcome.detail}" for outcome in outcomes) or "no device is left"
    if Answer.SENT in answers:
        return "SENT", said
    if Answer.LATER in answers:
        return "WAITING", said
    return ("FAILED" if Answer.REFUSED in answers else "DROPPED"), said


async def _mail_one(config: MailConfig, row: dict[str, Any]) -> tuple[str, str]:
    if row["email"] is None:
        return "DROPPED", "the address is not verified"
    subject, text = wording.letter(row["notice"], row["locale"], wording.base_url())
    return await _sent(config, Letter(row["email"], subject, text, row["locale"], f"notice-{row['id']}"))


async def _sent(config: MailConfig, letter: Letter) -> tuple[str, str]:
    try:
        return "SENT", await send(config, letter)
    except MailRefusedError as error:
        return "FAILED", str(error)
    except MailUnavailableError as error:
        return "WAITING", str(error)
