"""How many rows an operation asks for: the sizes of its pages, multiplied along their nesting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql.execution.values import VariableValues

from gateway.graphql.change_types import AT_MOST
from gateway.graphql.given import Literal, Whole, value_of
from gateway.graphql.nodes import NODE_ID, relation_of
from gateway.graphql.request import Request, Use
from gateway.graphql.results import Affected, AnyRow, Many, Record, Row, Rows, Verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphql import SelectionSetNode

    from gateway.graphql.given import Origin
    from gateway.graphql.selection import Selected
    from gateway.graphql.surface import FieldShape, RelationShape

_NO_VARIABLES = VariableValues({}, {})
_ARRAY = 30
"""As how many rows an array counts whose length nobody knows before."""


@dataclass(frozen=True, slots=True)
class Cost:
    """`most` rows, or as many as `given` says if that is less, for each row above; and what is asked below each."""

    most: int | None
    below: tuple[Cost, ...]
    given: Origin | None = None

    def rows(self, variables: VariableValues) -> int:
        """The rows for one row above."""
        return self._own(variables) * (1 + sum(cost.rows(variables) for cost in self.below))

    def at_most(self) -> int | None:
        """The most rows that any variables can ask for; None where there is no such number."""
        own = self._own(_NO_VARIABLES) if isinstance(self.given, Literal | None) else self.most
        below = [cost.at_most() for cost in self.below]
        return None if own is None or None in below else own * (1 + sum(number or 0 for number in below))

    def _own(self, variables: VariableValues) -> int:
        if self.given is None:
            return self.most or 0
        value = value_of(self.given, variables)
        number = len(value) if isinstance(value, list) else value if isinstance(value, int) else 1
        return max(0, number if self.most is None else min(number, self.most))


def known_cost(costs: Iterable[Cost]) -> int | None:
    """The most rows that any variables can ask for, all together; None where variables decide."""
    numbers = [cost.at_most() for cost in costs]
    return None if None in numbers else sum(number or 0 for number in numbers)


def costs(
    request: Request, parent: str, fields: Mapping[str, FieldShape], selected: Iterable[Selected]
) -> tuple[Cost, ...]:
    """What `selected` asks for of `fields`, which are those of the type `parent`."""
    known = ((Use(request, parent, field), fields.get(field.name)) for field in selected)
    return tuple(cost for use, shape in known if shape is not None for cost in _costs(use, shape))


def _costs(use: Use, shape: FieldShape) -> Iterator[Cost]:
    request, below = use.request, use.selected.below
    match shape.result:
        case Row() | Record():
            yield Cost(1, _of_object(request, shape.result, below))
        case Many(of, _):
            yield Cost(_ARRAY, _of_object(request, of, below))
        case Rows(relation):
            yield _of_page(use, request.surface.relations[relation])
        case Affected(relation, verb):
            yield _of_change(use, request.surface.relations[relation], verb)
        case AnyRow():
            yield from _of_node(use)


def _of_object(request: Request, of: Row | Record, sets: Iterable[SelectionSetNode]) -> tuple[Cost, ...]:
    if isinstance(of, Record):
        record = request.surface.composites[of.composite]
        name = record.output_name or ""
        return costs(request, name, record.fields, request.collect(sets, name))
    shape = request.surface.relations[of.relation]
    return costs(request, shape.type_name, shape.fields, request.collect(sets, shape.type_name, "Node"))


def _of_page(use: Use, shape: RelationShape) -> Cost:
    given = use.argument("last") or use.argument("first")
    edges = _below(use, f"{shape.type_name}Connection", "edges")
    nodes = [set_ for edge in edges for set_ in _selected(use.request, edge, f"{shape.type_name}Edge", "node")]
    below = _of_object(use.request, Row(shape.relation), nodes)
    return Cost(shape.max_rows, below, given.origin if isinstance(given, Whole) else None)


def _of_change(use: Use, shape: RelationShape, verb: Verb) -> Cost:
    given = use.argument("objects" if verb is Verb.INSERT else "atMost")
    records = _below(use, f"{shape.type_name}{verb.value}Response", "records")
    below = _of_object(use.request, Row(shape.relation), [set_ for record in records for set_ in record.below])
    return Cost(None, below, given.origin) if isinstance(given, Whole) else Cost(AT_MOST, below)


def _of_node(use: Use) -> Iterator[Cost]:
    given = use.argument(NODE_ID)
    relation = relation_of(given.value) if isinstance(given, Whole) else None
    if relation is not None and relation in use.request.surface.relations:
        yield Cost(1, _of_object(use.request, Row(relation), use.selected.below))


def _below(use: Use, type_: str, name: str) -> list[Selected]:
    return [field for field in use.request.collect(use.selected.below, type_) if field.name == name]


def _selected(request: Request, field: Selected, type_: str, name: str) -> list[SelectionSetNode]:
    found = (inner for inner in request.collect(field.below, type_) if inner.name == name)
    return [set_ for inner in found for set_ in inner.below]
