"""The rows that stand beyond a position in an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.plan.model import (
    AllOf,
    AnyOf,
    Compare,
    Is,
    Not,
    Operator,
    Test,
)
from gateway.plan.values import Tuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gateway.graphql.terms import Term
    from gateway.plan.model import Condition, Expression


def beyond(terms: Sequence[Term], alias: str, position: Sequence[Expression]) -> Condition:
    """Whether a row known as `alias` stands after `position`, which has one value for each term."""
    columns = tuple(term.value(alias) for term in terms)
    if not any(term.is_nullable for term in terms) and len({term.descending for term in terms}) == 1:
        left, right = (columns[0], position[0]) if len(terms) == 1 else (Tuple(columns), Tuple(tuple(position)))
        return Compare(left, _after(terms[0]), right)
    steps = list(zip(terms, columns, position, strict=True))
    alternatives = [
        AllOf((*(_same(*before) for before in steps[:index]), _strictly_after(*steps[index])))
        for index in range(len(steps))
    ]
    return AllOf((*_reach(*steps[0]), AnyOf(tuple(alternatives))))


def _reach(term: Term, column: Expression, value: Expression) -> tuple[Condition, ...]:
    """What follows from the alternatives, said once more for the index's sake."""
    if term.is_nullable:
        return ()
    return (Compare(column, Operator.LTE if term.descending else Operator.GTE, value),)


def _same(term: Term, column: Expression, value: Expression) -> Condition:
    if term.is_nullable:
        return Not(Compare(column, Operator.DISTINCT, value))
    return Compare(column, Operator.EQ, value)


def _strictly_after(term: Term, column: Expression, value: Expression) -> Condition:
    compared = Compare(column, _after(term), value)
    if not term.is_nullable:
        return compared
    null, not_null = (value, column) if term.nulls_first else (column, value)
    return AnyOf((compared, AllOf((Is(null, Test.NULL), Is(not_null, Test.NOT_NULL)))))


def _after(term: Term) -> Operator:
    return Operator.LT if term.descending else Operator.GT
