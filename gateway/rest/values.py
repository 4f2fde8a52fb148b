"""How the text of a value becomes a parameter, by the operator that it stands behind."""

from __future__ import annotations

import re

from gateway.rest.errors import RestError, parse_error

_ITEM = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^,()"]*))\s*(,|\Z)')
_ESCAPE = re.compile(r"\\(.)")
_MAX_COUNT = 2**63 - 1


def as_text(value: str) -> str:
    """The value as it is."""
    return value


def as_pattern(value: str) -> str:
    """A `like` pattern, in which `*` stands for `%`."""
    return value.replace("*", "%")


def as_count(value: str) -> str:
    """A number of rows."""
    if not value.isascii() or not value.isdigit() or int(value) > _MAX_COUNT:
        raise parse_error("limit or offset", value, 0)
    return value


def as_list(value: str) -> str:
    """`(a,"b,c")` as an array literal."""
    if not (value.startswith("(") and value.endswith(")")):
        raise parse_error("list", value, 0)
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
            raise RestError(
                400, "PGRST100", f"failed to parse list ({text})", f"unexpected input at character {at + 1}"
            )
        quoted, plain, separator = found.groups()
        items.append(plain.strip() if quoted is None else _ESCAPE.sub(r"\1", quoted))
        at = found.end()
        if not separator:
            break
    return items
