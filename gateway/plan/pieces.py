"""SQL of the values that take nothing but finished nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.sql.nodes import Param, Raw, Text, TypeName, join, sql

if TYPE_CHECKING:
    from gateway.plan.values import FromJson
    from gateway.sql.nodes import Node


def encoded(parts: Node) -> Node:
    """A JSON array of `parts` in base64."""
    array = sql("convert_to(jsonb_build_array({})::text, 'UTF8')", parts)
    return sql(r"translate(encode({}, 'base64'), E'\n', '')", array)


def from_json(value: FromJson) -> Node:
    """The parameter's JSON as a composite value, or as an array of them."""
    made = sql("(null::{}, {}::json)", TypeName(value.type), Param(value.slot))
    if value.many:
        return sql("array(select r from json_populate_recordset{} as r)", made)
    return sql("json_populate_record{}", made)


def json_path(start: Node, steps: list[Node], as_text: bool) -> Node:
    """`start -> step -> ... ->> step`."""
    arrows = [Raw("->")] * (len(steps) - 1) + [Raw("->>" if as_text else "->")]
    return join("", [start, *(sql("{}{}", arrow, step) for arrow, step in zip(arrows, steps, strict=True))])


def relabelled(value: Node, pairs: tuple[tuple[str, str], ...]) -> Node:
    """`value` with each label of `pairs` replaced by its partner."""
    arms = [sql(" when {} then {}", Text(label), Text(partner)) for label, partner in pairs]
    return sql("case {}::text{} end", value, join("", arms))
