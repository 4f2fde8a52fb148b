"""Which comparisons a type has in filters, and their input types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import GraphQLEnumType, GraphQLInputField, GraphQLInputObjectType, GraphQLList, GraphQLNonNull

from gateway.graphql.given import STRUCTURAL
from gateway.graphql.surface import EnumShape, FromColumn, Leaf, Scalar
from gateway.plan.model import Operator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphql import GraphQLScalarType

    from gateway.graphql.surface import FieldShape, RelationShape

_EQUALITY = {"eq": Operator.EQ, "neq": Operator.NEQ}
_ORDER = {"gt": Operator.GT, "gte": Operator.GTE, "lt": Operator.LT, "lte": Operator.LTE}
_TEXT = {
    "startsWith": Operator.STARTS_WITH,
    "like": Operator.LIKE,
    "ilike": Operator.ILIKE,
    "regex": Operator.MATCH,
    "iregex": Operator.IMATCH,
}
_ARRAY = {"contains": Operator.CONTAINS, "containedBy": Operator.CONTAINED, "overlaps": Operator.OVERLAPS}
OPERATORS: Mapping[str, Operator] = {**_EQUALITY, **_ORDER, **_TEXT, **_ARRAY}

IN, IS = "in", "is"
AND, OR, NOT = "and", "or", "not"

FILTER_IS = GraphQLEnumType(
    "FilterIs", {"NULL": "NULL", "NOT_NULL": "NOT_NULL"}, description="A test for null", extensions={STRUCTURAL: True}
)
ORDER_BY_DIRECTION = GraphQLEnumType(
    "OrderByDirection",
    {name: name for name in ("AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast")},
    description="Which way to order by a field, and where nulls stand",
    extensions={STRUCTURAL: True},
)


def filterable(shape: RelationShape) -> Mapping[str, FieldShape]:
    """The columns that filters may name."""
    columns = ((name, field) for name, field in shape.fields.items() if isinstance(field.origin, FromColumn))
    return {name: field for name, field in columns if _scalar(field) is not Scalar.JSON}


def orderable(shape: RelationShape) -> Mapping[str, FieldShape]:
    """The columns that rows may be ordered by."""
    return {
        name: field
        for name, field in filterable(shape).items()
        if isinstance(field.result, Leaf) and not field.result.is_list
    }


def filter_type_name(leaf: Leaf) -> str:
    """The name of the type that compares values of `leaf`."""
    name = leaf.type.name if isinstance(leaf.type, EnumShape) else leaf.type.value
    return f"{name}ListFilter" if leaf.is_list else f"{name}Filter"


def filter_type(leaf: Leaf, value: GraphQLScalarType | GraphQLEnumType) -> GraphQLInputObjectType:
    """The comparisons of `leaf`, whose values, or elements for a list, are of type `value`."""
    many = GraphQLList(GraphQLNonNull(value))
    fields = {name: GraphQLInputField(many if leaf.is_list else value) for name in _comparisons(leaf)}
    if _has_in(leaf):
        fields[IN] = GraphQLInputField(many)
    if leaf.type is not Scalar.ID:
        fields[IS] = GraphQLInputField(FILTER_IS)
    name = filter_type_name(leaf)
    of = name.removesuffix("Filter")
    return GraphQLInputObjectType(
        name, fields, description=f"Comparisons of values of type `{of}`", extensions={STRUCTURAL: True}
    )


def _scalar(field: FieldShape) -> Scalar | EnumShape | None:
    return field.result.type if isinstance(field.result, Leaf) else None


def _has_in(leaf: Leaf) -> bool:
    return not leaf.is_list and leaf.type not in (Scalar.ID, Scalar.BOOLEAN, Scalar.OPAQUE)


def _comparisons(leaf: Leaf) -> Iterable[str]:
    if leaf.is_list:
        return ("eq", *_ARRAY)
    if leaf.type in (Scalar.ID, Scalar.OPAQUE, Scalar.BOOLEAN):
        return ("eq",)
    if isinstance(leaf.type, EnumShape) or leaf.type is Scalar.UUID:
        return tuple(_EQUALITY)
    return (*_EQUALITY, *_ORDER, *_TEXT) if leaf.type is Scalar.STRING else (*_EQUALITY, *_ORDER)
