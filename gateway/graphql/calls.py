"""Plans what functions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.leaves import Leaf
from gateway.graphql.paging import PageOf, page
from gateway.graphql.results import Affected, AnyRow, Many, Record, Row, Rows, Values
from gateway.graphql.rows import AliasRow, output
from gateway.plan.model import (
    Call,
    Calling,
    ColumnOf,
    Field,
    Is,
    Nested,
    Not,
    RowOf,
    Select,
    Shape,
    Test,
)
from gateway.plan.values import Aggregate, AggregateFunction, Listed, Scalar

if TYPE_CHECKING:
    from gateway.graphql.planner import Planner
    from gateway.graphql.request import Use
    from gateway.graphql.results import Result
    from gateway.plan.model import Member
    from gateway.plan.values import NamedCall


def called(planner: Planner, use: Use, result: Result, call: Call | NamedCall) -> Member:
    """What `use` selects of the result of `call`."""
    match result:
        case Leaf() | Many(is_set=False):
            return planner.value(use, result, call)
        case Rows(relation):
            return page(planner, use, PageOf(relation, Calling(call)))
        case Many(of, _):
            return Nested(use.selected.key, _rows_of_call(planner, use, of, call), Shape.ARRAY)
        case Row() | Record():
            return Nested(use.selected.key, _rows_of_call(planner, use, result, call), Shape.OBJECT)
        case Values(of):
            return _values(planner, use, of, call)
        case Affected() | AnyRow():
            raise TypeError("no function is a change or gives a row of any type")


def _values(planner: Planner, use: Use, leaf: Leaf, call: Call | NamedCall) -> Field:
    """The values of a set, in its order; PostgreSQL names the one column of such a source as the source."""
    alias = planner.new_alias()
    value = output(leaf, ColumnOf(alias, alias), as_json=use.selected.as_json)
    values = Field("values", Aggregate(AggregateFunction.JSON, value))
    return Field(use.selected.key, Listed(Scalar(Select(Calling(call), alias, (values,)))))


def _rows_of_call(planner: Planner, use: Use, of: Row | Record, call: Call | NamedCall) -> Select:
    alias = planner.new_alias()
    members = planner.object(of, use.selected.below, AliasRow(alias))
    return Select(Calling(call), alias, members, where=Not(Is(RowOf(alias), Test.NULL)))
