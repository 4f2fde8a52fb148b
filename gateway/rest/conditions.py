"""Filters as conditions (https://docs.postgrest.org/en/stable/references/api/tables_views.html#operators)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.plan.joins import Gather, Joined
from gateway.plan.model import (
    AllOf,
    AnyOf,
    Call,
    ColumnOf,
    Compare,
    Condition,
    Expression,
    Is,
    Not,
    Operator,
    Quantifier,
    RowOf,
    Test,
    Value,
)
from gateway.plan.values import EachOf
from gateway.rest import values
from gateway.rest.columns import base_type, column, expression, from_text
from gateway.rest.errors import RestError
from gateway.rest.intent import FieldPath, Filter, Logic, Term
from gateway.rest.operators import OPERATORS, PATTERNS, QUANTIFIERS, SEARCHES, TESTS
from gateway.rest.targets import embed_named

if TYPE_CHECKING:
    from gateway.rest.scope import Level, Planning

_TSVECTOR = 3614


def all_of(conditions: list[Condition]) -> Condition:
    """Their conjunction, without a superfluous one."""
    return conditions[0] if len(conditions) == 1 else AllOf(tuple(conditions))


def condition(planning: Planning, level: Level, term: Term) -> Condition:
    """A filter or a tree of them. Raises `RestError`."""
    if isinstance(term, Logic):
        inner = tuple(condition(planning, level, inner) for inner in term.terms)
        test: Condition = AnyOf(inner) if term.is_or else AllOf(inner)
    else:
        test = _of_embed(planning, level, term) or _test(planning, level, term)
    return Not(test) if term.negated else test


def _of_embed(planning: Planning, level: Level, asked: Filter) -> Condition | None:
    """Whether there are related rows, where the filter names an embed."""
    if asked.field.steps or asked.field.name in level.relation.columns:
        return None
    at = embed_named(level.items, asked.field.name, legacy_names=planning.rules.legacy_names)
    if at is None or at not in level.joins:
        return None
    if asked.keyword not in ("null", "not_null"):
        raise RestError(
            400,
            "PGRST120",
            f"Bad operator on the '{asked.field.name}' embedded resource",
            "Only is null or not is null filters are allowed on embedded resources",
        )
    joined = level.joins[at]
    level.tested.add(joined.alias)
    return _is_empty(joined, is_empty=asked.keyword == "null")


def _is_empty(joined: Joined, *, is_empty: bool) -> Condition:
    if joined.gather is Gather.ROW:
        return Is(RowOf(joined.alias), Test.ABSENT if is_empty else Test.PRESENT)
    counted = ColumnOf(joined.alias, "rows" if joined.gather is Gather.ROWS else "n")
    return Is(counted, Test.NULL if is_empty else Test.NOT_NULL)


def _test(planning: Planning, level: Level, asked: Filter) -> Condition:
    left = expression(planning, level, asked.field)
    if asked.slot is None:
        return Is(left, TESTS[asked.keyword or "null"])
    if asked.operator in SEARCHES:
        return _search(planning, level, asked, left, asked.slot)
    if asked.operator == "in":
        planning.slots.encoders[asked.slot] = values.as_list
        return Compare(left, Operator.EQ, _given(planning, level, asked.field, asked.slot, many=True), Quantifier.ANY)
    operator = OPERATORS[asked.operator]
    is_pattern = operator in PATTERNS
    planning.slots.encoders[asked.slot] = values.as_pattern if is_pattern else values.as_text
    quantifier = QUANTIFIERS.get(asked.modifier or "")
    if is_pattern:
        return Compare(left, operator, Value(asked.slot), quantifier)
    right = _given(planning, level, asked.field, asked.slot, many=quantifier is not None)
    return Compare(left, operator, right, quantifier)


def _given(planning: Planning, level: Level, asked: FieldPath, slot: int, *, many: bool) -> Expression:
    """The request's value, read by the column's own representation of text where it has one."""
    reader = from_text(planning, level, asked)
    if reader is None:
        return Value(slot)
    return EachOf(reader, Value(slot, "text[]")) if many else Call(reader, (Value(slot, "text"),))


def _search(planning: Planning, level: Level, asked: Filter, left: Expression, slot: int) -> Condition:
    planning.slots.encoders[slot] = values.as_text
    config = () if asked.modifier is None else (planning.slots.constant(asked.modifier, "regconfig"),)
    query = Call(("pg_catalog", SEARCHES[asked.operator]), (*config, Value(slot, "text")))
    if not _is_vector(planning, level, asked.field):
        left = Call(("pg_catalog", "to_tsvector"), (*config, left))
    return Compare(left, Operator.FOUND_BY, query)


def _is_vector(planning: Planning, level: Level, asked: FieldPath) -> bool:
    _, type_ = column(planning, level, asked.name)
    return type_ is not None and not asked.steps and base_type(planning.catalog, type_) == _TSVECTOR
