"""What a plan depends on in the values that an operation gives: the marks on types say it, shapes are keys of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import GraphQLInputObjectType, GraphQLList, GraphQLNonNull, get_named_type

if TYPE_CHECKING:
    from collections.abc import Hashable

    from graphql import GraphQLInputType, GraphQLNamedInputType

STRUCTURAL = "structural"
"""Mark in a type's `extensions`: its values decide about the plan."""

KEYED = "keyed"
"""Mark in an input object's `extensions`: the plan depends on which of its fields are given, not on their values.

The value of the mark are the names of fields for whose input objects the same holds.
"""


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
