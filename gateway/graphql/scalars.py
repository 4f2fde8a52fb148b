"""The scalars of pg_graphql as graphql-core types. An input value becomes the Python value that JSON has for it."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from graphql import (
    FloatValueNode,
    GraphQLBoolean,
    GraphQLError,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLString,
    IntValueNode,
    value_from_ast_untyped,
)

from gateway.graphql.leaves import Scalar

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import ValueNode

_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,40}\s*\Z")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f"a string is expected, not {json.dumps(value)}")
    return value


def _whole_number(value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str) and _WHOLE.match(value):
        return value.strip()
    raise GraphQLError(f"a whole number, or one as a string, is expected, not {json.dumps(value)}")


def _number(value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return str(value)
    return _text(value)


def _number_literal(node: ValueNode) -> str:
    """All digits of a literal, which a float would not keep."""
    if isinstance(node, IntValueNode | FloatValueNode):
        return node.value
    return _number(value_from_ast_untyped(node))


def _any(value: Any) -> Any:
    return value


_OWN: dict[Scalar, tuple[str, Callable[[Any], Any]]] = {
    Scalar.BIG_INT: ("A whole number of any size, as a string", _whole_number),
    Scalar.BIG_FLOAT: ("A number of any precision, as a string", _number),
    Scalar.DATE: ("A day without a time", _text),
    Scalar.TIME: ("A time of day", _text),
    Scalar.DATETIME: ("A day and a time", _text),
    Scalar.JSON: ("A JSON document, as a string", _text),
    Scalar.UUID: ("A universally unique identifier", _text),
    Scalar.CURSOR: ("A position in a collection", _text),
    Scalar.OPAQUE: ("A value of a type that GraphQL does not know", _any),
}
_STANDARD = {
    Scalar.ID: GraphQLID,
    Scalar.INT: GraphQLInt,
    Scalar.FLOAT: GraphQLFloat,
    Scalar.STRING: GraphQLString,
    Scalar.BOOLEAN: GraphQLBoolean,
}
SCALARS: dict[Scalar, GraphQLScalarType] = _STANDARD | {
    scalar: GraphQLScalarType(
        scalar.value,
        coerce_input_value=coerce,
        coerce_input_literal=_number_literal if scalar is Scalar.BIG_FLOAT else None,
        description=description,
    )
    for scalar, (description, coerce) in _OWN.items()
}
