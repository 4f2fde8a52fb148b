"""Reads a shape into an intent (https://docs.postgrest.org/en/stable/references/api/tables_views.html)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gateway.plan.model import Nulls
from gateway.rest.cursor import Cursor
from gateway.rest.errors import parse_error
from gateway.rest.intent import FieldPath, Filter, Logic, OrderTerm, Page, Path, ReadIntent, SelectAll, SelectItem, Term
from gateway.rest.lexer import EQUALS, Shape
from gateway.rest.logic import Branch, Leaf
from gateway.rest.operators import EXPECTED_OPERATOR, TESTS, is_known
from gateway.rest.selecting import field_path, parse_select

_FILTER = re.compile(r"(not\.)?([a-z]+)(?:\(([^)]*)\))?\.(.*)", re.DOTALL)
_NULLS = {"nullsfirst": Nulls.FIRST, "nullslast": Nulls.LAST}
_DIRECTIONS = ("asc", "desc")


@dataclass
class _Asked:
    """What has been read so far."""

    select: tuple[SelectItem, ...] | None = None
    filters: list[tuple[Path, Term]] = field(default_factory=list)
    orders: dict[Path, tuple[OrderTerm, ...]] = field(default_factory=dict)
    pages: dict[Path, dict[str, int]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse(shape: Shape) -> ReadIntent:
    """The intent of `shape`; slots count up in the order of its parts. Raises `RestError` PGRST100."""
    slots = itertools.count()
    asked = _Asked()
    for part in shape:
        if isinstance(part, str):
            _read(part, asked, slots)
        else:
            asked.filters.append((part.path, _logic(part.tree, slots)))
    return ReadIntent(
        (SelectAll(),) if asked.select is None else asked.select,
        tuple(asked.filters),
        tuple(asked.orders.items()),
        tuple((path, Page(**page)) for path, page in asked.pages.items()),
        asked.names.get("columns"),
        asked.names.get("on_conflict"),
    )


def parse_order(text: str) -> tuple[OrderTerm, ...]:
    """`order=` as terms. Raises `RestError` PGRST100."""
    cursor = Cursor("order", text)
    cursor.spaces()
    terms = [_order_term(cursor)]
    while cursor.separated():
        terms.append(_order_term(cursor))
    cursor.spaces()
    if not cursor.at_end():
        raise cursor.error('delimiter (.), "," or end of input')
    return tuple(terms)


def _read(part: str, asked: _Asked, slots: Iterator[int]) -> None:
    key, _, text = part.partition("=")
    key = key.replace(EQUALS, "=")
    *path, name = key.split(".")
    match name:
        case "select" if not path:
            asked.select = parse_select(text) if asked.select is None else asked.select
        case "order":
            asked.orders[tuple(path)] = parse_order(text)
        case "limit" | "offset":
            asked.pages.setdefault(tuple(path), {})[name] = next(slots)
        case "columns" | "on_conflict" if not path:
            asked.names[name] = _names(name, text)
        case _:
            asked.filters.append(_filter(key, text, slots))


def _names(what: str, text: str) -> tuple[str, ...]:
    cursor = Cursor(f"{what} parameter", text)
    cursor.spaces()
    names = [cursor.name()]
    while cursor.separated():
        names.append(cursor.name())
    cursor.spaces()
    if not cursor.at_end():
        raise cursor.error('"," or end of input')
    return tuple(names)


def _order_term(cursor: Cursor) -> OrderTerm:
    asked, embed = field_path(cursor), None
    if not asked.steps and cursor.takes("("):
        embed, asked = asked.name, field_path(cursor)
        cursor.expect(")")
    descending, nulls = False, None
    if cursor.takes("."):
        word = _word(cursor)
        if word in _DIRECTIONS:
            descending = word == "desc"
            nulls = _NULLS[_word(cursor, is_last=True)] if cursor.takes(".") else None
        else:
            nulls = _NULLS[word]
    return OrderTerm(asked, descending, nulls, embed)


def _word(cursor: Cursor, is_last: bool = False) -> str:
    at = cursor.mark()
    word = cursor.name()
    if word in _NULLS or (word in _DIRECTIONS and not is_last):
        return word
    cursor.back(at)
    raise cursor.error(
        "nulls direction (nullsfirst or nullslast)"
        if is_last
        else "direction (asc or desc) or nulls direction (nullsfirst or nullslast)"
    )


def _logic(tree: Branch, slots: Iterator[int]) -> Logic:
    return Logic(tree.is_or, tree.negated, tuple(_term(term, slots) for term in tree.terms))


def _term(term: Leaf | Branch, slots: Iterator[int]) -> Term:
    if isinstance(term, Branch):
        return _logic(term, slots)
    _, asked = _keyed(term.field)
    return _operation(asked, term.operator, slots)


def _filter(key: str, text: str, slots: Iterator[int]) -> tuple[Path, Filter]:
    path, asked = _keyed(key)
    return path, _operation(asked, text, slots)


def _keyed(key: str) -> tuple[Path, FieldPath]:
    cursor = Cursor("tree path", key)
    path: list[str] = []
    asked = field_path(cursor)
    while cursor.takes("."):
        path.append(asked.name)
        asked = field_path(cursor)
    if not cursor.at_end():
        raise cursor.error('"." or end of input')
    return tuple(path), asked


def _operation(asked: FieldPath, text: str, slots: Iterator[int]) -> Filter:
    found = _FILTER.match(text)
    if found is None:
        raise parse_error("filter", text, 0, EXPECTED_OPERATOR)
    negated, operator, modifier, rest = found.groups()
    if not is_known(operator, modifier):
        raise parse_error("filter", text, 0, EXPECTED_OPERATOR)
    if operator != "is":
        return Filter(asked, operator, bool(negated), modifier, next(slots))
    if rest.lower() not in TESTS:
        raise parse_error("filter", text, found.start(4), "isVal: (null, not_null, true, false, unknown)")
    return Filter(asked, operator, bool(negated), modifier, None, rest.lower())
