"""The terms of an order, and how they order rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.graphql.origins import FromColumn, FromComputed
from gateway.plan.joins import Gather, Joined
from gateway.plan.model import (
    AllOf,
    Call,
    ColumnOf,
    Compare,
    Field,
    Nulls,
    Operator,
    Order,
    RowOf,
    Select,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.catalog.model import Name
    from gateway.plan.model import Expression

BESIDE, _VALUE = "~", "v"
"""What begins the name of a value that is no column of the row, and the name of a partner's value."""


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
        return alias + self.column.removeprefix(BESIDE)


def orders(terms: Iterable[Term], alias: str) -> tuple[Order, ...]:
    """The order of the rows known as `alias`. Nulls are not mentioned where there are none, for the index's sake."""
    return tuple(Order(term.value(alias), term.descending, _nulls(term)) for term in terms)


def _nulls(term: Term) -> Nulls | None:
    if not term.is_nullable or term.nulls_first == term.descending:
        return None
    return Nulls.FIRST if term.nulls_first else Nulls.LAST
