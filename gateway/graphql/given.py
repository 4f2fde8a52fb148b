"""The values that an operation gives to arguments: which of them shape the plan, and which only travel to the database.

A value without structure of its own (a scalar, a list of scalars, a composite input) is taken whole: the plan knows
whether it is there, absent or null, but not what it is. Absent is Python's None here, `NULL` is GraphQL's null.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    Undefined,
    VariableNode,
    get_named_type,
)
from graphql.execution.values import VariableValues
from graphql.language import Visitor, visit
from graphql.utilities import coerce_input_literal

if TYPE_CHECKING:
    from graphql import GraphQLInputType, GraphQLNamedInputType, ObjectValueNode, ValueNode

STRUCTURAL = "structural"
"""Mark in a type's `extensions`: its values decide about the plan."""

KEYED = "keyed"
"""Mark in an input object's `extensions`: the plan depends on which of its fields are given, not on their values.

The value of the mark are the names of fields for whose input objects the same holds.
"""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that stands in the document."""

    value: Any


@dataclass(frozen=True, slots=True)
class Variable:
    """The value at `path` in the variables; the first step is the variable's name."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A literal of `type` in which variables stand."""

    node: ValueNode
    type: GraphQLInputType


Origin = Literal | Variable | Template


@dataclass(frozen=True, slots=True)
class Null:
    """Null was given."""


NULL = Null()


@dataclass(frozen=True, slots=True)
class Whole:
    """A value that the plan does not look into, except where its type is marked as structural: then at `value`."""

    origin: Origin
    value: Any


@dataclass(frozen=True, slots=True)
class Items:
    """A list that the plan looks into."""

    items: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Members:
    """An object that the plan looks into; absent members are not there."""

    members: Mapping[str, Given]


Given = Null | Whole | Items | Members


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


def is_whole(type_: GraphQLInputType) -> bool:
    """Whether the plan does not look into values of `type_`; a list of structural values is looked into."""
    named = get_named_type(type_)
    is_list = isinstance(type_, GraphQLList)
    return not (STRUCTURAL in named.extensions and (is_list or isinstance(named, GraphQLInputObjectType)))


def shape_of(type_: GraphQLInputType, value: Any) -> Hashable:
    """Everything about a variable's value that a plan depends on."""
    if isinstance(type_, GraphQLNonNull):
        return shape_of(type_.of_type, value)
    if value is None:
        return None
    if is_whole(type_):
        return _shape_of_whole(cast("GraphQLNamedInputType", get_named_type(type_)), value)
    if isinstance(type_, GraphQLList):
        values = value if isinstance(value, list) else [value]
        return tuple(shape_of(type_.of_type, item) for item in values)
    fields = cast("GraphQLInputObjectType", type_).fields
    return tuple((name, shape_of(fields[name].type, item)) for name, item in value.items())


def _shape_of_whole(type_: GraphQLNamedInputType, value: Any) -> Hashable:
    if isinstance(type_, GraphQLInputObjectType) and KEYED in type_.extensions:
        return _shape_of_objects(type_, listed(value))
    return value if STRUCTURAL in type_.extensions else True


def _shape_of_objects(type_: GraphQLInputObjectType, objects: list[Any]) -> Hashable:
    names = type_.extensions[KEYED]
    below = ((name, [inner for given in objects for inner in listed(given.get(name))]) for name in names)
    shapes = ((name, inner, get_named_type(type_.fields[name].type)) for name, inner in below if inner)
    return keys_of(objects), tuple((name, _shape_of_whole(named, inner)) for name, inner, named in shapes)


def listed(value: Any) -> list[Any]:
    """The items of a list, one that is no list as a list of its own; none where it is null."""
    return value if isinstance(value, list) else [] if value is None else [value]


def keys_of(value: Any) -> frozenset[frozenset[str]]:
    """The sets of fields that an input object, or the objects of a list, are given with."""
    return frozenset(frozenset(item) for item in listed(value))


def value_of(origin: Origin, variables: VariableValues) -> Any:
    """The value that `origin` has in this request; null where a variable of it has none."""
    match origin:
        case Literal(value):
            return value
        case Template(node, type_):
            made = coerce_input_literal(node, type_, variables)
            return None if made is Undefined else made
        case Variable(path):
            found: Any = variables.coerced
            for step in path:
                found = found[step]
            return found


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
