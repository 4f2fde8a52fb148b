"""SQL of the values that take nothing but finished nodes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gateway.plan.model import Group, Nested
from gateway.plan.values import Elements, Parts
from gateway.sql.nodes import Param, Raw, Text, TypeName, ident, join, sql

if TYPE_CHECKING:
    from gateway.plan.model import Kept, Member
    from gateway.plan.values import Form, FromJson
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


def relabelled(value: Node, pairs: tuple[tuple[str, str], ...], many: bool) -> Node:
    """`value`, or each element of it where `many`, with each label of `pairs` replaced by its partner."""
    if many:
        one = relabelled(Raw("x"), pairs, many=False)
        return sql("case when {} is not null then array(select {} from unnest({}) as x) end", value, one, value)
    arms = [sql(" when {} then {}", Text(label), Text(partner)) for label, partner in pairs]
    return sql("case {}::text{} end", value, join("", arms))


def written(value: Node, form: Form) -> Node:
    """`value` as JSON. Only a null itself is null: a row of nulls is an object."""
    match form:
        case Parts(attributes):
            part = partial(sql, "({}).{}", value)
            fields = [(ident(name), part(ident(name)), inner) for name, inner in attributes]
            columns = [sql("{} as {}", written(one, inner) if inner else one, name) for name, one, inner in fields]
            made = sql("(select row_to_json(o.*) from (select {}) as o)", join(", ", columns))
            return sql("case when {} is distinct from null then {} end", value, made)
        case Elements(of):
            each = sql("(select unnest({}) as x) as e", value)
            made = sql("(select coalesce(json_agg({}), '[]') from {})", written(ident("e", "x"), of), each)
            return sql("case when {} is not null then {} end", value, made)
        case function:
            return sql("{}({})", ident(*function), value)


def keeping(rows: Node, number: int = 0) -> Node:
    """The value that keeps the JSON array `rows`, null for none, for the later statements of the transaction."""
    return sql("set_config({}, coalesce({}, '[]')::text, true)", Text(_setting(number)), rows)


def kept_rows(number: int) -> Node:
    """The JSON array that `keeping` has kept under `number`."""
    return sql("current_setting({})::jsonb", Text(_setting(number)))


def _setting(number: int) -> str:
    return f"daira.kept{number or ''}"


def kept(source: Kept) -> Node:
    """The rows that `keeping` has kept."""
    row = TypeName(source.row) if isinstance(source.row, str) else ident(*source.row)
    numbered = Raw(" with ordinality" if source.numbered else "")
    return sql("json_populate_recordset(null::{}, current_setting('daira.kept')::json){}", row, numbered)


def nested_of(members: tuple[Member, ...]) -> list[Nested]:
    """The nested selects among `members` and in their groups."""
    found: list[Nested] = []
    for member in members:
        if isinstance(member, Nested):
            found.append(member)
        elif isinstance(member, Group):
            found += nested_of(member.members)
    return found
