"""E-mail through any SMTP server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

import aiosmtplib

TIMEOUT = 15.0


class MailRefusedError(Exception):
    """The server will never take this message: the address is wrong, or the message."""


class MailUnavailableError(Exception):
    """The server did not answer, or asks to come back later."""


@dataclass(frozen=True)
class MailConfig:
    """Where mail goes out and from whom. `secure` is TLS from the first byte; else STARTTLS where it is offered."""

    host: str
    port: int
    sender: str
    username: str | None = None
    password: str | None = None
    secure: bool = False


@dataclass(frozen=True)
class Letter:
    """One message in plain text. The same `key` gives the same Message-ID, so that a second copy is known as one."""

    to: str
    subject: str
    text: str
    locale: str
    key: str


def mail_config_from(env: Mapping[str, str]) -> MailConfig | None:
    """The configuration in SMTP_URL (smtp:// or smtps://) and MAIL_FROM; None where no mail is to go out."""
    url = env.get("SMTP_URL")
    if not url:
        return None
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    return MailConfig(
        parts.hostname or "localhost",
        parts.port or (465 if secure else 587),
        env.get("MAIL_FROM") or "DAIRA <no-reply@localhost>",
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        secure,
    )


async def send(config: MailConfig, letter: Letter) -> str:
    """Sends one message; gives the server's answer. Raises MailRefusedError or MailUnavailableError."""
    try:
        _, answer = await aiosmtplib.send(
            _message(config, letter),
            recipients=[letter.to],
            hostname=config.host,
            port=config.port,
            username=config.username,
            password=config.password,
            use_tls=config.secure,
            timeout=TIMEOUT,
        )
    except (aiosmtplib.SMTPResponseException, aiosmtplib.SMTPRecipientsRefused) as error:
        raise _refusal(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise MailUnavailableError(str(error)) from error
    return answer


def _refusal(error: aiosmtplib.SMTPException) -> MailRefusedError | MailUnavailableError:
    """5xx is for ever, 4xx is for now; a login that is refused is our mistake, not the message's."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        codes = [each.code for each in error.recipients]
    else:
        codes = [error.code] if isinstance(error, aiosmtplib.SMTPResponseException) else [0]
    is_final = all(500 <= code < 600 for code in codes) and not isinstance(error, aiosmtplib.SMTPAuthenticationError)
    return MailRefusedError(str(error)) if is_final else MailUnavailableError(str(error))


def _message(config: MailConfig, letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = config.sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.key}@{_domain(config.sender)}>"
    message["Content-Language"] = letter.locale
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _domain(sender: str) -> str:
    return sender.rstrip("> ").rpartition("@")[2] or "localhost"
