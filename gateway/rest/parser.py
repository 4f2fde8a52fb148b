"""Reads a shape into an intent (https://docs.postgrest.org/en/stable/references/api/tables_views.html)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from gateway.plan.model import Nulls
from gateway.rest.cursor import Cursor
from gateway.rest.errors import parse_error
from gateway.rest.intent import (
    FieldPath,
    Filter,
    Join,
    JsonStep,
    OrderTerm,
    Page,
    ReadIntent,
    SelectAll,
    SelectEmbed,
    SelectField,
    SelectItem,
)
from gateway.rest.lexer import Shape

_FILTER = re.compile(r"(not\.)?([a-z]+)(?:\(([^)]*)\))?\.(.*)", re.DOTALL)
_INDEX = re.compile(r"-?\d+\Z")
_NULLS = {"nullsfirst": Nulls.FIRST, "nullslast": Nulls.LAST}
_JOINS = {"inner": Join.INNER, "left": Join.LEFT}

Path = tuple[str, ...]


def parse(shape: Shape) -> ReadIntent:
    """The intent of `shape`; slots count up in the order of its parts. Raises `RestError` PGRST100."""
    slots = itertools.count()
    select: tuple[SelectItem, ...] = (SelectAll(),)
    filters: list[Filter] = []
    orders: list[tuple[Path, tuple[OrderTerm, ...]]] = []
    pages: dict[Path, dict[str, int]] = {}
    for part in shape:
        key, _, text = part.partition("=")
        path, name = _split_key(key)
        match name:
            case "select":
                select = parse_select(text)
            case "order":
                orders.append((path, parse_order(text)))
            case "limit" | "offset":
                pages.setdefault(path, {})[name] = next(slots)
            case _:
                filters.append(_parse_filter(key, text, slots))
    return ReadIntent(
        select, tuple(filters), tuple(orders), tuple((path, Page(**page)) for path, page in pages.items())
    )


def parse_select(text: str) -> tuple[SelectItem, ...]:
    """`select=` as items; an empty text selects everything."""
    if not text:
        return (SelectAll(),)
    cursor = Cursor("select parameter", text)
    items = _items(cursor)
    if not cursor.at_end():
        raise cursor.error()
    return items


def parse_order(text: str) -> tuple[OrderTerm, ...]:
    """`order=` as terms."""
    cursor = Cursor("order", text)
    terms = [_order_term(cursor)]
    while cursor.takes(","):
        terms.append(_order_term(cursor))
    if not cursor.at_end():
        raise cursor.error()
    return tuple(terms)


def _items(cursor: Cursor) -> tuple[SelectItem, ...]:
    items = [_item(cursor)]
    while cursor.takes(","):
        items.append(_item(cursor))
    return tuple(items)


def _item(cursor: Cursor) -> SelectItem:
    if cursor.takes("*"):
        return SelectAll()
    alias = _alias(cursor)
    path = _field_path(cursor)
    if not path.steps:
        hints = _hints(cursor)
        if cursor.takes("("):
            return _embed(cursor, path.name, hints, alias)
        if hints:
            raise cursor.error()
    cast = cursor.until(",)") if cursor.takes("::") else None
    return SelectField(path, alias, cast)


def _alias(cursor: Cursor) -> str | None:
    start = cursor.mark()
    name = cursor.name()
    if cursor.takes("::"):
        cursor.back(start)
        return None
    if cursor.takes(":"):
        return name
    cursor.back(start)
    return None


def _hints(cursor: Cursor) -> list[str]:
    hints: list[str] = []
    while cursor.takes("!"):
        hints.append(cursor.name())
    return hints


def _embed(cursor: Cursor, target: str, hints: list[str], alias: str | None) -> SelectEmbed:
    joins = [_JOINS[hint] for hint in hints if hint in _JOINS]
    named = [hint for hint in hints if hint not in _JOINS]
    items: tuple[SelectItem, ...] = ()
    if not cursor.takes(")"):
        items = _items(cursor)
        cursor.expect(")")
    return SelectEmbed(target, named[0] if named else None, alias, joins[0] if joins else Join.LEFT, items)


def _field_path(cursor: Cursor) -> FieldPath:
    name, steps, as_text = cursor.name(), list[JsonStep](), False
    while cursor.takes("->"):
        as_text = cursor.takes(">")
        step = cursor.name() if not cursor.takes("-") else f"-{cursor.name()}"
        steps.append(JsonStep(step, _INDEX.match(step) is not None))
        if as_text:
            break
    return FieldPath(name, tuple(steps), as_text)


def _order_term(cursor: Cursor) -> OrderTerm:
    field, descending, nulls = _field_path(cursor), False, None
    while cursor.takes("."):
        word = cursor.name()
        if word in ("asc", "desc"):
            descending = word == "desc"
        elif word in _NULLS:
            nulls = _NULLS[word]
        else:
            raise cursor.error()
    return OrderTerm(field, descending, nulls)


def _parse_filter(key: str, text: str, slots: Iterator[int]) -> Filter:
    found = _FILTER.match(text)
    if found is None:
        raise parse_error("filter", text, 0)
    negated, operator, modifier, rest = found.groups()
    cursor = Cursor("filter", key)
    path: list[str] = []
    field = _field_path(cursor)
    while cursor.takes("."):
        path.append(field.name)
        field = _field_path(cursor)
    if not cursor.at_end():
        raise cursor.error()
    is_keyword = operator == "is"
    slot = None if is_keyword else next(slots)
    return Filter(tuple(path), field, operator, bool(negated), modifier, slot, rest if is_keyword else None)


def _split_key(key: str) -> tuple[Path, str]:
    *path, name = key.split(".")
    return tuple(path), name
