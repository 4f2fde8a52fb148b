"""Reflects functions: stable and immutable ones as fields of Query, volatile ones as fields of Mutation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.catalog.model import ArgumentMode, TypeKind, Volatility
from gateway.graphql.directives import read_directive
from gateway.graphql.leaves import Leaf
from gateway.graphql.literals import literal_default
from gateway.graphql.naming import field_name, function_field_name, is_valid
from gateway.graphql.origins import FromFunction
from gateway.graphql.results import Rows
from gateway.graphql.surface import ArgumentShape, FieldShape

if TYPE_CHECKING:
    from gateway.catalog.model import Argument, Function
    from gateway.graphql.composites import Composites
    from gateway.graphql.rules import Rules

PAGE_ARGUMENTS = frozenset({"first", "last", "before", "after", "offset", "filter", "orderBy"})


@dataclass(frozen=True, slots=True)
class Functions:
    """The fields that functions are, of either root type."""

    query: tuple[FieldShape, ...]
    mutation: tuple[FieldShape, ...]


def reflect_functions(rules: Rules, composites: Composites) -> Functions:
    """The functions that the role may execute and GraphQL can call: named arguments, no overloads, a result."""
    query: list[FieldShape] = []
    mutation: list[FieldShape] = []
    for name in sorted(rules.catalog.functions):
        overloads = rules.catalog.functions[name]
        field = _field(rules, composites, overloads[0]) if len(overloads) == 1 else None
        if field is not None:
            (mutation if overloads[0].volatility is Volatility.VOLATILE else query).append(field)
    return Functions(tuple(query), tuple(mutation))


def _field(rules: Rules, composites: Composites, function: Function) -> FieldShape | None:
    if function.oid not in rules.privileges.functions or not _is_callable(rules, function):
        return None
    arguments = _arguments(rules, composites, function)
    result = None if arguments is None else composites.result_of(function)
    if arguments is None or result is None or _clash(arguments, isinstance(result, Rows)):
        return None
    directive = read_directive(function.comment)
    return FieldShape(
        name=directive.name or function_field_name(function.name[1], rules.inflects(function.name[0])),
        origin=FromFunction(function.name),
        result=result,
        description=directive.documentation,
        arguments=arguments,
    )


def _is_callable(rules: Rules, function: Function) -> bool:
    plain = all(argument.mode in (ArgumentMode.IN, ArgumentMode.INOUT) for argument in function.inputs)
    returned = rules.catalog.type_of(function.returns)
    return plain and returned.kind is not TypeKind.PSEUDO and all(argument.name for argument in function.inputs)


def _arguments(rules: Rules, composites: Composites, function: Function) -> tuple[ArgumentShape, ...] | None:
    given = [_argument(rules, composites, function, argument) for argument in function.inputs]
    known = tuple(argument for argument in given if argument is not None)
    return known if len(known) == len(given) else None


def _argument(rules: Rules, composites: Composites, function: Function, argument: Argument) -> ArgumentShape | None:
    type_ = composites.input_of(argument.type)
    name = field_name(argument.name, rules.inflects(function.name[0]))
    if type_ is None or not is_valid(name):
        return None
    default = literal_default(type_, argument.default) if isinstance(type_, Leaf) else None
    return ArgumentShape(name, argument.name, type_, is_required=not argument.has_default, default=default)


def _clash(arguments: tuple[ArgumentShape, ...], is_connection: bool) -> bool:
    names = Counter(argument.name for argument in arguments)
    repeated = any(count > 1 for count in names.values())
    return repeated or (is_connection and not PAGE_ARGUMENTS.isdisjoint(names))
