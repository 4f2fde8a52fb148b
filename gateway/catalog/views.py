"""The keys of tables as they hold for the views that show their columns.

A view's rule (pg_rewrite.ev_action) says of each column of its result which column of which relation it is
(TARGETENTRY's resorigtbl and resorigcol, see nodes/primnodes.h in PostgreSQL); views on views are followed down.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gateway.catalog.model import ForeignKey, Name, Relation

_TOKEN = re.compile(r"\\.|[{}]|:(?:resno|resorigtbl|resorigcol) (-?\d+)", re.DOTALL)
_ENTRY_DEPTH = 2
_MAX_WAYS = 16

Origin = tuple[int, int]
"""oid of a relation and number of its column."""


def origins(rule: str) -> dict[int, Origin]:
    """Where the columns of a view come from, by their number; computed ones are not there."""
    found: dict[int, Origin] = {}
    depth, entry = 0, list[int]()
    for token in _TOKEN.finditer(rule):
        match token.group()[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
                if depth < _ENTRY_DEPTH and len(entry) == 3:
                    found[entry[0]] = (entry[1], entry[2])
                entry = entry if depth >= _ENTRY_DEPTH else []
            case ":" if depth == _ENTRY_DEPTH:
                entry.append(int(token.group(1)))
    return {column: origin for column, origin in found.items() if origin[0] > 0 and origin[1] > 0}


class Shown:
    """Which columns of base tables the exposed `relations` (by oid) show, from documents of the catalogue query."""

    def __init__(
        self,
        views: Sequence[Mapping[str, Any]],
        base_keys: Sequence[Mapping[str, Any]],
        relations: Mapping[int, Relation],
    ) -> None:
        self._rules = {view["oid"]: origins(view["rule"]) for view in views}
        self._relations = relations
        self._base_keys = base_keys
        self._columns: dict[int, dict[Name, dict[int, list[str]]]] = {}
        for view in views:
            if view["oid"] in relations:
                self._add(relations[view["oid"]].name, view)

    def with_key(self, relation: Relation) -> Relation:
        """`relation`, a view with the columns in which it shows the primary keys of its tables."""
        shown = [
            [names[0] for names in found]
            for key in self._base_keys
            if key["is_primary"] and (found := self._shown(key["table"], relation.name, key["columns"]))
        ]
        columns = tuple(dict.fromkeys(itertools.chain.from_iterable(shown)))
        return replace(relation, key=columns) if columns else relation

    def keys(self) -> tuple[ForeignKey, ...]:
        """The foreign keys in which a view takes part."""
        return tuple(key for base in self._base_keys if not base["is_primary"] for key in self._of_views(base))

    def _add(self, name: Name, view: Mapping[str, Any]) -> None:
        for number, column in view["names"].items():
            base = self._base(view["oid"], int(number))
            if base is not None:
                shown = self._columns.setdefault(base[0], {}).setdefault(name, {})
                shown.setdefault(base[1], []).append(column)

    def _base(self, oid: int, column: int) -> Origin | None:
        while oid in self._rules:
            origin = self._rules[oid].get(column)
            if origin is None:
                return None
            oid, column = origin
        return oid, column

    def _shown(self, table: int, relation: Name, columns: Sequence[int]) -> list[list[str]]:
        shown = self._columns.get(table, {}).get(relation, {})
        return [shown[column] for column in columns] if all(column in shown for column in columns) else []

    def _of_views(self, base: Mapping[str, Any]) -> Iterator[ForeignKey]:
        sources = list(self._appearances(base["table"], base["columns"]))
        targets = list(self._appearances(base["target"], base["target_columns"]))
        for (source, is_table, columns), (target, is_target_table, target_columns) in itertools.product(
            sources, targets
        ):
            if not (is_table and is_target_table):
                yield ForeignKey(
                    base["name"], source, columns, target, target_columns, base["is_one_to_one"], base["comment"]
                )

    def _appearances(self, table: int, columns: Sequence[int]) -> Iterator[tuple[Name, bool, tuple[str, ...]]]:
        own = self._relations.get(table)
        if own is not None:
            names = {column.position: column.name for column in own.columns.values()}
            yield own.name, True, tuple(names[column] for column in columns)
        for view in self._columns.get(table, {}):
            ways = itertools.product(*self._shown(table, view, columns))
            for way in itertools.islice(ways, _MAX_WAYS if self._shown(table, view, columns) else 0):
                yield view, False, way
