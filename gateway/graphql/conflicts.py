"""Upserts: what an insert does with rows that are there already."""

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

from gateway.graphql.conditions import Filters
from gateway.graphql.given import Items, Members, Whole
from gateway.graphql.given_shapes import STRUCTURAL
from gateway.plan.model import AllOf
from gateway.plan.mutation import Conflict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.graphql.given import Given
    from gateway.graphql.request import Request
    from gateway.graphql.surface import RelationShape

_CONSTRAINT, _UPDATE, _WHERE = "constraint", "update", "where"
_MARKED = {STRUCTURAL: True}


def on_conflict_type(shape: RelationShape, filter_: GraphQLInputObjectType) -> GraphQLInputObjectType:
    """The input type of `onConflict`."""
    constraint = _enum(f"{shape.type_name}Constraint", {name: name for name in shape.uniques}, "A unique constraint")
    fields = {
        _CONSTRAINT: GraphQLInputField(GraphQLNonNull(constraint), description="The constraint that rows may meet"),
        _WHERE: GraphQLInputField(filter_, description="Update only rows that match"),
    }
    if shape.updatable:
        names = {name: column.column for name, column in shape.updatable.items()}
        column = GraphQLNonNull(_enum(f"{shape.type_name}UpdateColumn", names, "A column that can be updated"))
        description = "What takes its new value; without any, rows that are there stay as they are"
        fields[_UPDATE] = GraphQLInputField(GraphQLList(column), description=description)
    return GraphQLInputObjectType(f"{shape.type_name}OnConflict", fields, extensions=_MARKED)


def read_conflict(request: Request, shape: RelationShape, alias: str, given: Given | None) -> Conflict | None:
    """What `given` says; the rows that are there are known as `alias`."""
    if not isinstance(given, Members):
        return None
    constraint, update = given.members[_CONSTRAINT], given.members.get(_UPDATE)
    items = update.items if isinstance(update, Items) else ()
    updated = tuple(dict.fromkeys(item.value for item in items if isinstance(item, Whole)))
    columns = shape.uniques[constraint.value] if isinstance(constraint, Whole) else ()
    where = AllOf(Filters(request, shape, alias).all_of(given.members.get(_WHERE)))
    return Conflict(columns, not updated, updated, where)


def _enum(name: str, values: Mapping[str, str], description: str) -> GraphQLEnumType:
    of = {value: GraphQLEnumValue(internal) for value, internal in values.items()}
    return GraphQLEnumType(name, of, description=description, extensions=_MARKED)
