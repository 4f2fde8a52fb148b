"""Inserts of rows along with the rows that they are linked to: one statement for each place in the tree of objects.

A row's partners that it refers to come first, those that refer to it come after it. Each statement keeps the rows that
it has made, so that the next ones find the keys there; all of them are one transaction.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from gateway.graphql.encode import AsObjects
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given_shapes import keys_of, listed
from gateway.graphql.stages import Stage
from gateway.plan.model import ColumnOf
from gateway.plan.mutation import Given, Insert, Linked, Objects, Returned
from gateway.plan.pieces import keeping
from gateway.plan.writing import writing
from gateway.sql.nodes import Param, Raw, sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gateway.graphql.encode import Encoded
    from gateway.graphql.given import Whole
    from gateway.graphql.request import Request
    from gateway.graphql.surface import NestedShape, RelationShape, WritableColumn
    from gateway.sql.nodes import Node

_UP = "~up"
COUNTED = (
    ", set_config('daira.rows', (select count(*)::text from written), true),"
    " set_config('daira.most', json_array_length({}::json)::text, true)"
)
COMPLETE = Stage(
    Raw("""do $$
begin
    if current_setting('daira.rows') <> current_setting('daira.most') then
        raise exception 'not every row of a nested insert was added'
            using errcode = 'cardinality_violation', hint = 'A trigger, or onConflict, leaves rows out.';
    end if;
end
$$"""),
    answers=False,
)


@dataclass(frozen=True)
class _Tree:
    """What all branches share: the request, the root's objects, and their numbers."""

    request: Request
    given: Whole
    numbers: count[int]


class Branch:
    """The objects in one place of the tree; `link` leads here from the branch above."""

    def __init__(self, tree: _Tree, shape: RelationShape, path: tuple[str, ...], objects: list[Any]) -> None:
        self.shape = shape
        self.number = next(tree.numbers)
        self._tree = tree
        self._path = path
        self._keys = keys_of(objects)
        tree.request.limits.check("depth", len(path))
        tree.request.limits.check("fields", self.number)
        self.below = dict(self._branches(objects))

    def before(self) -> Iterator[Stage]:
        """The statements that make the rows to which these refer."""
        for name, branch in self.below.items():
            if self.shape.nested[name].is_first:
                yield from branch.stages(self.shape.nested[name], self.number)

    def after(self) -> Iterator[Stage]:
        """The statements that make the rows which refer to these."""
        for name, branch in self.below.items():
            if not self.shape.nested[name].is_first:
                yield from branch.stages(self.shape.nested[name], self.number)

    def stages(self, link: NestedShape, above: int) -> Iterator[Stage]:
        """All statements of this branch."""
        yield from self.before()
        objects = self.objects(link, above)
        needed = self.needed | ({there for _, there in link.pairs} if link.is_first else set())
        returned = tuple(Returned(name, ColumnOf("target", name)) for name in sorted(needed))
        insert = writing(Insert(self.shape.relation, "target", objects, None, returned))
        kept = keeping(Raw("(select json_agg(w.*) from written as w)"), self.number)
        yield Stage(sql("with written as ({}) select {}{}", insert, kept, self.counted(objects)), answers=False)
        yield COMPLETE
        yield from self.after()

    def counted(self, objects: Objects) -> Node:
        """What lets `COMPLETE` find out whether a row is missing."""
        return sql(COUNTED, Param(objects.slot))

    @cached_property
    def needed(self) -> set[str]:
        """The columns from which the rows that refer to these take their values."""
        links = (self.shape.nested[name] for name in self.below)
        return {here for link in links if not link.is_first for here, _ in link.pairs}

    def objects(self, link: NestedShape | None = None, above: int = 0) -> Objects:
        """The rows. Raises `Refusal` where they have no value at all."""
        asked = frozenset().union(*self._keys)
        linked = dict(self._links(link, above))
        columns = tuple(
            self._given(column, name in asked, linked.get(column.column))
            for name, column in self.shape.insertable.items()
            if name in asked or column.column in linked
        )
        if not columns:
            raise Refusal(Code.BAD_INPUT, "A nested record has at least one value.")
        return Objects(self._slot(), columns, len(self._keys) > 1, tuple({one.place: None for one in linked.values()}))

    def _given(self, column: WritableColumn, is_asked: bool, linked: Linked | None) -> Given:
        return Given(column.column, column.type.sql, column.default if is_asked else None, None, linked)

    def _branches(self, objects: list[Any]) -> Iterator[tuple[str, Branch]]:
        for name, link in self.shape.nested.items():
            inner = [item for given in objects for item in listed(given.get(name))]
            if inner:
                shape = self._tree.request.surface.relations[link.relation]
                yield name, Branch(self._tree, shape, (*self._path, name), inner)

    def _links(self, link: NestedShape | None, above: int) -> Iterator[tuple[str, Linked]]:
        if link is not None and not link.is_first:
            yield from ((there, Linked(above, _UP, here)) for here, there in link.pairs)
        for place, (name, branch) in enumerate(self._first()):
            for here, there in self.shape.nested[name].pairs:
                yield here, Linked(branch.number, f"~{place}", there)

    def _first(self) -> list[tuple[str, Branch]]:
        return [(name, branch) for name, branch in self.below.items() if self.shape.nested[name].is_first]

    def _slot(self) -> int:
        rows = AsObjects(self.shape.relation, self.shape.insertable)
        encode = AsBranch(rows, self._path, tuple(name for name, _ in self._first()))
        return self._tree.request.slots.slot(self._tree.given, encode, "json")


def tree_of(request: Request, shape: RelationShape, given: Whole) -> Branch | None:
    """The tree of the objects that `given` has; None where no rows are given along with others."""
    if not any(listed(value.get(name)) for value in listed(given.value) for name in shape.nested):
        return None
    return Branch(_Tree(request, given, count()), shape, (), listed(given.value))


@dataclass(frozen=True)
class AsBranch:
    """The objects at `path` as rows, with the places of the rows that they are linked to."""

    rows: AsObjects
    path: tuple[str, ...]
    first: tuple[str, ...]

    def __call__(self, value: Any) -> Encoded:
        level: list[tuple[Any, int | None]] = [(given, None) for given in listed(value)]
        for name in self.path:
            level = [(inner, place) for place, (given, _) in enumerate(level) for inner in listed(given.get(name))]
        seen: Counter[str] = Counter()
        return json.dumps([self._row(given, place, seen) for given, place in level])

    def _row(self, given: Mapping[str, Any], place: int | None, seen: Counter[str]) -> dict[str, Any]:
        row = self.rows.row(given) if place is None else self.rows.row(given) | {_UP: place}
        for number, name in enumerate(self.first):
            if given.get(name) is not None:
                row[f"~{number}"] = seen[name]
                seen[name] += 1
        return row
