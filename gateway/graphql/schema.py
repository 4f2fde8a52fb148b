"""Writes a surface as a GraphQLSchema, which graphql-core validates and introspects. Nothing is executed through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
)

from gateway.graphql.change_types import change_arguments, response_type
from gateway.graphql.filters import orderable
from gateway.graphql.inputs import InputTypes
from gateway.graphql.leaves import Leaf, Scalar
from gateway.graphql.nodes import NODE_ID
from gateway.graphql.pages import connection_type, page_arguments, page_info
from gateway.graphql.results import Affected, AnyRow, Many, Record, Row, Rows, Values, Verb
from gateway.graphql.scalars import SCALARS
from gateway.graphql.selection import AS_JSON
from gateway.graphql.surface import FieldShape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql import GraphQLNullableOutputType

    from gateway.catalog.model import Name
    from gateway.graphql.results import Result
    from gateway.graphql.surface import CompositeShape, RelationShape, Surface

_ID = GraphQLNonNull(SCALARS[Scalar.ID])


def build_schema(surface: Surface) -> GraphQLSchema:
    """The schema of `surface`."""
    return _Builder(surface).schema()


class _Builder:
    """Makes each type once; fields are made when graphql-core asks, as types refer to each other."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._inputs = InputTypes(surface)
        self._node = GraphQLInterfaceType("Node", {NODE_ID: GraphQLField(_ID)}, description="A row with a `nodeId`")
        self._rows = {name: self._row_type(shape) for name, shape in surface.relations.items()}
        self._pages = {
            name: connection_type(surface.relations[name], type_, self._inputs) for name, type_ in self._rows.items()
        }
        self._responses = {
            (name, verb): response_type(surface.relations[name], verb, type_)
            for name, type_ in self._rows.items()
            for verb in Verb
        }
        shapes = surface.composites.items()
        self._records = {oid: self._record_type(shape) for oid, shape in shapes if shape.output_name is not None}

    def schema(self) -> GraphQLSchema:
        surface = self._surface
        mutation = self._root("Mutation", surface.mutation, "Everything that changes something")
        made = GraphQLSchema(
            query=self._root("Query", surface.query, "Everything that can be read"),
            mutation=mutation if surface.mutation else None,
            types=[*self._rows.values()],
            directives=[GraphQLIncludeDirective, GraphQLSkipDirective, AS_JSON],
        )
        made.type_map = dict(sorted(made.type_map.items()))
        return made

    def _root(self, name: str, fields: Mapping[str, FieldShape], description: str) -> GraphQLObjectType:
        return GraphQLObjectType(name, self._fields(fields), description=description)

    def _row_type(self, shape: RelationShape) -> GraphQLObjectType:
        return GraphQLObjectType(
            shape.type_name, self._fields(shape.fields), interfaces=[self._node], description=shape.description
        )

    def _record_type(self, shape: CompositeShape) -> GraphQLObjectType:
        if shape.output_name == page_info.name:
            return page_info
        return GraphQLObjectType(shape.output_name or "", self._fields(shape.fields), description=shape.description)

    def _fields(self, shapes: Mapping[str, FieldShape]) -> Callable[[], dict[str, GraphQLField]]:
        return lambda: {name: self._field(shape) for name, shape in shapes.items()}

    def _field(self, shape: FieldShape) -> GraphQLField:
        type_ = self._output(shape.result)
        arguments = {argument.name: self._inputs.argument(argument) for argument in shape.arguments}
        if isinstance(shape.result, Rows):
            arguments |= self._page_arguments(shape.result.relation)
        if isinstance(shape.result, Affected):
            arguments |= change_arguments(self._inputs, shape.result)
        if isinstance(shape.result, AnyRow):
            arguments[NODE_ID] = GraphQLArgument(_ID)
        return GraphQLField(
            type_ if shape.is_nullable else GraphQLNonNull(type_), arguments, description=shape.description
        )

    def _page_arguments(self, relation: Name) -> dict[str, GraphQLArgument]:
        has_order = bool(orderable(self._surface.relations[relation]))
        return page_arguments(self._inputs.filter(relation), self._inputs.order_by(relation) if has_order else None)

    def _output(self, result: Result) -> GraphQLNullableOutputType:
        match result:
            case Leaf():
                leaf: GraphQLNullableOutputType = self._inputs.leaf(result)
                return leaf
            case Row(relation):
                return self._rows[relation]
            case Rows(relation):
                return self._pages[relation]
            case Record(composite):
                return self._records[composite]
            case Many(of) | Values(of):
                return GraphQLList(self._output(of))
            case Affected(relation, verb):
                return self._responses[relation, verb]
            case AnyRow():
                return self._node
