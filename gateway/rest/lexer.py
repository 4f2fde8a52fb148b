"""Splits a query string into its shape, which decides the plan, and its values, which become parameters.

The shape of `id=eq.7&select=id&limit=2` is `("id=eq.", "select=id", "limit=")` and its values are `("7", "2")`:
requests that differ only in values share one plan.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_plus

from gateway.rest.errors import RestError, parse_error

Shape = tuple[str, ...]

_OPERATOR = re.compile(r"(?:not\.)?[a-z]+(?:\([^)]*\))?\.")
_COUNTS = frozenset({"limit", "offset"})
_STRUCTURE = frozenset({"select", "order"})
_KEYWORD_OPERATORS = ("is.", "not.is.")


class Lexed(NamedTuple):
    """The shape of a query string, and the values of its slots in the order in which the shape mentions them."""

    shape: Shape
    values: tuple[str, ...]


def lex(query: str) -> Lexed:
    """Split `query` (as it stands in the URL, without `?`). Raises `RestError` PGRST100."""
    shape: list[str] = []
    values: list[str] = []
    for part in query.split("&") if query else ():
        key, value = _decode(part)
        last = key.rpartition(".")[2]
        if last in _STRUCTURE:
            shape.append(f"{key}={value}")
        elif last in _COUNTS:
            shape.append(f"{key}=")
            values.append(value)
        else:
            _lex_filter(key, value, shape, values)
    return Lexed(tuple(shape), tuple(values))


def _lex_filter(key: str, value: str, shape: list[str], values: list[str]) -> None:
    operator = _OPERATOR.match(value)
    if operator is None:
        raise parse_error("filter", value, 0)
    if operator.group() in _KEYWORD_OPERATORS:
        shape.append(f"{key}={value}")
    else:
        shape.append(f"{key}={operator.group()}")
        values.append(value[operator.end() :])


def _decode(part: str) -> tuple[str, str]:
    key, _, value = part.partition("=")
    if "%" not in part and "+" not in part:
        return key, value
    try:
        return unquote_plus(key, errors="strict"), unquote_plus(value, errors="strict")
    except UnicodeDecodeError as error:
        raise RestError(400, "PGRST100", "the query string is not valid UTF-8", str(error)) from error
