"""Names of columns, and the steps and casts behind them, as expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gateway.catalog.model import JSON_OID, JSONB_OID
from gateway.plan.model import Call, Cast, ColumnOf, Constant, JsonPath, RowOf
from gateway.plan.values import Aggregate, AggregateFunction, Elements, Parts, Whole, Written
from gateway.rest.casts import cast_type
from gateway.rest.errors import unknown_column

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog, Name
    from gateway.plan.model import Expression, Value
    from gateway.plan.values import Form
    from gateway.rest.intent import FieldPath, JsonStep
    from gateway.rest.scope import Level, Planning

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,62}\Z", re.ASCII)
_TO_JSONB = ("pg_catalog", "to_jsonb")
_LARGEST = 2**31


def expression(planning: Planning, level: Level, asked: FieldPath) -> Expression:
    """A column, or what its steps lead to."""
    start, type_ = column(planning, level, asked.name)
    if not asked.steps:
        return start
    if type_ is not None and not _is_json(planning.catalog, type_):
        start = Call(_TO_JSONB, (start,))
    return JsonPath(start, tuple(_step(planning, step) for step in asked.steps), asked.as_text)


def column(planning: Planning, level: Level, name: str) -> tuple[Expression, int | None]:
    """A column or computed field, and its type. Raises 42703."""
    found = level.relation.columns.get(name)
    if found is not None:
        return ColumnOf(level.alias, name), found.type
    computed = planning.ways.fields.get(level.relation.name, {}).get(name)
    if computed is not None:
        return Call(computed.name, (row(planning, level),)), computed.returns
    if name == "count":
        return Aggregate(AggregateFunction.COUNT, None), None
    raise unknown_column(level.name, name, level.relation.columns)


def row(planning: Planning, level: Level) -> Expression:
    """The whole row, in the relation's own type."""
    if level.is_table:
        return RowOf(level.alias)
    return Cast(RowOf(level.alias), planning.catalog.type_of(level.relation.row_type).sql)


def shown(planning: Planning, level: Level, name: str) -> Expression:
    """A column as an answer shows it: it and its parts in the JSON representations of their types."""
    value, type_ = column(planning, level, name)
    form = json_form(planning.catalog, type_) if type_ is not None else None
    return value if form is None else Written(value, form)


def json_form(catalog: Catalog, oid: int) -> Form | None:
    """How values of a type are written as JSON; None where PostgreSQL's own way will do."""
    type_ = catalog.types.get(oid)
    if not catalog.casts or type_ is None:
        return None
    if function := catalog.to_json(oid):
        return function
    if type_.is_array:
        element = json_form(catalog, type_.element)
        return Elements(element) if isinstance(element, Parts) else None
    attributes = tuple((part.name, json_form(catalog, part.type)) for part in type_.attributes)
    return Parts(attributes) if any(form for _, form in attributes) else None


def cast(planning: Planning, value: Expression, name: str | None) -> Expression:
    """`value` as the type called `name`. Raises 42704."""
    return value if name is None else Cast(value, cast_type(planning.catalog, name))


def from_text(planning: Planning, level: Level, asked: FieldPath) -> Name | None:
    """The function that reads the text representation of a column."""
    found = level.relation.columns.get(asked.name)
    return None if found is None or asked.steps else planning.catalog.from_text(found.type)


def is_plain(name: str) -> bool:
    """Whether `name` may stand in SQL as an identifier or a literal without being known."""
    return _PLAIN.match(name) is not None


def base_type(catalog: Catalog, oid: int) -> int:
    """The type under all domains."""
    type_ = catalog.types.get(oid)
    return oid if type_ is None or not type_.base else base_type(catalog, type_.base)


def _is_json(catalog: Catalog, oid: int) -> bool:
    return base_type(catalog, oid) in (JSON_OID, JSONB_OID)


def _step(planning: Planning, step: JsonStep) -> Value | Constant | Whole:
    if step.is_index and abs(int(step.text)) < _LARGEST:
        return Whole(int(step.text))
    return Constant(step.text) if is_plain(step.text) else planning.slots.constant(step.text)
