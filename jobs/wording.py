"""What a push and an e-mail say, in Arabic and English. Never the words of a post, a comment or a message."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Phrases:
    """One language's words around what the database says."""

    others: str
    see: str
    digest: str
    settings: str
    confirm: str
    confirming: str


_ENGLISH = Phrases(
    "{name} and {others} more",
    "See it: {url}",
    "What you missed on DAIRA ({count})",
    "Choose what you hear of: {url}",
    "Confirm your e-mail address",
    "Open this link within 24 hours: {url}\n\nIf you have no account on DAIRA, somebody has mistyped; do nothing.",
)
_ARABIC = Phrases(
    "{name} و{others} غيره",
    "شاهده: {url}",
    "ما فاتك على دائرة ({count})",
    "اختر ما تود أن تعرفه: {url}",
    "أكّد بريدك الإلكتروني",
    "افتح هذا الرابط خلال ٢٤ ساعة: {url}\n\n"
    "إن لم يكن لك حساب على دائرة فقد أخطأ أحدهم في الكتابة، ولا حاجة إلى فعل شيء.",
)


def title(notice: dict[str, Any], locale: str) -> str:
    """One line: who, and what happened."""
    return f"{_people(notice, _phrases(locale))}: {notice['title']}" if notice["actor"] else str(notice["title"])


def letter(notice: dict[str, Any], locale: str, base: str) -> tuple[str, str]:
    """Subject and text of the e-mail on one notification."""
    line = title(notice, locale)
    return line, "\n\n".join([line, *_links(locale, base)]) + "\n"


def digest(notices: list[dict[str, Any]], locale: str, base: str) -> tuple[str, str]:
    """Subject and text of the e-mail on many."""
    subject = _phrases(locale).digest.format(count=len(notices))
    lines = "\n".join(f"- {title(notice, locale)}" for notice in notices)
    return subject, "\n\n".join([subject, lines, *_links(locale, base)]) + "\n"


def confirmation(token: str, locale: str, base: str) -> tuple[str, str]:
    """Subject and text of the e-mail with a token, in the part of the link that browsers send to nobody."""
    phrases = _phrases(locale)
    return phrases.confirm, phrases.confirming.format(url=f"{base}/confirm#token={token}") + "\n"


def base_url() -> str:
    """Where links lead to."""
    return (os.environ.get("APP_URL") or "http://localhost:8000").rstrip("/")


def _people(notice: dict[str, Any], phrases: Phrases) -> str:
    name, others = notice["actor"], notice["others"]
    return phrases.others.format(name=name, others=others) if others else str(name)


def _links(locale: str, base: str) -> list[str]:
    phrases = _phrases(locale)
    return [
        phrases.see.format(url=f"{base}/notifications"),
        phrases.settings.format(url=f"{base}/settings/notifications"),
    ]


def _phrases(locale: str) -> Phrases:
    return _ARABIC if locale.startswith("ar") else _ENGLISH
