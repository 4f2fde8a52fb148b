"""The input types of a surface: values, filters, orders and input objects, each made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
)

from gateway.graphql.conflicts import on_conflict_type
from gateway.graphql.filters import (
    AND,
    NOT,
    OR,
    ORDER_BY_DIRECTION,
    filter_type,
    filter_type_name,
    filterable,
    is_limited,
    linked,
    orderable,
    to_many_type,
)
from gateway.graphql.given_shapes import KEYED, STRUCTURAL
from gateway.graphql.labels import LabelType
from gateway.graphql.leaves import EnumShape, Leaf, Scalar
from gateway.graphql.results import Row, Rows, Verb
from gateway.graphql.scalars import SCALARS
from gateway.graphql.surface import RecordInput

if TYPE_CHECKING:
    from graphql import GraphQLScalarType

    from gateway.catalog.model import Name
    from gateway.graphql.surface import ArgumentShape, FieldShape, NestedShape, RelationShape, Surface

_NODE_ID = Leaf(Scalar.ID, "text", "text")


class InputTypes:
    """Gives the type for a shape, the same object each time."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._enums: dict[str, GraphQLEnumType] = {}
        self._comparisons: dict[str, GraphQLInputObjectType] = {}
        self._filters: dict[Name, GraphQLInputObjectType] = {}
        self._of_many: dict[Name, GraphQLInputObjectType] = {}
        self._orders: dict[Name, GraphQLInputObjectType] = {}
        self._records: dict[int, GraphQLInputObjectType] = {}
        self._conflicts: dict[Name, GraphQLInputObjectType | None] = {}
        self._written: dict[tuple[Name, Verb], GraphQLInputObjectType] = {}

    def argument(self, shape: ArgumentShape) -> GraphQLArgument:
        """The argument of a function."""
        type_ = self._value(shape.type)
        default = None if shape.default is None else GraphQLDefaultInput(shape.default)
        required = GraphQLNonNull(type_) if shape.is_required else type_
        return GraphQLArgument(required, default=default, description=shape.description)

    def leaf(self, leaf: Leaf) -> Any:
        """The type of a value, for results and arguments alike."""
        type_ = self._element(leaf)
        return GraphQLList(type_) if leaf.is_list else type_

    def filter(self, relation: Name) -> GraphQLInputObjectType:
        """The filter of a relation."""
        if relation not in self._filters:
            shape = self._surface.relations[relation]
            self._filters[relation] = GraphQLInputObjectType(
                f"{shape.type_name}Filter",
                lambda: self._filter_fields(shape),
                description="All must hold",
                extensions={STRUCTURAL: True},
            )
        return self._filters[relation]

    def order_by(self, relation: Name) -> GraphQLInputObjectType:
        """One term of the order of a relation."""
        if relation not in self._orders:
            shape = self._surface.relations[relation]
            self._orders[relation] = GraphQLInputObjectType(
                f"{shape.type_name}OrderBy",
                lambda: self._order_fields(shape),
                description="One field to order by",
                extensions={STRUCTURAL: True},
            )
        return self._orders[relation]

    def _order_fields(self, shape: RelationShape) -> dict[str, GraphQLInputField]:
        fields = {name: GraphQLInputField(ORDER_BY_DIRECTION) for name in orderable(shape)}
        for name, field in linked(shape).items():
            if isinstance(field.result, Row) and orderable(self._surface.relations[field.result.relation]):
                fields[name] = GraphQLInputField(self.order_by(field.result.relation))
        return fields

    def written(self, relation: Name, verb: Verb) -> GraphQLInputObjectType:
        """The values of a new row, or those that an update sets."""
        if (relation, verb) not in self._written:
            shape = self._surface.relations[relation]
            columns = shape.insertable if verb is Verb.INSERT else shape.updatable
            fields = {name: GraphQLInputField(self.leaf(column.type)) for name, column in columns.items()}
            nested = shape.nested if verb is Verb.INSERT else {}
            self._written[relation, verb] = GraphQLInputObjectType(
                f"{shape.type_name}{verb.value}Input",
                lambda: fields | {name: GraphQLInputField(self._nested(link)) for name, link in nested.items()},
                extensions={KEYED: tuple(nested)},
            )
        return self._written[relation, verb]

    def _nested(self, link: NestedShape) -> Any:
        type_ = self.written(link.relation, Verb.INSERT)
        return GraphQLList(GraphQLNonNull(type_)) if link.is_list else type_

    def on_conflict(self, relation: Name) -> GraphQLInputObjectType | None:
        """What happens to new rows that meet a unique constraint; None where the role can't name one."""
        if relation not in self._conflicts:
            shape = self._surface.relations[relation]
            self._conflicts[relation] = on_conflict_type(shape, self.filter(relation)) if shape.uniques else None
        return self._conflicts[relation]

    def _element(self, leaf: Leaf) -> GraphQLScalarType | GraphQLEnumType:
        return self._enum(leaf.type) if isinstance(leaf.type, EnumShape) else SCALARS[leaf.type]

    def _enum(self, shape: EnumShape) -> GraphQLEnumType:
        if shape.name not in self._enums:
            values = {value: GraphQLEnumValue(label) for value, label in shape.labels}
            self._enums[shape.name] = LabelType(shape.name, values, description=shape.description)
        return self._enums[shape.name]

    def _value(self, type_: Leaf | RecordInput) -> Any:
        if isinstance(type_, Leaf):
            return self.leaf(type_)
        record = self._record(type_.composite)
        return GraphQLList(record) if type_.is_list else record

    def _record(self, composite: int) -> GraphQLInputObjectType:
        if composite not in self._records:
            shape = self._surface.composites[composite]
            self._records[composite] = GraphQLInputObjectType(
                shape.input_name or "",
                lambda: {name: GraphQLInputField(self._value(given.type)) for name, given in shape.inputs.items()},
                description=shape.description,
            )
        return self._records[composite]

    def _filter_fields(self, shape: RelationShape) -> dict[str, GraphQLInputField]:
        fields = {"nodeId": GraphQLInputField(self._comparison(_NODE_ID))}
        own = self.filter(shape.relation)
        fields |= {AND: _each(own), OR: _each(own), NOT: GraphQLInputField(own)}
        for name, field in filterable(shape).items():
            if isinstance(field.result, Leaf):
                fields[name] = GraphQLInputField(self._comparison(field.result, is_limited=is_limited(field)))
        return fields | {name: self._of_partner(field) for name, field in linked(shape).items()}

    def _of_partner(self, field: FieldShape) -> GraphQLInputField:
        if isinstance(field.result, Rows):
            return GraphQLInputField(self._to_many(field.result.relation))
        if not isinstance(field.result, Row):
            raise TypeError("a link leads to rows")
        return GraphQLInputField(self.filter(field.result.relation))

    def _to_many(self, relation: Name) -> GraphQLInputObjectType:
        if relation not in self._of_many:
            shape = self._surface.relations[relation]
            self._of_many[relation] = to_many_type(shape, self.filter(relation))
        return self._of_many[relation]

    def _comparison(self, leaf: Leaf, *, is_limited: bool = False) -> GraphQLInputObjectType:
        name = filter_type_name(leaf, is_limited=is_limited)
        if name not in self._comparisons:
            self._comparisons[name] = filter_type(leaf, self._element(leaf), is_limited=is_limited)
        return self._comparisons[name]


def _each(type_: GraphQLInputObjectType) -> GraphQLInputField:
    return GraphQLInputField(GraphQLList(GraphQLNonNull(type_)))
