"""Reads the literals among the SQL of defaults."""

from __future__ import annotations

import re

from gateway.graphql.leaves import EnumShape, Leaf, Scalar

_QUOTED = re.compile(r"'((?:[^']|'')*)'(?:::.+)?\Z", re.DOTALL)
_WHOLE = re.compile(r"-?[0-9]+\Z")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z")


def literal_default(leaf: Leaf, sql: str | None) -> bool | int | float | str | None:
    """The value of `sql` as GraphQL has it where it is a plain literal of a standard scalar or an enum; else None."""
    if sql is None or leaf.is_list:
        return None
    quoted = _QUOTED.match(sql)
    if leaf.type is Scalar.STRING:
        return quoted[1].replace("''", "'") if quoted else None
    if isinstance(leaf.type, EnumShape):
        return next((name for name, label in leaf.type.labels if quoted and label == quoted[1]), None)
    text = quoted[1] if quoted else sql
    if leaf.type is Scalar.BOOLEAN:
        return {"true": True, "false": False}.get(text)
    if leaf.type is Scalar.INT and _WHOLE.match(text):
        return int(text)
    return float(text) if leaf.type is Scalar.FLOAT and _NUMBER.match(text) else None
