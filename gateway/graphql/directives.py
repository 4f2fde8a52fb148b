"""Comment directives: `@graphql({...})` in the comment of a schema, relation, column, constraint, function or type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from gateway.graphql.leaves import Filtering

_START = re.compile(r"@graphql\s*\(")
_DECODER = json.JSONDecoder()
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ForeignKeyDirective:
    """A relationship that is declared instead of enforced, as on a view."""

    local_columns: tuple[str, ...]
    foreign_schema: str
    foreign_table: str
    foreign_columns: tuple[str, ...]
    local_name: str | None = None
    foreign_name: str | None = None


@dataclass(frozen=True, slots=True)
class Directive:
    """What a comment says to GraphQL; None and empty where it says nothing. `text` is the rest of the comment."""

    text: str | None = None
    name: str | None = None
    description: str | None = None
    inflect_names: bool | None = None
    introspection: bool | None = None
    resolve_base_type: bool | None = None
    nested_inserts: bool | None = None
    max_rows: int | None = None
    total_count: bool = False
    aggregate: bool = False
    enum: bool = False
    filter: Filtering | None = None
    local_name: str | None = None
    foreign_name: str | None = None
    primary_key_columns: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKeyDirective, ...] = ()
    mappings: Mapping[str, str] = field(default_factory=dict)

    @property
    def documentation(self) -> str | None:
        """The text for people: the directive's own, else the comment around it."""
        return self.description or self.text


NOTHING = Directive()


@lru_cache(maxsize=8192)
def read_directive(comment: str | None) -> Directive:
    """The directive in `comment`. What is not valid JSON or has another type than documented counts as not there."""
    if comment is None:
        return NOTHING
    start = _START.search(comment)
    document, end = _json_object(comment, start.end()) if start else (None, 0)
    if start is None or document is None:
        return Directive(text=comment.strip() or None)
    text = (comment[: start.start()] + comment[end:]).strip()
    return _directive(document, text or None)


def _json_object(comment: str, position: int) -> tuple[dict[str, Any] | None, int]:
    while position < len(comment) and comment[position].isspace():
        position += 1
    try:
        document, end = _DECODER.raw_decode(comment, position)
    except ValueError:
        return None, 0
    closing = comment.find(")", end)
    return (document, closing + 1) if isinstance(document, dict) and closing >= 0 else (None, 0)


def _directive(document: dict[str, Any], text: str | None) -> Directive:
    return Directive(
        text=text,
        name=_of(str, document.get("name")),
        description=_of(str, document.get("description")),
        inflect_names=_of(bool, document.get("inflect_names")),
        introspection=_of(bool, document.get("introspection")),
        resolve_base_type=_of(bool, document.get("resolve_base_type")),
        nested_inserts=_of(bool, document.get("nested_inserts")),
        max_rows=_of(int, document.get("max_rows")),
        total_count=_enabled(document.get("totalCount")),
        aggregate=_enabled(document.get("aggregate")),
        enum=document.get("enum") is True,
        filter=_filtering(document.get("filter")),
        local_name=_of(str, document.get("local_name")),
        foreign_name=_of(str, document.get("foreign_name")),
        primary_key_columns=_names(document.get("primary_key_columns")),
        foreign_keys=_foreign_keys(document.get("foreign_keys")),
        mappings=_mappings(document.get("mappings")),
    )


def _of(type_: type[_T], value: object) -> _T | None:
    return value if isinstance(value, type_) else None


def _enabled(value: object) -> bool:
    return isinstance(value, dict) and value.get("enabled") is True


def _filtering(value: object) -> Filtering | None:
    return next((filtering for filtering in Filtering if filtering.value == value), None)


def _names(value: object) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _mappings(value: object) -> Mapping[str, str]:
    pairs = value.items() if isinstance(value, dict) else ()
    return {label: name for label, name in pairs if isinstance(name, str)}


def _foreign_keys(value: object) -> tuple[ForeignKeyDirective, ...]:
    keys = value if isinstance(value, list) else ()
    return tuple(_foreign_key(key) for key in keys if isinstance(key, dict) and _is_complete(key))


def _is_complete(key: dict[str, Any]) -> bool:
    texts = ("foreign_schema", "foreign_table")
    return all(isinstance(key.get(name), str) for name in texts) and bool(_names(key.get("local_columns")))


def _foreign_key(key: dict[str, Any]) -> ForeignKeyDirective:
    return ForeignKeyDirective(
        local_columns=_names(key["local_columns"]),
        foreign_schema=key["foreign_schema"],
        foreign_table=key["foreign_table"],
        foreign_columns=_names(key.get("foreign_columns")),
        local_name=_of(str, key.get("local_name")),
        foreign_name=_of(str, key.get("foreign_name")),
    )
