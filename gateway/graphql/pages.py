"""The types around a page of rows: connection, edge, PageInfo, and the arguments that choose a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import GraphQLArgument, GraphQLField, GraphQLList, GraphQLNonNull, GraphQLObjectType

from gateway.graphql.aggregates import AGGREGATE, aggregate_type
from gateway.graphql.leaves import Scalar
from gateway.graphql.scalars import SCALARS

if TYPE_CHECKING:
    from graphql import GraphQLInputObjectType

    from gateway.graphql.inputs import InputTypes
    from gateway.graphql.surface import RelationShape

_INT, _CURSOR = SCALARS[Scalar.INT], SCALARS[Scalar.CURSOR]
_STRING, _BOOLEAN = SCALARS[Scalar.STRING], SCALARS[Scalar.BOOLEAN]

page_info = GraphQLObjectType(
    "PageInfo",
    {
        "endCursor": GraphQLField(_STRING, description="The position of the last row"),
        "hasNextPage": GraphQLField(GraphQLNonNull(_BOOLEAN), description="Whether rows follow the page"),
        "hasPreviousPage": GraphQLField(GraphQLNonNull(_BOOLEAN), description="Whether rows precede the page"),
        "startCursor": GraphQLField(_STRING, description="The position of the first row"),
    },
    description="Where a page stands in its collection",
)


def connection_type(shape: RelationShape, row: GraphQLObjectType, inputs: InputTypes) -> GraphQLObjectType:
    """The connection of the relation whose rows are of type `row`."""
    edge = GraphQLObjectType(
        f"{shape.type_name}Edge",
        lambda: {"cursor": GraphQLField(GraphQLNonNull(_STRING)), "node": GraphQLField(GraphQLNonNull(row))},
    )
    fields = {
        "edges": GraphQLField(GraphQLNonNull(GraphQLList(GraphQLNonNull(edge)))),
        "pageInfo": GraphQLField(GraphQLNonNull(page_info)),
    }
    if shape.has_total_count:
        total = GraphQLField(GraphQLNonNull(_INT), description="How many rows match `filter`, on all pages")
        fields["totalCount"] = total
    if shape.has_aggregate:
        description = "What the rows that match `filter` amount to, on all pages"
        fields[AGGREGATE] = GraphQLField(aggregate_type(shape, inputs), description=description)
    return GraphQLObjectType(f"{shape.type_name}Connection", fields)


def page_arguments(
    filter_: GraphQLInputObjectType, order_by: GraphQLInputObjectType | None
) -> dict[str, GraphQLArgument]:
    """The arguments of a field that gives a connection; without `orderBy` where no column has an order."""
    arguments = {
        "first": GraphQLArgument(_INT, description="Give this many rows from the start"),
        "last": GraphQLArgument(_INT, description="Give this many rows from the end"),
        "before": GraphQLArgument(_CURSOR, description="Give rows that stand before this position"),
        "after": GraphQLArgument(_CURSOR, description="Give rows that stand after this position"),
        "offset": GraphQLArgument(_INT, description="Leave out this many rows, counted from `after` or the start"),
        "filter": GraphQLArgument(filter_, description="Give only rows that match"),
    }
    if order_by is not None:
        order = GraphQLList(GraphQLNonNull(order_by))
        description = "The order of rows; the primary key decides between equals"
        arguments["orderBy"] = GraphQLArgument(order, description=description)
    return arguments
