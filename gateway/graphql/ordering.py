"""Orders of rows, and the rows that stand beyond a position in an order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.filters import orderable
from gateway.graphql.given import Items, Members, Whole
from gateway.graphql.surface import FromColumn, Leaf
from gateway.plan.model import AllOf, AnyOf, ColumnOf, Compare, Is, Not, Nulls, Operator, Order, Test
from gateway.plan.values import Tuple

if TYPE_CHECKING:
    from gateway.graphql.given import Given
    from gateway.graphql.request import Use
    from gateway.graphql.surface import FieldShape, RelationShape
    from gateway.plan.model import Condition, Expression


@dataclass(frozen=True, slots=True)
class Term:
    """One column of an order; `type` is its SQL type without domains."""

    column: str
    type: str
    is_nullable: bool
    descending: bool = False
    nulls_first: bool = False

    def flipped(self) -> Term:
        """The same the other way round."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)


def read_order(use: Use, shape: RelationShape) -> tuple[Term, ...]:
    """The order that `use` asks for. The key comes last, so that no two rows are equal in it."""
    given = use.argument("orderBy")
    asked = [_term(shape, item) for item in given.items] if isinstance(given, Items) else []
    terms = [term for term in asked if term is not None]
    named = {term.column for term in terms}
    by_column = {field.origin.column: field for field in shape.fields.values() if isinstance(field.origin, FromColumn)}
    terms += (_of_column(name, by_column[name]) for name in shape.key if name not in named and name in by_column)
    return tuple(terms)


def orders(terms: Iterable[Term], alias: str) -> tuple[Order, ...]:
    """The order of the rows known as `alias`. Nulls are not mentioned where there are none, for the index's sake."""
    return tuple(Order(ColumnOf(alias, term.column), term.descending, _nulls(term)) for term in terms)


def beyond(terms: Sequence[Term], alias: str, position: Sequence[Expression]) -> Condition:
    """Whether a row known as `alias` stands after `position`, which has one value for each term."""
    columns = tuple(ColumnOf(alias, term.column) for term in terms)
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


def _nulls(term: Term) -> Nulls | None:
    if not term.is_nullable or term.nulls_first == term.descending:
        return None
    return Nulls.FIRST if term.nulls_first else Nulls.LAST


def _term(shape: RelationShape, given: Given) -> Term | None:
    directions = given.members if isinstance(given, Members) else {}
    known = [(name, value.value) for name, value in directions.items() if isinstance(value, Whole)]
    if len(known) > 1:
        raise Refusal(Code.BAD_INPUT, "Each element of orderBy names one field.", "Write [{a: ...}, {b: ...}].")
    if not known:
        return None
    name, direction = known[0]
    term = _of_column(name, orderable(shape)[name])
    return replace(term, descending=direction.startswith("Desc"), nulls_first=direction.endswith("First"))


def _of_column(name: str, field: FieldShape) -> Term:
    column = field.origin.column if isinstance(field.origin, FromColumn) else name
    return Term(column, field.result.base if isinstance(field.result, Leaf) else "text", field.is_nullable)
