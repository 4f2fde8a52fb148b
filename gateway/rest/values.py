"""How the text of a value becomes a parameter, by the operator that it stands behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gateway.rest.errors import parse_error

if TYPE_CHECKING:
    from collections.abc import Callable

_ITEM = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"\s*(?=,|\Z)|([^,)]*))(,|\Z)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_MAX_COUNT = 2**63 - 1
_LONG, _DIGITS = 19, 30


def as_text(value: str) -> str:
    """The value as it is."""
    return value


def as_pattern(value: str) -> str:
    """A `like` pattern, in which `*` stands for `%`."""
    return value.replace("*", "%")


def as_count(value: str) -> str:
    """A number of rows, at most what PostgreSQL can count."""
    return value if len(value) < _LONG else str(min(int(value[:_DIGITS]), _MAX_COUNT))


def at_most(most: int) -> Callable[[str], str]:
    """A number of rows that is never above `most`."""

    def encode(value: str) -> str:
        return str(min(int(value[:_DIGITS]), most))

    return encode


def as_list(value: str) -> str:
    """`(a,"b,c")` as an array literal."""
    if not value.startswith("("):
        raise parse_error("filter", f"in.{value}", len("in."), '"("')
    if not value.endswith(")"):
        raise parse_error("filter", f"in.{value}", len("in.") + len(value), '"," or ")"')
    return array_literal(_items(value[1:-1]))


def array_literal(items: list[str]) -> str:
    """PostgreSQL's text form of an array, each item quoted."""
    quoted = ('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    return "{" + ",".join(quoted) + "}"


def _items(text: str) -> list[str]:
    items: list[str] = []
    at = 0
    while text:
        found = _ITEM.match(text, at)
        if found is None:
            raise parse_error("filter", f"in.({text})", at + len("in.("), '"," or ")"')
        quoted, plain, separator = found.groups()
        items.append(plain if quoted is None else _ESCAPE.sub(r"\1", quoted))
        at = found.end()
        if not separator:
            break
    return items
