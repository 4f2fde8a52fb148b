"""The ways from one relation to another (https://docs.postgrest.org/en/stable/references/api/resource_embedding.html)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.catalog.model import RelationKind

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog, ForeignKey, Function, Name, Relation

Pairs = tuple[tuple[str, str], ...]
_VIEWS = frozenset({RelationKind.VIEW, RelationKind.MATERIALIZED_VIEW})
_REMEMBERED = 4


@dataclass(frozen=True, slots=True)
class Junction:
    """The table between two that are related many-to-many."""

    table: Name
    first: ForeignKey
    second: ForeignKey
    inner_pairs: Pairs
    """(column of the junction, column of the target)."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A way from `origin`: rows of `target` whose columns equal the outer row's, or the junction's between them."""

    origin: Name
    target: Name
    pairs: Pairs
    """(column of the outer row, column of the target or of the junction)."""
    to_one: bool
    key: ForeignKey | None = None
    is_reverse: bool = False
    """Whether the key is one of the target's."""
    junction: Junction | None = None
    function: Function | None = None
    """A computed relationship: the function makes the rows from the outer row."""

    @property
    def is_self(self) -> bool:
        """Whether it leads back to its origin."""
        return self.origin == self.target


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways, by origin, and the computed fields of each relation."""

    from_relation: Mapping[Name, tuple[Relationship, ...]]
    fields: Mapping[Name, Mapping[str, Function]]
    views: frozenset[Name]


_known: OrderedDict[int, Ways] = OrderedDict()


def ways_of(catalog: Catalog) -> Ways:
    """The ways of `catalog`, found once."""
    ways = _known.get(catalog.version)
    if ways is None:
        ways = _known[catalog.version] = _find(catalog)
        if len(_known) > _REMEMBERED:
            _known.popitem(last=False)
    return ways


def _find(catalog: Catalog) -> Ways:
    found: dict[Name, list[Relationship]] = {}
    for way in _all(catalog):
        found.setdefault(way.origin, []).append(way)
    fields, computed = _computed(catalog)
    for origin, functions in computed.items():
        names = {way.function.name[1] for way in functions if way.function}
        detected = [way for way in found.get(origin, ()) if way.target[1] not in names]
        found[origin] = detected + functions
    views = frozenset(name for name, relation in catalog.relations.items() if relation.kind in _VIEWS)
    return Ways({origin: tuple(ways) for origin, ways in found.items()}, fields, views)


def _all(catalog: Catalog) -> Iterator[Relationship]:
    keys = [k for k in (*catalog.foreign_keys, *catalog.view_keys) if k.table in catalog.relations]
    keys = sorted((k for k in keys if k.target in catalog.relations), key=lambda k: (k.table, k.name))
    for key in keys:
        forth: Pairs = tuple(zip(key.columns, key.target_columns, strict=True))
        back: Pairs = tuple(zip(key.target_columns, key.columns, strict=True))
        yield Relationship(key.table, key.target, forth, True, key)
        yield Relationship(key.target, key.table, back, key.is_one_to_one, key, is_reverse=True)
    yield from _through_junctions(catalog, keys)


def _through_junctions(catalog: Catalog, keys: list[ForeignKey]) -> Iterator[Relationship]:
    by_table: dict[Name, list[ForeignKey]] = {}
    for key in keys:
        if not key.is_one_to_one:
            by_table.setdefault(key.table, []).append(key)
    for table, own in by_table.items():
        unique = set(catalog.relations[table].key)
        for first in own:
            for second in own:
                if first.name != second.name and unique >= {*first.columns, *second.columns}:
                    yield _through(table, first, second)


def _through(table: Name, first: ForeignKey, second: ForeignKey) -> Relationship:
    outer: Pairs = tuple(zip(first.target_columns, first.columns, strict=True))
    inner: Pairs = tuple(zip(second.columns, second.target_columns, strict=True))
    return Relationship(first.target, second.target, outer, False, junction=Junction(table, first, second, inner))


def _computed(catalog: Catalog) -> tuple[dict[Name, dict[str, Function]], dict[Name, list[Relationship]]]:
    relations: dict[int, Relation] = {relation.row_type: relation for relation in catalog.relations.values()}
    fields: dict[Name, dict[str, Function]] = {}
    ways: dict[Name, list[Relationship]] = {}
    for overloads in (catalog.computed, *catalog.functions.values()):
        for function in overloads:
            origin = relations.get(function.inputs[0].type) if len(function.inputs) == 1 else None
            if origin is None:
                continue
            target = relations.get(function.returns)
            if target is None:
                fields.setdefault(origin.name, {})[function.name[1]] = function
            else:
                is_one = not function.returns_set or function.rows == 1
                way = Relationship(origin.name, target.name, (), is_one, function=function)
                ways.setdefault(origin.name, []).append(way)
    return fields, ways
