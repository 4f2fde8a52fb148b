"""Plans an operation: what it selects, resolved against the surface, as one select of the shared plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.calls import called
from gateway.graphql.leaves import Leaf
from gateway.graphql.nodes import node_id
from gateway.graphql.origins import (
    FromAttribute,
    FromChange,
    FromCollection,
    FromColumn,
    FromComputed,
    FromFunction,
    FromKey,
    FromLink,
    FromNodeId,
    FromPrimaryKey,
)
from gateway.graphql.paging import PageOf, page
from gateway.graphql.request import Use
from gateway.graphql.results import Affected, AnyRow, Many, Record, Row, Rows, Values
from gateway.graphql.rows import WHOLE, AliasRow, PagedRow, ValueRow, output
from gateway.graphql.rows_by_key import by_key, link, node
from gateway.graphql.used import columns_used
from gateway.plan.model import (
    Call,
    ColumnOf,
    Constant,
    Field,
    Group,
    Is,
    Nested,
    Not,
    Nothing,
    Order,
    RowOf,
    Rowset,
    Select,
    Shape,
    Table,
    Test,
    Unnest,
)
from gateway.plan.values import Numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphql import SelectionSetNode

    from gateway.graphql.request import Request
    from gateway.graphql.results import Result
    from gateway.graphql.rows import PlanRow
    from gateway.graphql.selection import Selected
    from gateway.graphql.surface import FieldShape
    from gateway.plan.model import Expression, Member, Source

TYPENAME = "__typename"
_PLACE = "ordinality"


class Planner:
    """Plans one operation for one shape of its variables."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._aliases = 0

    def root(self, parent: str, fields: Mapping[str, FieldShape], selected: Iterable[Selected]) -> Select:
        """The select whose one row is (a part of) the operation's `data`: what is `selected` of `fields`."""
        uses = [Use(self.request, parent, field) for field in selected]
        return Select(Nothing(), "q", tuple(self._member(use, fields, AliasRow("q")) for use in uses))

    def new_alias(self) -> str:
        """An alias that nothing else in this plan has."""
        self._aliases += 1
        return f"t{self._aliases}"

    def object(self, of: Row | Record, sets: Iterable[SelectionSetNode], row: PlanRow) -> tuple[Member, ...]:
        """What `sets` select of the object that `row` is."""
        if isinstance(of, Record):
            record = self.request.surface.composites[of.composite]
            return self._object(record.output_name or "", (), record.fields, sets, row)
        shape = self.request.surface.relations[of.relation]
        return self._object(shape.type_name, ("Node",), shape.fields, sets, row)

    def _object(
        self,
        parent: str,
        interfaces: tuple[str, ...],
        fields: Mapping[str, FieldShape],
        sets: Iterable[SelectionSetNode],
        row: PlanRow,
    ) -> tuple[Member, ...]:
        selected = self.request.collect(sets, parent, *interfaces)
        return tuple(self._member(Use(self.request, parent, field), fields, row) for field in selected)

    def _member(self, use: Use, fields: Mapping[str, FieldShape], row: PlanRow) -> Member:
        key, name = use.selected.key, use.selected.name
        if name == TYPENAME:
            return Field(key, Constant(use.parent))
        if name not in fields:  # a part of PageInfo that the composite type in its place does not have
            return Field(key, self.request.null())
        return self._field(use, fields[name], row)

    def _field(self, use: Use, shape: FieldShape, row: PlanRow) -> Member:  # noqa: C901 - one arm per type
        match shape.origin:
            case FromColumn(column) | FromAttribute(column):
                return self.value(use, shape.result, row.column(column))
            case FromKey():
                return Field(use.selected.key, node_id(shape.origin, row))
            case FromNodeId():
                return node(self, use)
            case FromLink(pairs):
                return link(self, use, shape.result, pairs, row)
            case FromComputed(function):
                return called(self, use, shape.result, Call(function, (row.whole(),)))
            case FromFunction(function):
                return called(self, use, shape.result, use.call(function, shape.arguments))
            case FromCollection(relation):
                return page(self, use, PageOf(relation, Table(relation)))
            case FromPrimaryKey(relation):
                return by_key(self, use, shape, relation)
            case FromChange():
                raise TypeError("a change is a statement of its own")

    def value(self, use: Use, result: Result, value: Expression) -> Member:
        """What `use` selects of a value that needs no source of its own."""
        match result:
            case Leaf():
                return Field(use.selected.key, output(result, value, as_json=use.selected.as_json))
            case Many(of, _):
                return self._each(use, of, value)
            case Row() | Record():
                members = self.object(result, use.selected.below, ValueRow(value))
                return Group(use.selected.key, members, Not(Is(value, Test.NULL)))
            case Rows() | Values() | Affected() | AnyRow():
                raise TypeError("no value is a connection, a set, a change or a row of any type")

    def _each(self, use: Use, of: Row | Record, array: Expression) -> Nested:
        alias = self.new_alias()
        members = self.object(of, use.selected.below, PagedRow(alias))
        used, order = columns_used(members, alias), (Order(ColumnOf(alias, _PLACE)),)
        source: Source = Unnest(array, numbered=True)
        if WHOLE in used:
            source = Rowset(_with_whole(Unnest(array), f"{alias}n", used))
        return Nested(use.selected.key, Select(source, alias, members, order=order), Shape.ARRAY)


def _with_whole(source: Source, alias: str, used: frozenset[str]) -> Select:
    """The columns of `source` with their place and each row as a value, of which the place is no part."""
    columns = [Field(name, ColumnOf(alias, name)) for name in sorted(used - {WHOLE})]
    return Select(source, alias, (*columns, Field(WHOLE, RowOf(alias)), Field(_PLACE, Numbered())))
