"""Reads the values that an operation gives, in its document and in its variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLList, GraphQLNonNull, ListValueNode, NullValueNode, VariableNode
from graphql.execution.values import VariableValues
from graphql.language import Visitor, visit
from graphql.utilities import coerce_input_literal

from gateway.graphql.given import NULL, Items, Literal, Members, Template, Variable, Whole
from gateway.graphql.given_shapes import is_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLInputObjectType, GraphQLInputType, ObjectValueNode, ValueNode

    from gateway.graphql.given import Given


def read_literal(type_: GraphQLInputType, node: ValueNode, variables: Mapping[str, Any]) -> Given | None:
    """What `node` gives for `type_`; None where it is a variable without a value."""
    if isinstance(type_, GraphQLNonNull):
        return read_literal(type_.of_type, node, variables)
    if isinstance(node, VariableNode):
        name = node.name.value
        return read_value(type_, variables[name], (name,)) if name in variables else None
    if isinstance(node, NullValueNode):
        return NULL
    if is_whole(type_):
        return _whole(type_, node, variables)
    if isinstance(type_, GraphQLList):
        nodes = node.values if isinstance(node, ListValueNode) else (node,)
        found = (read_literal(type_.of_type, inner, variables) for inner in nodes)
        return Items(tuple(item for item in found if item is not None))
    return _object(type_, node, variables)


def read_value(type_: GraphQLInputType, value: Any, path: tuple[str | int, ...]) -> Given:
    """What the coerced variable value at `path` gives for `type_`."""
    if isinstance(type_, GraphQLNonNull):
        return read_value(type_.of_type, value, path)
    if value is None:
        return NULL
    if is_whole(type_):
        return Whole(Variable(path), value)
    if isinstance(type_, GraphQLList):
        values = value if isinstance(value, list) else [value]
        steps = [(*path, index) if isinstance(value, list) else path for index in range(len(values))]
        inner = type_.of_type
        return Items(tuple(read_value(inner, item, step) for item, step in zip(values, steps, strict=True)))
    fields = cast("GraphQLInputObjectType", type_).fields
    given = ((name, read_value(fields[name].type, item, (*path, name))) for name, item in value.items())
    return Members(dict(given))


def _whole(type_: GraphQLInputType, node: ValueNode, variables: Mapping[str, Any]) -> Whole:
    finder = _VariableFinder()
    visit(node, finder)
    values = VariableValues({}, dict(variables))
    value = coerce_input_literal(node, type_, values)
    return Whole(Template(node, type_) if finder.found else Literal(value), value)


def _object(type_: GraphQLInputType, node: ValueNode, variables: Mapping[str, Any]) -> Members:
    fields = cast("GraphQLInputObjectType", type_).fields
    nodes = {field.name.value: field.value for field in cast("ObjectValueNode", node).fields}
    read = {name: read_literal(fields[name].type, inner, variables) for name, inner in nodes.items()}
    return Members({name: given for name, given in read.items() if given is not None})


class _VariableFinder(Visitor):
    found = False

    def enter_variable(self, *_: Any) -> None:
        self.found = True
