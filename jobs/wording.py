"""What a push and an e-mail say, in Arabic and English. Never the words of a post, a comment or a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Phrases:
    """One language's words around what the database says."""

    others: str
    see: str
    digest: str
    settings: str


_ENGLISH = Phrases(
    "{name} and {others} more", "See it: {url}", "What you missed on DAIRA ({count})", "Choose what you hear of: {url}"
)
_ARABIC = Phrases("{name} و{others} غيره", "شاهده: {url}", "ما فاتك على دائرة ({count})", "اختر ما تود أن تعرفه: {url}")


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
