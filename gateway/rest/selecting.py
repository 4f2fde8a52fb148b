"""Reads `select` (https://docs.postgrest.org/en/stable/references/api/tables_views.html)."""

from __future__ import annotations

import re

from gateway.rest.cursor import FIELD_NAME, Cursor
from gateway.rest.errors import RestError
from gateway.rest.intent import FieldPath, Join, JsonStep, SelectAll, SelectEmbed, SelectField, SelectItem

_INDEX = re.compile(r"-?\d+\Z", re.ASCII)
_CAST = re.compile(r"[^\W\d][\w ]*(?:\(\s*\d+\s*(?:,\s*\d+\s*)?\))?[\w ]*(?:\[\])*")
_AGGREGATE = re.compile(r"\.(count|sum|avg|min|max)\(\)")
_STEP = re.compile(r"(?:-(?=\d))?[^\"(.,:)>\-](?:[^(.,:)>\-]|-(?!>))*")
_JOINS = {"inner": Join.INNER, "left": Join.LEFT}
_MAX_DEPTH = 100


def parse_select(text: str) -> tuple[SelectItem, ...]:
    """`select=` as items; an empty text selects nothing. Raises `RestError` PGRST100."""
    if not text.strip():
        return ()
    cursor = Cursor("select parameter", text)
    cursor.spaces()
    items = _items(cursor, 0)
    cursor.spaces()
    if not cursor.at_end():
        raise cursor.error('"," or end of input')
    return items


def field_path(cursor: Cursor) -> FieldPath:
    """A column with the steps into it."""
    name, steps, as_text = cursor.name(), list[JsonStep](), False
    while cursor.takes("->"):
        as_text = cursor.takes(">")
        steps.append(_step(cursor))
        if as_text:
            break
    return FieldPath(name, tuple(steps), as_text)


def _step(cursor: Cursor) -> JsonStep:
    found = cursor.sees(_STEP)
    if found is None:
        return JsonStep(cursor.name(), False)
    text = cursor.take(_STEP, FIELD_NAME).strip()
    is_index = _INDEX.match(text) is not None
    if text.startswith("-") and not is_index:
        raise cursor.error("digit")
    return JsonStep(text, is_index)


def _items(cursor: Cursor, depth: int) -> tuple[SelectItem, ...]:
    if depth > _MAX_DEPTH:
        raise RestError(400, "PGRST100", "the select parameter is too deep", f"at most {_MAX_DEPTH} levels")
    items = [_item(cursor, depth)]
    while cursor.separated():
        items.append(_item(cursor, depth))
    return tuple(items)


def _item(cursor: Cursor, depth: int) -> SelectItem:
    if cursor.takes("*"):
        return SelectAll()
    if cursor.takes("..."):
        return _spread(cursor, depth)
    alias = _alias(cursor)
    if cursor.takes("count()"):
        return SelectField(None, alias, None, "count", _cast(cursor))
    path = field_path(cursor)
    if not path.steps:
        hints = _hints(cursor)
        if cursor.takes("("):
            return _embed(cursor, path.name, hints, alias, depth)
        if hints:
            raise cursor.error('"("')
    return _field(cursor, path, alias)


def _field(cursor: Cursor, path: FieldPath, alias: str | None) -> SelectField:
    cast = _cast(cursor)
    found = cursor.sees(_AGGREGATE)
    if found is None:
        return SelectField(path, alias, cast)
    cursor.back(found.end())
    return SelectField(path, alias, cast, found.group(1), _cast(cursor))


def _cast(cursor: Cursor) -> str | None:
    return cursor.take(_CAST, "type name").strip() if cursor.takes("::") else None


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


def _spread(cursor: Cursor, depth: int) -> SelectEmbed:
    alias = _alias(cursor)
    target = cursor.name()
    hints = _hints(cursor)
    cursor.expect("(")
    return _embed(cursor, target, hints, alias, depth, is_spread=True)


def _embed(
    cursor: Cursor, target: str, hints: list[str], alias: str | None, depth: int, is_spread: bool = False
) -> SelectEmbed:
    joins = [_JOINS[hint] for hint in hints if hint in _JOINS]
    named = [hint for hint in hints if hint not in _JOINS]
    items: tuple[SelectItem, ...] = ()
    cursor.spaces()
    if not cursor.takes(")"):
        items = _items(cursor, depth + 1)
        cursor.spaces()
        cursor.expect(")")
    return SelectEmbed(target, named[0] if named else None, alias, joins[0] if joins else Join.LEFT, items, is_spread)
