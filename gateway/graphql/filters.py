"""Which comparisons a type has in filters, and their input types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
)

from gateway.graphql.given_shapes import STRUCTURAL
from gateway.graphql.leaves import EnumShape, Filtering, Leaf, Scalar
from gateway.graphql.origins import FromColumn, FromComputed, FromLink
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
_PATTERNS = frozenset({"like", "ilike", "regex", "iregex"})
_LEAK_PROOF = frozenset(
    {"boolean", "smallint", "integer", "bigint", "real", "double precision", "oid", "money", "uuid", "bytea", "inet"}
    | {"text", "character varying", "character", "name", '"char"', "bit", "bit varying", "macaddr", "macaddr8"}
    | {"date", "interval", "time without time zone", "time with time zone"}
    | {"timestamp without time zone", "timestamp with time zone"}
)
"""Types whose comparisons pg_proc marks as leakproof, so that a policy does not keep them from an index."""
INDEXABLE_TEXT = "IndexableStringFilter"
OPERATORS: Mapping[str, Operator] = {**_EQUALITY, **_ORDER, **_TEXT, **_ARRAY}

IN, IS = "in", "is"
AND, OR, NOT = "and", "or", "not"
SOME, NONE, EVERY = "some", "none", "every"

FILTER_IS = GraphQLEnumType(
    "FilterIs", {"NULL": "NULL", "NOT_NULL": "NOT_NULL"}, description="A test for null", extensions={STRUCTURAL: True}
)
ORDER_BY_DIRECTION = GraphQLEnumType(
    "OrderByDirection",
    {
        f"{way}Nulls{where}": GraphQLEnumValue(f"{way}Nulls{where}", f"{word}, nulls {where.lower()}")
        for way, word in (("Asc", "Ascending"), ("Desc", "Descending"))
        for where in ("First", "Last")
    },
    description="Which way to order by a field, and where nulls stand",
    extensions={STRUCTURAL: True},
)


def filterable(shape: RelationShape) -> Mapping[str, FieldShape]:
    """The columns that filters may name."""
    return {name: field for name, field in _columns(shape).items() if _has_filter(field)}


def is_limited(field: FieldShape) -> bool:
    """Whether a column has only some of the comparisons of its type."""
    return field.filtering is Filtering.INDEXABLE and _scalar(field) is Scalar.STRING


def _has_filter(field: FieldShape) -> bool:
    is_indexable = not _leaf_of(field).is_list and _leaf_of(field).base in _LEAK_PROOF
    return field.filtering is Filtering.ALL or (field.filtering is Filtering.INDEXABLE and is_indexable)


def _columns(shape: RelationShape) -> Mapping[str, FieldShape]:
    """The columns whose values can be compared."""
    columns = ((name, field) for name, field in shape.fields.items() if isinstance(field.origin, FromColumn))
    return {name: field for name, field in columns if _scalar(field) is not Scalar.JSON}


def linked(shape: RelationShape) -> Mapping[str, FieldShape]:
    """The links to other relations, which filters may follow; those to one row may be followed by orders, too."""
    return {name: field for name, field in shape.fields.items() if isinstance(field.origin, FromLink)}


def to_many_type(shape: RelationShape, filter_: GraphQLInputObjectType) -> GraphQLInputObjectType:
    """What may be asked of the many rows of `shape` that a row is linked to."""
    meanings = {SOME: "At least one matches", NONE: "None matches", EVERY: "There is none that does not match"}
    fields = {name: GraphQLInputField(filter_, description=meaning) for name, meaning in meanings.items()}
    return GraphQLInputObjectType(f"{shape.type_name}ToManyFilter", fields, extensions={STRUCTURAL: True})


def orderable(shape: RelationShape) -> Mapping[str, FieldShape]:
    """The columns and computed fields that rows may be ordered by."""
    columns = ((name, field) for name, field in _columns(shape).items() if not _leaf_of(field).is_list)
    computed = ((name, field) for name, field in shape.fields.items() if _is_computed_value(field))
    return dict(columns) | dict(computed)


def _is_computed_value(field: FieldShape) -> bool:
    is_value = isinstance(field.origin, FromComputed) and isinstance(field.result, Leaf)
    return is_value and not _leaf_of(field).is_list and _scalar(field) not in (Scalar.JSON, Scalar.OPAQUE)


def filter_type_name(leaf: Leaf, *, is_limited: bool = False) -> str:
    """The name of the type that compares values of `leaf`."""
    if is_limited:
        return INDEXABLE_TEXT
    name = leaf.type.name if isinstance(leaf.type, EnumShape) else leaf.type.value
    return f"{name}ListFilter" if leaf.is_list else f"{name}Filter"


def filter_type(
    leaf: Leaf, value: GraphQLScalarType | GraphQLEnumType, *, is_limited: bool = False
) -> GraphQLInputObjectType:
    """The comparisons of `leaf`, whose values, or elements for a list, are of type `value`."""
    many = GraphQLList(GraphQLNonNull(value))
    names = [name for name in _comparisons(leaf) if not (is_limited and name in _PATTERNS)]
    fields = {name: GraphQLInputField(many if leaf.is_list else value) for name in names}
    if _has_in(leaf):
        fields[IN] = GraphQLInputField(many)
    if leaf.type is not Scalar.ID:
        fields[IS] = GraphQLInputField(FILTER_IS)
    name = filter_type_name(leaf, is_limited=is_limited)
    of = filter_type_name(leaf).removesuffix("Filter")
    return GraphQLInputObjectType(
        name, fields, description=f"Comparisons of values of type `{of}`", extensions={STRUCTURAL: True}
    )


def _leaf_of(field: FieldShape) -> Leaf:
    if not isinstance(field.result, Leaf):
        raise TypeError("a column is a value")
    return field.result


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
