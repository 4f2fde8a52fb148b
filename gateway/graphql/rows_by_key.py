"""Plans the rows that keys lead to: those of links, of primary keys and of node ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.given import Whole
from gateway.graphql.nodes import NODE_ID, is_node, known_relation
from gateway.graphql.paging import PageOf, page
from gateway.graphql.results import Row, Rows
from gateway.graphql.rows import AliasRow
from gateway.plan.model import (
    AllOf,
    ColumnOf,
    Compare,
    Field,
    Nested,
    Operator,
    Select,
    Shape,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Name
    from gateway.graphql.planner import Planner
    from gateway.graphql.request import Use
    from gateway.graphql.results import Result
    from gateway.graphql.rows import PlanRow
    from gateway.graphql.surface import FieldShape
    from gateway.plan.model import Condition, Expression, Member


def link(planner: Planner, use: Use, result: Result, pairs: tuple[tuple[str, str], ...], row: PlanRow) -> Member:
    """The rows that `row` is linked to: each pair is a column of it and one of theirs."""

    def where(alias: str) -> Condition:
        return AllOf(tuple(_equal(ColumnOf(alias, there), row.column(here)) for here, there in pairs))

    if isinstance(result, Rows):
        return page(planner, use, PageOf(result.relation, Table(result.relation), where))
    if not isinstance(result, Row):
        raise TypeError("a link leads to rows")
    return _row(planner, use, result.relation, where)


def by_key(planner: Planner, use: Use, shape: FieldShape, relation: Name) -> Member:
    """The row whose key has the values of the field's arguments."""

    def where(alias: str) -> Condition:
        given = ((ColumnOf(alias, argument.sql_name), use.compared(argument)) for argument in shape.arguments)
        return AllOf(tuple(_equal(column, value) for column, value in given))

    return _row(planner, use, relation, where)


def node(planner: Planner, use: Use) -> Member:
    """The row that the argument `nodeId` names; null where it names no relation that is known."""
    given = use.argument(NODE_ID)
    if not isinstance(given, Whole):
        raise TypeError("a nodeId is required")
    shape = planner.request.surface.relations.get(known_relation(given))
    if shape is None:
        return Field(use.selected.key, planner.request.null())
    slots = planner.request.slots
    return _row(planner, use, shape.relation, lambda alias: AllOf(tuple(is_node(slots, shape, alias, given))))


def _row(planner: Planner, use: Use, relation: Name, where: Callable[[str], Condition]) -> Nested:
    alias = planner.new_alias()
    members = planner.object(Row(relation), use.selected.below, AliasRow(alias))
    return Nested(use.selected.key, Select(Table(relation), alias, members, where(alias)), Shape.OBJECT)


def _equal(left: Expression, right: Expression) -> Compare:
    return Compare(left, Operator.EQ, right)
