"""Reads the small languages of the query string, character by character."""

from __future__ import annotations

import re

from gateway.rest.errors import RestError, parse_error

_NAME = re.compile(r"[^\s\"*.,:()!&=>\-](?:[^\"*.,:()!&=>\-]|-(?!>))*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SPACE = re.compile(r"\s*")
FIELD_NAME = "field name (* or [a..z0..9_$])"


class Cursor:
    """A position in `text`; `what` names the text in errors."""

    def __init__(self, what: str, text: str) -> None:
        self._what = what
        self._text = text
        self._at = 0

    def takes(self, token: str) -> bool:
        """Step over `token` where it comes next."""
        found = self._text.startswith(token, self._at)
        self._at += len(token) if found else 0
        return found

    def expect(self, token: str) -> None:
        """Step over `token`, which must come next."""
        if not self.takes(token):
            raise self.error(f'"{token}"')

    def separated(self) -> bool:
        """Step over a comma and the space around it."""
        self.spaces()
        if not self.takes(","):
            return False
        self.spaces()
        return True

    def spaces(self) -> None:
        """Step over white space."""
        self._at = self.match(_SPACE).end()

    def name(self) -> str:
        """A plain or quoted name."""
        found = _QUOTED.match(self._text, self._at) or _NAME.match(self._text, self._at)
        if found is None:
            raise self.error(FIELD_NAME)
        self._at = found.end()
        return _ESCAPE.sub(r"\1", found.group(1)) if found.re is _QUOTED else found.group().strip()

    def take(self, pattern: re.Pattern[str], expected: str) -> str:
        """What `pattern` finds here, which must be something."""
        found = pattern.match(self._text, self._at)
        if found is None or not found.group():
            raise self.error(expected)
        self._at = found.end()
        return found.group()

    def match(self, pattern: re.Pattern[str]) -> re.Match[str]:
        """What `pattern`, which always matches, finds here; stays in place."""
        found = pattern.match(self._text, self._at)
        if found is None:
            raise self.error()
        return found

    def sees(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What `pattern` would find here."""
        return pattern.match(self._text, self._at)

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._text)

    def mark(self) -> int:
        """A position to come back to."""
        return self._at

    def back(self, mark: int) -> None:
        """Go back to `mark`."""
        self._at = mark

    def error(self, expected: str | None = None) -> RestError:
        """PGRST100 at this position."""
        return parse_error(self._what, self._text, self._at, expected)
