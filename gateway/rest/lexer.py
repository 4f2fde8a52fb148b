"""Splits a query string into its shape, which decides the plan, and its values, which become parameters.

The shape of `id=eq.7&select=id&limit=2` is `("id=eq.", "select=id", "limit=")` and its values are `("7", "2")`:
requests that differ only in values share one plan.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple
from urllib.parse import unquote_plus

from gateway.rest.errors import RestError, parse_error
from gateway.rest.logic import LogicPart, lex_logic
from gateway.rest.operators import EXPECTED_OPERATOR, OPERATORS, SEARCHES, is_known

Part = str | LogicPart
Shape = tuple[Part, ...]

_OPERATOR = re.compile(r"(?:not\.)?[a-z]+(?:\([^)]*\))?\.")
_KEYWORD_OPERATORS = frozenset({"is.", "not.is."})
_WHOLE = re.compile(r"-?\d+\Z", re.ASCII)
_PARTS = re.compile(r"(?:not\.)?([a-z]+)(?:\(([^)]*)\))?\.")
_USUAL = frozenset(f"{name}." for name in (*OPERATORS, *SEARCHES, "in"))
EQUALS = "\0"
"""Stands in the keys of a shape for the sign that ends them."""


class _Kind(Enum):
    STRUCTURE = auto()
    COUNT = auto()
    LOGIC = auto()


_KINDS = {
    "select": _Kind.STRUCTURE,
    "order": _Kind.STRUCTURE,
    "columns": _Kind.STRUCTURE,
    "on_conflict": _Kind.STRUCTURE,
    "limit": _Kind.COUNT,
    "offset": _Kind.COUNT,
    "and": _Kind.LOGIC,
    "or": _Kind.LOGIC,
}
_NESTED = {name: kind for name, kind in _KINDS.items() if kind is not _Kind.STRUCTURE or name == "order"}


class Lexed(NamedTuple):
    """The shape of a query string, and the values of its slots in the order in which the shape mentions them."""

    shape: Shape
    values: tuple[str, ...]


def selects_all(lexed: Lexed) -> bool:
    """Whether rows are wanted whole: `select=` is absent, or `*` and no more."""
    selected = [part for part in lexed.shape if isinstance(part, str) and part.startswith("select=")]
    return not selected or selected[0] == "select=*"


def lex(query: str) -> Lexed:
    """Split `query` (as it stands in the URL, without `?`). Raises `RestError` PGRST100."""
    shape: list[Part] = []
    values: list[str] = []
    for part in query.split("&") if query else ():
        if "%" in part or "+" in part:
            key, value = decode(part)
            key = key.replace("=", EQUALS)
        else:
            key, _, value = part.partition("=")
        if key:
            lex_pair(key, value, shape, values)
    return Lexed(tuple(shape), tuple(values))


def lex_pairs(pairs: list[tuple[str, str]]) -> Lexed:
    """The same for pairs that have been decoded."""
    shape: list[Part] = []
    values: list[str] = []
    for key, value in pairs:
        lex_pair(key.replace("=", EQUALS), value, shape, values)
    return Lexed(tuple(shape), tuple(values))


def lex_pair(key: str, value: str, shape: list[Part], values: list[str]) -> None:
    """Add one decoded parameter to `shape` and `values`."""
    kind = _NESTED.get(key.rpartition(".")[2]) if "." in key else _KINDS.get(key)
    if kind is None:
        _lex_filter(key, value, shape, values)
    elif kind is _Kind.STRUCTURE:
        shape.append(f"{key}={value}")
    elif kind is _Kind.COUNT:
        _lex_count(key, value, shape, values)
    else:
        shape.append(lex_logic(key, value, values))


def split(query: str) -> list[tuple[str, str]]:
    """The parameters of `query`, decoded, in their order."""
    return [decode(part) for part in query.split("&") if part]


def _lex_filter(key: str, value: str, shape: list[Part], values: list[str]) -> None:
    found = value[: value.find(".") + 1]
    if found in _USUAL:
        shape.append(f"{key}={found}")
        values.append(value[len(found) :])
    else:
        _lex_unusual(key, value, shape, values)


def _lex_unusual(key: str, value: str, shape: list[Part], values: list[str]) -> None:
    operator = _OPERATOR.match(value)
    found = operator.group() if operator else ""
    if found in _KEYWORD_OPERATORS:
        shape.append(f"{key}={value}")
    elif _is_known(found):
        shape.append(f"{key}={found}")
        values.append(value[len(found) :])
    else:
        raise parse_error("filter", value, 0, EXPECTED_OPERATOR)


def _is_known(operator: str) -> bool:
    found = _PARTS.match(operator)
    return found is not None and is_known(found.group(1), found.group(2))


def _lex_count(key: str, value: str, shape: list[Part], values: list[str]) -> None:
    """What is no number is passed over, and so is a negative offset."""
    if not _WHOLE.match(value) or (value[0] == "-" and key.endswith("offset")):
        return
    if value[0] == "-" and value.strip("-0"):
        raise RestError(
            416, "PGRST103", "Requested range not satisfiable", "Limit should be greater than or equal to zero."
        )
    shape.append(f"{key}=")
    values.append(value.lstrip("-0") or "0")


def decode(part: str) -> tuple[str, str]:
    """One `key=value` of a query string, percent-decoded. Raises PGRST100."""
    key, _, value = part.partition("=")
    if "%" not in part and "+" not in part:
        return key, value
    try:
        return unquote_plus(key, errors="strict"), unquote_plus(value, errors="strict")
    except UnicodeDecodeError as error:
        raise RestError(400, "PGRST100", "the query string is not valid UTF-8", str(error)) from error
