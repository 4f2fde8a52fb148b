"""What a request's headers say, read once per distinct set of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gateway.rest.errors import RestError
from gateway.rest.preferences import NO_PREFERENCES, Preferences, parse_preferences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gateway.http import Headers

_NAMES = (
    b"accept",
    b"prefer",
    b"content-type",
    b"accept-profile",
    b"content-profile",
    b"range",
    b"range-unit",
    b"if-none-match",
)
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_LIST = frozenset({0, 1, 7})
_WRITES = frozenset({"POST", "PATCH", "PUT", "DELETE"})
_MEMORABLE = 512
_SHORTEST, _LONGEST = min(map(len, _NAMES)), max(map(len, _NAMES))


@dataclass(frozen=True, slots=True)
class Facts:
    """The headers that steer an answer. `accept` and `range` are as they were sent, for others to read."""

    accept: str = ""
    preferences: Preferences = NO_PREFERENCES
    content_type: str = "application/json"
    accept_profile: str | None = None
    content_profile: str | None = None
    range: str | None = None
    known: str | None = None
    """If-None-Match: the entity tags that the caller has."""

    def profile(self, method: str) -> str | None:
        """The schema that is asked for by name."""
        return self.content_profile if method in _WRITES else self.accept_profile

    def schema(self, method: str, exposed: Sequence[str]) -> str:
        """The schema that the request is for. Raises PGRST106 where it isn't exposed."""
        asked = self.profile(method)
        if asked is None:
            return exposed[0]
        if asked not in exposed:
            hint = f"Only the following schemas are exposed: {', '.join(exposed)}"
            raise RestError(406, "PGRST106", f"Invalid schema: {asked}", None, hint)
        return asked


NO_FACTS = Facts()


def facts_of(headers: Headers) -> Facts:
    """The facts in `headers`."""
    found: list[bytes] | None = None
    for name, value in headers:
        place = _PLACES.get(name) if _SHORTEST <= len(name) <= _LONGEST else None
        if place is not None:
            found = found or [b""] * len(_NAMES)
            found[place] = found[place] + b"," + value if found[place] and place in _LIST else value
    if found is None:
        return NO_FACTS
    if sum(map(len, found)) > _MEMORABLE:
        return _read(tuple(found))
    return _remembered(tuple(found))


def _read(values: tuple[bytes, ...]) -> Facts:
    accept, prefer, content_type, accept_profile, content_profile, range_, unit, known = (
        v.decode("latin-1") for v in values
    )
    return Facts(
        accept.strip(),
        parse_preferences(prefer) if prefer else NO_PREFERENCES,
        content_type.partition(";")[0].strip().lower() or "application/json",
        _utf8(accept_profile),
        _utf8(content_profile),
        range_ if range_ and unit in ("", "items") else None,
        known or None,
    )


def _utf8(text: str) -> str | None:
    return text.encode("latin-1").decode("utf-8", "replace").strip() or None


_remembered = lru_cache(maxsize=4096)(_read)
