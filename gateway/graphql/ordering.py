"""Orders of rows, and the rows that stand beyond a position in an order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given import Items, Members, Whole
from gateway.graphql.leaves import Leaf
from gateway.graphql.origins import FromColumn, FromComputed, FromLink
from gateway.graphql.results import Row
from gateway.plan.joins import Gather, Joined
from gateway.plan.model import (
    AllOf,
    AnyOf,
    Call,
    ColumnOf,
    Compare,
    Field,
    Is,
    Not,
    Nulls,
    Operator,
    Order,
    RowOf,
    Select,
    Table,
    Test,
)
from gateway.plan.values import Tuple

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.graphql.given import Given
    from gateway.graphql.request import Use
    from gateway.graphql.surface import FieldShape, RelationShape
    from gateway.plan.model import Condition, Expression

_BESIDE, _VALUE = "~", "v"


@dataclass(frozen=True, slots=True)
class Partner:
    """The one row of `relation` that a row is linked to; each pair is a column of the row and one of the partner."""

    relation: Name
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One value of an order: a column, or what `function` makes of the row; of the last of `partners` if there are any.

    `column` is the name under which a page knows the value, `type` its SQL type without domains.
    """

    column: str
    type: str
    is_nullable: bool
    descending: bool = False
    nulls_first: bool = False
    of: FromColumn | FromComputed | None = None
    """Where the value comes from if that is no column of the row itself."""
    partners: tuple[Partner, ...] = ()

    def value(self, alias: str) -> Expression:
        """The value of a row known as `alias`, which stands beside `joins(alias)`."""
        return ColumnOf(f"{self._partner_alias(alias)}_", _VALUE) if self.partners else self._own_value(alias)

    def joins(self, alias: str) -> tuple[Joined, ...]:
        """What stands beside a row known as `alias`."""
        return (self._join(alias, self._partner_alias(alias), self.partners),) if self.partners else ()

    def flipped(self) -> Term:
        """The same the other way round."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    def _join(self, outer: str, alias: str, partners: tuple[Partner, ...]) -> Joined:
        partner, further = partners[0], partners[1:]
        linked = (Compare(ColumnOf(alias, there), Operator.EQ, ColumnOf(outer, here)) for here, there in partner.pairs)
        inner = self._join(alias, f"{alias}x", further) if further else None
        value = self._own_value(alias) if inner is None else ColumnOf(inner.alias, _VALUE)
        where, joins = AllOf(tuple(linked)), (() if inner is None else (inner,))
        select = Select(Table(partner.relation), alias, (Field(_VALUE, value),), where, joins=joins)
        return Joined(select, Gather.ROW)

    def _own_value(self, alias: str) -> Expression:
        if isinstance(self.of, FromComputed):
            return Call(self.of.function, (RowOf(alias),))
        return ColumnOf(alias, self.column if self.of is None else self.of.column)

    def _partner_alias(self, alias: str) -> str:
        return alias + self.column.removeprefix(_BESIDE)


def read_order(use: Use, shape: RelationShape) -> tuple[Term, ...]:
    """The order that `use` asks for. The key comes last, so that no two rows are equal in it."""
    given = use.argument("orderBy")
    asked = [_term(use, shape, item, n) for n, item in enumerate(given.items)] if isinstance(given, Items) else []
    terms = [term for term in asked if term is not None]
    named = {term.column for term in terms}
    by_column = {field.origin.column: field for field in shape.fields.values() if isinstance(field.origin, FromColumn)}
    terms += (_of_column(by_column[name]) for name in shape.key if name not in named and name in by_column)
    return tuple(terms)


def orders(terms: Iterable[Term], alias: str) -> tuple[Order, ...]:
    """The order of the rows known as `alias`. Nulls are not mentioned where there are none, for the index's sake."""
    return tuple(Order(term.value(alias), term.descending, _nulls(term)) for term in terms)


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


def _nulls(term: Term) -> Nulls | None:
    if not term.is_nullable or term.nulls_first == term.descending:
        return None
    return Nulls.FIRST if term.nulls_first else Nulls.LAST


def _term(use: Use, shape: RelationShape, given: Given, number: int) -> Term | None:
    known = {name: value for name, value in _members(given).items() if isinstance(value, Whole | Members)}
    if len(known) > 1:
        raise Refusal(Code.BAD_INPUT, "Each element of orderBy names one field.", "Write [{a: ...}, {b: ...}].")
    for name, value in known.items():
        field = shape.fields[name]
        if isinstance(value, Members):
            return _of_partner(use, field, value, number)
        return _directed(_of_field(field, number), value.value)
    return None


def _members(given: Given) -> Mapping[str, Given]:
    return given.members if isinstance(given, Members) else {}


def _directed(term: Term, direction: str) -> Term:
    return replace(term, descending=direction.startswith("Desc"), nulls_first=direction.endswith("First"))


def _of_partner(use: Use, field: FieldShape, given: Given, number: int) -> Term | None:
    if not isinstance(field.origin, FromLink) or not isinstance(field.result, Row):
        raise TypeError("an order follows links to one row")
    partner = Partner(field.result.relation, field.origin.pairs)
    term = _term(use, use.request.surface.relations[partner.relation], given, number)
    if term is None:
        return None
    of = term.of or FromColumn(term.column)
    return replace(term, column=f"{_BESIDE}{number}", of=of, partners=(partner, *term.partners), is_nullable=True)


def _of_field(field: FieldShape, number: int) -> Term:
    type_ = field.result.base if isinstance(field.result, Leaf) else "text"
    if isinstance(field.origin, FromComputed):
        return Term(f"{_BESIDE}{number}", type_, is_nullable=True, of=field.origin)
    return _of_column(field)


def _of_column(field: FieldShape) -> Term:
    if not isinstance(field.origin, FromColumn) or not isinstance(field.result, Leaf):
        raise TypeError("rows are ordered by values")
    return Term(field.origin.column, field.result.base, field.is_nullable)
