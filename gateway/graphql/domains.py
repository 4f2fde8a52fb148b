"""The values of a text domain, read from its constraints as PostgreSQL writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LITERAL = r"'(?:[^']|'')*'::[a-z ]+"
_IN = re.compile(
    r"CHECK \(\(\(?VALUE\)?(?:::text)? = "
    rf"(?:ANY \(\(?ARRAY\[(?P<list>{_LITERAL}(?:, {_LITERAL})*)\]\)?(?:::text\[\])?\)|(?P<one>{_LITERAL}))\)\)"
)
_TEXT = re.compile(r"'((?:[^']|'')*)'::[a-z ]+")


def values_of(checks: Iterable[str]) -> tuple[str, ...]:
    """The values that the first `check (value in (...))` of `checks` allows, in its order; none where there is none."""
    for check in checks:
        found = _IN.fullmatch(check)
        if found is not None:
            texts: list[str] = _TEXT.findall(found["list"] or found["one"])
            return tuple(text.replace("''", "'") for text in texts)
    return ()
