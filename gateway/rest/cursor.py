"""Reads the small languages of the query string, character by character."""

from __future__ import annotations

import re

from gateway.rest.errors import RestError, parse_error

_NAME = re.compile(r"[^\s\"*.,:()!&=>\-](?:[^\"*.,:()!&=>\-]|-(?!>))*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")


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
            raise self.error()

    def name(self) -> str:
        """A plain or quoted name."""
        found = _QUOTED.match(self._text, self._at) or _NAME.match(self._text, self._at)
        if found is None:
            raise self.error()
        self._at = found.end()
        return _ESCAPE.sub(r"\1", found.group(1)) if found.re is _QUOTED else found.group().strip()

    def until(self, stops: str) -> str:
        """Everything before the next of `stops`."""
        start = self._at
        while self._at < len(self._text) and self._text[self._at] not in stops:
            self._at += 1
        return self._text[start : self._at]

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self._at == len(self._text)

    def mark(self) -> int:
        """A position to come back to."""
        return self._at

    def back(self, mark: int) -> None:
        """Go back to `mark`."""
        self._at = mark

    def error(self) -> RestError:
        """PGRST100 at this position."""
        return parse_error(self._what, self._text, self._at)
