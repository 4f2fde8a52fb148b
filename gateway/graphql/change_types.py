"""The types around changes of rows: what they take, and what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLArgument,
    GraphQLDefaultInput,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
)

from gateway.graphql.leaves import Scalar
from gateway.graphql.results import Verb
from gateway.graphql.scalars import SCALARS

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.graphql.inputs import InputTypes
    from gateway.graphql.results import Affected
    from gateway.graphql.surface import RelationShape

_INT = GraphQLNonNull(SCALARS[Scalar.INT])
AT_MOST = 1
"""How many rows a change may touch unless it says otherwise."""


def response_type(shape: RelationShape, verb: Verb, row: GraphQLObjectType) -> GraphQLObjectType:
    """What a change of the relation whose rows are of type `row` answers."""
    records = GraphQLNonNull(GraphQLList(GraphQLNonNull(row)))
    fields = {
        "affectedCount": GraphQLField(_INT, description="How many rows were touched"),
        "records": GraphQLField(records, description="The rows that were touched"),
    }
    return GraphQLObjectType(f"{shape.type_name}{verb.value}Response", fields)


def change_arguments(inputs: InputTypes, affected: Affected) -> dict[str, GraphQLArgument]:
    """The arguments of the change."""
    relation, verb = affected.relation, affected.verb
    if verb is Verb.INSERT:
        rows = GraphQLNonNull(GraphQLList(GraphQLNonNull(inputs.written(relation, verb))))
        new = {"objects": GraphQLArgument(rows, description="The new rows")}
        return new | _conflict_argument(inputs, relation)
    arguments = {
        "filter": GraphQLArgument(inputs.filter(relation), description="Only rows that match"),
        "atMost": GraphQLArgument(
            _INT, default=GraphQLDefaultInput(AT_MOST), description="Refuse to touch more rows than this"
        ),
    }
    if verb is Verb.UPDATE:
        values = GraphQLNonNull(inputs.written(relation, verb))
        arguments = {"set": GraphQLArgument(values, description="The new values"), **arguments}
    return arguments


def _conflict_argument(inputs: InputTypes, relation: Name) -> dict[str, GraphQLArgument]:
    type_ = inputs.on_conflict(relation)
    description = "What happens where rows are there already; otherwise the insert fails"
    return {} if type_ is None else {"onConflict": GraphQLArgument(type_, description=description)}
