"""The values that an operation gives to arguments: which of them shape the plan, and which only travel to the database.

A value without structure of its own (a scalar, a list of scalars, a composite input) is taken whole: the plan knows
whether it is there, absent or null, but not what it is. Absent is Python's None here, `NULL` is GraphQL's null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import Undefined
from graphql.utilities import coerce_input_literal

if TYPE_CHECKING:
    from graphql import GraphQLInputType, ValueNode
    from graphql.execution.values import VariableValues


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
