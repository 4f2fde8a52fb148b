"""Splits a tree of `and` and `or` into its structure, which belongs to the shape, and its values."""

from __future__ import annotations

import re
from typing import NamedTuple

from gateway.rest.errors import RestError, parse_error
from gateway.rest.operators import EXPECTED_OPERATOR, is_known

_NAME = r'(?:"(?:[^"\\]|\\.)*"|[^".,()])+'
_BRANCH = re.compile(r"\s*(not\.)?(and|or)\s*\(\s*")
_LEAF = re.compile(rf"\s*({_NAME})\s*\.((?:not\.)?([a-z]+)(?:\(([^)]*)\))?\.)")
_KEYWORD = re.compile(r"[a-zA-Z_]+")
_LIST = re.compile(r'\s*\((?:"(?:[^"\\]|\\.)*"|[^")]|"(?=[^"]*\)))*\)')
_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*)"(?=\s*[,)])')
_ARRAY = re.compile(r"\{[^{}]*\}(?=\s*[,)])")
_PLAIN = re.compile(r"[^,)]*")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SEPARATOR = re.compile(r"\s*([,)])\s*")
_EXPECTED = "field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)"
_MAX_DEPTH = 100


class Leaf(NamedTuple):
    """A filter whose value is in the next slot; `operator` has its negation, its modifier, and the keyword of `is`."""

    field: str
    operator: str
    has_slot: bool


class Branch(NamedTuple):
    """`and(...)` or `or(...)`."""

    negated: bool
    is_or: bool
    terms: tuple[Leaf | Branch, ...]


class LogicPart(NamedTuple):
    """A tree and the embeds that lead to the resource that it filters."""

    path: tuple[str, ...]
    tree: Branch


def lex_logic(key: str, text: str, values: list[str]) -> LogicPart:
    """The tree of the parameter `key`=`text`; its values are added to `values`. Raises `RestError` PGRST100."""
    *path, operator = key.split(".")
    negated = "not" in path
    reader = _Reader(text, len(operator), values)
    return LogicPart(tuple(name for name in path if name != "not"), reader.whole(negated, operator == "or"))


class _Reader:
    def __init__(self, text: str, shift: int, values: list[str]) -> None:
        self._text, self._shift, self._values = text, shift, values
        self._at = 0

    def whole(self, negated: bool, is_or: bool) -> Branch:
        opened = re.compile(r"\s*\(\s*").match(self._text)
        if opened is None:
            raise self._error('"("')
        self._at = opened.end()
        branch = Branch(negated, is_or, self._terms(0))
        if self._at < len(self._text):
            raise self._error("end of input")
        return branch

    def _terms(self, depth: int) -> tuple[Leaf | Branch, ...]:
        if depth > _MAX_DEPTH:
            raise RestError(400, "PGRST100", "the logic tree is too deep", f"at most {_MAX_DEPTH} levels")
        terms = [self._term(depth)]
        while self._separator() == ",":
            terms.append(self._term(depth))
        return tuple(terms)

    def _term(self, depth: int) -> Leaf | Branch:
        branch = _BRANCH.match(self._text, self._at)
        if branch is not None:
            self._at = branch.end()
            return Branch(branch.group(1) is not None, branch.group(2) == "or", self._terms(depth + 1))
        leaf = _LEAF.match(self._text, self._at)
        if leaf is None:
            raise self._error(_EXPECTED)
        if not is_known(leaf.group(3), leaf.group(4)):
            self._at = leaf.start(2)
            raise self._error(EXPECTED_OPERATOR)
        self._at = leaf.end()
        return self._value(leaf.group(1).strip(), leaf.group(2))

    def _value(self, field: str, operator: str) -> Leaf:
        if operator in ("is.", "not.is."):
            return Leaf(field, operator + self._take(_KEYWORD, "isVal: (null, not_null, true, false, unknown)"), False)
        is_list = operator in ("in.", "not.in.")
        self._values.append(self._take(_LIST, '"("').strip() if is_list else self._single())
        return Leaf(field, operator, True)

    def _single(self) -> str:
        quoted = _QUOTED.match(self._text, self._at)
        if quoted is not None:
            self._at = quoted.end()
            return _ESCAPE.sub(r"\1", quoted.group(1))
        array = _ARRAY.match(self._text, self._at)
        found = array or _PLAIN.match(self._text, self._at)
        assert found is not None  # noqa: S101 - the plain form matches anything
        self._at = found.end()
        return found.group()

    def _separator(self) -> str:
        return self._take(_SEPARATOR, '"," or ")"').strip()

    def _take(self, pattern: re.Pattern[str], expected: str) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise self._error(expected)
        self._at = found.end()
        return found.group()

    def _error(self, expected: str) -> RestError:
        return parse_error("logic tree", self._text, self._at, expected, self._shift)
