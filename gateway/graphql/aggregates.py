"""Aggregates of a collection: which columns each one takes, their types, and how they are planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType

from gateway.graphql.leaves import Leaf, Scalar
from gateway.graphql.origins import FromColumn
from gateway.graphql.rows import output
from gateway.graphql.scalars import SCALARS
from gateway.plan.model import AllOf, Cast, ColumnOf, Constant, Field, Group, Rowset, Select
from gateway.plan.values import Aggregate, AggregateFunction, Coalesce, RowJson
from gateway.plan.values import Scalar as OneValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphql import GraphQLNullableOutputType

    from gateway.graphql.inputs import InputTypes
    from gateway.graphql.paging import Connection
    from gateway.graphql.selection import Selected
    from gateway.graphql.surface import FieldShape, RelationShape
    from gateway.plan.model import Expression, Member

AGGREGATE = "aggregate"
_COUNT = Aggregate(AggregateFunction.COUNT, None)
_WHOLE = frozenset({Scalar.INT, Scalar.BIG_INT})
_NUMBERS = _WHOLE | {Scalar.FLOAT, Scalar.BIG_FLOAT}
_ORDERED = _NUMBERS | {Scalar.STRING, Scalar.BOOLEAN, Scalar.DATE, Scalar.TIME, Scalar.DATETIME}


@dataclass(frozen=True, slots=True)
class _Kind:
    function: AggregateFunction
    of_booleans: AggregateFunction
    takes: frozenset[Scalar]
    description: str

    @property
    def word(self) -> str:
        return self.function.value.capitalize()


_KINDS = {
    kind.function.value: kind
    for kind in (
        _Kind(AggregateFunction.SUM, AggregateFunction.SUM, _NUMBERS, "Sums"),
        _Kind(AggregateFunction.AVG, AggregateFunction.AVG, _NUMBERS, "Averages"),
        _Kind(AggregateFunction.MIN, AggregateFunction.EVERY, _ORDERED, "Smallest values"),
        _Kind(AggregateFunction.MAX, AggregateFunction.ANY, _ORDERED, "Largest values"),
    )
}


def aggregate_type(shape: RelationShape, inputs: InputTypes) -> GraphQLObjectType:
    """The type of `aggregate` of a connection of `shape`."""
    fields = {"count": GraphQLField(GraphQLNonNull(SCALARS[Scalar.INT]), description="How many rows there are")}
    for name, kind in _KINDS.items():
        columns = _columns(shape, kind)
        if columns:
            result = _result_type(shape, kind, columns, inputs)
            fields[name] = GraphQLField(result, description=f"{kind.description} of columns")
    return GraphQLObjectType(f"{shape.type_name}Aggregate", fields, description="What all rows amount to")


def aggregate(connection: Connection, selected: Selected) -> Expression:
    """What `selected` asks of all rows of `connection`, on all pages, as one JSON object."""
    rows, found = f"{connection.alias}g", f"{connection.alias}h"
    parts = connection.use.request.collect(selected.below, f"{connection.shape.type_name}Aggregate")
    members = tuple(_member(connection, part, rows) for part in parts)
    select = Select(connection.of.source, rows, members, AllOf(connection.where(rows)))
    whole = Field(selected.key, RowJson(select, found))
    return OneValue(Select(Rowset(select), found, (whole,)))


def _member(connection: Connection, part: Selected, rows: str) -> Member:
    kind = _KINDS.get(part.name)
    if kind is None:
        return Field(part.key, _COUNT if part.name == "count" else _once(f"{connection.shape.type_name}Aggregate"))
    columns = _columns(connection.shape, kind)
    name = f"{connection.shape.type_name}{kind.word}AggregateResult"
    asked = connection.use.request.collect(part.below, name)
    return Group(part.key, tuple(_result(kind, columns, field, rows, name) for field in asked), _COUNT)


def _once(text: str) -> Expression:
    """A constant among aggregates, which keeps the rows one even where nothing else is asked."""
    return Coalesce((Aggregate(AggregateFunction.MIN, Constant(text)), Constant(text)))


def _result(kind: _Kind, columns: Mapping[str, FieldShape], field: Selected, rows: str, name: str) -> Field:
    shape = columns.get(field.name)
    if shape is None or not isinstance(shape.origin, FromColumn) or not isinstance(shape.result, Leaf):
        return Field(field.key, Constant(name))
    leaf = shape.result
    function = kind.of_booleans if leaf.type is Scalar.BOOLEAN else kind.function
    value = Aggregate(function, _comparable(leaf, ColumnOf(rows, shape.origin.column)))
    return Field(field.key, _written(kind, leaf, value))


def _written(kind: _Kind, leaf: Leaf, value: Expression) -> Expression:
    """`value` as JSON: numerics are numbers as in pg_graphql; bigints, which may be ids, keep digits."""
    if leaf.type is Scalar.BIG_FLOAT or kind.function is AggregateFunction.AVG:
        return value
    if kind.takes is _ORDERED:
        return output(leaf, value)
    return Cast(value, "text") if leaf.type is Scalar.BIG_INT else value


def _comparable(leaf: Leaf, column: ColumnOf) -> Expression:
    """Text of every kind is compared as text, as `min` and `max` of other types may not be found without a path."""
    return Cast(column, "text") if leaf.type is Scalar.STRING else column


def _columns(shape: RelationShape, kind: _Kind) -> dict[str, FieldShape]:
    fields = ((name, field) for name, field in shape.fields.items() if isinstance(field.origin, FromColumn))
    return {name: field for name, field in fields if _takes(kind, field)}


def _takes(kind: _Kind, field: FieldShape) -> bool:
    leaf = field.result
    return isinstance(leaf, Leaf) and not leaf.is_list and leaf.type in kind.takes


def _result_type(
    shape: RelationShape, kind: _Kind, columns: Mapping[str, FieldShape], inputs: InputTypes
) -> GraphQLObjectType:
    fields = {name: GraphQLField(_value_type(kind, leaf, inputs)) for name, leaf in _leaves(columns)}
    return GraphQLObjectType(f"{shape.type_name}{kind.word}AggregateResult", fields, description=kind.description)


def _leaves(columns: Mapping[str, FieldShape]) -> Iterable[tuple[str, Leaf]]:
    return ((name, field.result) for name, field in columns.items() if isinstance(field.result, Leaf))


def _value_type(kind: _Kind, leaf: Leaf, inputs: InputTypes) -> GraphQLNullableOutputType:
    if kind.takes is _ORDERED:
        type_: GraphQLNullableOutputType = inputs.leaf(leaf)
        return type_
    is_whole = kind.function is AggregateFunction.SUM and leaf.type in _WHOLE
    return SCALARS[Scalar.BIG_INT if is_whole else Scalar.BIG_FLOAT]
