"""What filters mean, in plain Python: with three truth values, and with partners of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Truth = bool | None
Row = Mapping[str, Any]
Filter = Mapping[str, Any] | None


@dataclass(frozen=True)
class Link:
    """Rows of `table` whose column `there` equals the column `here`."""

    table: str
    here: str
    there: str
    is_many: bool


@dataclass(frozen=True)
class World:
    """The rows of each table, and its links by field."""

    rows: Mapping[str, Sequence[Row]]
    links: Mapping[str, Mapping[str, Link]]

    def matching(self, table: str, filter_: Filter) -> list[Row]:
        """The rows of `table` that `filter_` lets through."""
        return [row for row in self.rows[table] if self._holds(table, filter_, row) is True]

    def _holds(self, table: str, filter_: Filter, row: Row) -> Truth:
        return all_of(self._conditions(table, filter_, row))

    def _conditions(self, table: str, filter_: Filter, row: Row) -> list[Truth]:
        found: list[Truth] = []
        for name, given in (filter_ or {}).items():
            found += self._member(table, name, given, row)
        return found

    def _member(self, table: str, name: str, given: Any, row: Row) -> list[Truth]:
        if name == "not":
            inner = self._conditions(table, given, row)
            return [negated(all_of(inner))] if inner else []
        if name in ("and", "or"):
            each = [all_of(inner) for item in given or [] if (inner := self._conditions(table, item, row))]
            return each if name == "and" else [any_of(each)] if each else []
        if name in self.links[table]:
            return self._linked(self.links[table][name], given, row)
        return [
            truth for operator, operand in (given or {}).items() for truth in compared(operator, row[name], operand)
        ]

    def _linked(self, link: Link, given: Any, row: Row) -> list[Truth]:
        here = row[link.here]
        partners = [other for other in self.rows[link.table] if here is not None and other[link.there] == here]
        if not link.is_many:
            return [any(self._holds(link.table, given, partner) is True for partner in partners)] if given else []
        return [
            self._among(link.table, word, inner, partners) for word, inner in (given or {}).items() if inner is not None
        ]

    def _among(self, table: str, word: str, filter_: Filter, partners: Sequence[Row]) -> bool:
        matches = [self._holds(table, filter_, partner) is True for partner in partners]
        return {"some": any(matches), "none": not any(matches), "every": all(matches)}[word]


def compared(operator: str, value: Any, operand: Any) -> list[Truth]:
    """What one comparison gives, which is nothing for a test that does not say for what."""
    if operator == "is":
        return [] if operand is None else [(value is None) == (operand == "NULL")]
    if operator == "in" and operand == []:
        return [False]
    if value is None or operand is None:
        return [None]
    return [_TESTS[operator](value, operand)]


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def all_of(truths: Sequence[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def any_of(truths: Sequence[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


def _like(value: str, pattern: str, flags: int = 0) -> bool:
    translated = "".join({"%": ".*", "_": "."}.get(letter, re.escape(letter)) for letter in pattern)
    return re.fullmatch(translated, value, flags | re.DOTALL) is not None


def _order(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, operand: test(value, Decimal(operand) if isinstance(value, Decimal) else operand)


_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": _order(lambda a, b: bool(a == b)),
    "neq": _order(lambda a, b: bool(a != b)),
    "gt": _order(lambda a, b: bool(a > b)),
    "gte": _order(lambda a, b: bool(a >= b)),
    "lt": _order(lambda a, b: bool(a < b)),
    "lte": _order(lambda a, b: bool(a <= b)),
    "in": lambda a, b: any(_TESTS["eq"](a, item) for item in b),
    "startsWith": lambda a, b: a.startswith(b),
    "like": _like,
    "ilike": lambda a, b: _like(a, b, re.IGNORECASE),
    "regex": lambda a, b: re.search(b, a) is not None,
    "iregex": lambda a, b: re.search(b, a, re.IGNORECASE) is not None,
    "contains": lambda a, b: set(b) <= set(a),
    "containedBy": lambda a, b: set(a) <= set(b),
    "overlaps": lambda a, b: not set(a).isdisjoint(b),
}
