"""Queue notification.trigger: people prove that an address is theirs by a token that was sent there."""

from __future__ import annotations

import hashlib
import os
import secrets
from typing import Any

from procrastinate import JobContext

from jobs import wording
from jobs.database import fetch_rows
from services.mail import Letter, MailConfig, MailRefusedError, mail_config_from, send

QUEUE = "notification.trigger"
LIFE = "24 hours"


async def confirm_email(context: JobContext, user_id: int | None) -> str:
    """Sends a token to an address that is not confirmed; gives what came of it. Without SMTP_URL nothing is sent.

    Each try makes a token of its own, which takes the place of the one before: only its hash is kept.
    """
    config = mail_config_from(os.environ)
    if config is None or user_id is None:
        return "nobody to write to"
    token = secrets.token_urlsafe(32)
    token_hash = hashlib.sha256(token.encode()).digest()
    [row] = await fetch_rows(context, "issue_confirmation", user_id=user_id, token_hash=token_hash, life=LIFE)
    if row["status"] != "issued":
        return str(row["status"])
    return await _send(context, config, row, token)


async def _send(context: JobContext, config: MailConfig, row: dict[str, Any], token: str) -> str:
    """An address that the server refuses is a mistyped one: no reason to try again, nor for a dead letter."""
    subject, text = wording.confirmation(token, row["locale"], wording.base_url())
    key = f"confirm-{context.job.id}-{context.job.attempts}"
    try:
        await send(config, Letter(row["email"], subject, text, row["locale"], key))
    except MailRefusedError as error:
        return f"refused: {error}"
    return "sent"
