"""The answer of a change, read from the rows that it has written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.page_parts import NUMBER
from gateway.graphql.results import Row
from gateway.graphql.rows import WHOLE, PagedRow
from gateway.graphql.used import columns_used
from gateway.plan.model import (
    ColumnOf,
    Constant,
    Cte,
    Field,
    Group,
    Nested,
    Nothing,
    Order,
    Rowset,
    Select,
    Shape,
)
from gateway.plan.pieces import keeping
from gateway.plan.values import Aggregate, AggregateFunction, Numbered, Scalar
from gateway.sql.nodes import Raw, ident, sql

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.graphql.planner import Planner
    from gateway.graphql.request import Use
    from gateway.graphql.results import Affected
    from gateway.graphql.selection import Selected
    from gateway.plan.model import Member
    from gateway.sql.nodes import Node

WRITTEN, ONE = "written", "one"
"""The name of the written rows, and of one of them."""


def answer_of(planner: Planner, use: Use, affected: Affected) -> Select:
    """The select that answers `use` from the written rows."""
    name = f"{use.request.surface.relations[affected.relation].type_name}{affected.verb.value}Response"
    answer = _Answer(planner, affected.relation, name)
    selected = use.request.collect(use.selected.below, name)
    return Select(Nothing(), "q", (Group(use.selected.key, tuple(map(answer.member, selected))),))


def keep_written(*, whole: bool) -> Node:
    """The value that keeps the written rows for the later statements."""
    row = ident("w", WHOLE) if whole else Raw("w.*")
    return keeping(sql("(select json_agg({}) from {} as w)", row, ident(WRITTEN)))


@dataclass(frozen=True, slots=True)
class _Answer:
    planner: Planner
    relation: Name
    type_name: str

    def member(self, field: Selected) -> Member:
        if field.name == "records":
            return Nested(field.key, self._records(field), Shape.ARRAY)
        if field.name == "affectedCount":
            count = Field("count", Aggregate(AggregateFunction.COUNT, None))
            return Field(field.key, Scalar(Select(Cte(WRITTEN), "counted", (count,))))
        return Field(field.key, Constant(self.type_name))

    def _records(self, field: Selected) -> Select:
        """The rows in the order in which they were written, numbered before anything is joined to them."""
        alias = self.planner.new_alias()
        members = self.planner.object(Row(self.relation), field.below, PagedRow(alias))
        columns = [Field(name, ColumnOf(ONE, name)) for name in sorted(columns_used(members, alias))]
        numbered = Select(Cte(WRITTEN), ONE, (*columns, Field(NUMBER, Numbered())))
        return Select(Rowset(numbered), alias, members, order=(Order(ColumnOf(alias, NUMBER)),))
