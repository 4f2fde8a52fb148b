"""Plans changes of rows: one statement writes and answers, and behind those with a limit another one guards it.

What the answer takes from other relations is as it was before the change: a statement does not see what it writes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.change_types import AT_MOST
from gateway.graphql.conditions import Filters
from gateway.graphql.encode import AsCount, AsObjects
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given import Whole, keys_of
from gateway.graphql.page_parts import NUMBER
from gateway.graphql.rows import WHOLE, PagedRow
from gateway.graphql.surface import Row, Verb
from gateway.graphql.used import columns_used
from gateway.lanes import LaneKind, Statement
from gateway.plan.compile import rows
from gateway.plan.model import (
    AllOf,
    ColumnOf,
    Constant,
    Cte,
    Field,
    Group,
    Nested,
    Nothing,
    Order,
    RowOf,
    Rowset,
    Select,
    Shape,
)
from gateway.plan.mutation import Delete, Given, Insert, Objects, Returned, Update
from gateway.plan.values import Aggregate, AggregateFunction, Numbered, Scalar
from gateway.plan.writing import writing
from gateway.sql.nodes import Param, Raw, ident, sql

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.graphql.planner import Planner
    from gateway.graphql.request import Use
    from gateway.graphql.selection import Selected
    from gateway.graphql.surface import Affected, RelationShape, WritableColumn
    from gateway.plan.model import Condition, Member
    from gateway.plan.mutation import Mutation
    from gateway.sql.nodes import Node

_WRITTEN, _TARGET, _ONE = "written", "target", "one"
_GUARDED = (
    ", set_config('daira.rows', (select count(*)::text from {}), true),"
    " set_config('daira.most', {}::bigint::text, true)"
)
_GUARD = """do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception '{} impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$"""
GUARDS = {
    Verb.UPDATE: Statement(_GUARD.replace("{}", "update"), LaneKind.WRITE),
    Verb.DELETE: Statement(_GUARD.replace("{}", "delete"), LaneKind.WRITE),
}


def change(planner: Planner, use: Use, affected: Affected) -> Node:
    """The statement of the change that `use` asks for. Raises `Refusal` where it says too little."""
    return _Change(planner, use, affected).statement()


class _Change:
    def __init__(self, planner: Planner, use: Use, affected: Affected) -> None:
        self._planner = planner
        self._use = use
        self._verb = affected.verb
        self._shape: RelationShape = use.request.surface.relations[affected.relation]
        self._slots = use.request.slots

    def statement(self) -> Node:
        name = f"{self._shape.type_name}{self._verb.value}Response"
        selected = self._use.request.collect(self._use.selected.below, name)
        answer = Group(self._use.selected.key, tuple(self._member(name, field) for field in selected))
        mutation = self._mutation(_returned(columns_used(answer, _ONE)))
        guarded = Raw("") if self._verb is Verb.INSERT else self._guarded()
        select = rows(Select(Nothing(), "q", (answer,)))
        template = "with {} as ({}) select row_to_json(t)::text{} from ({}) as t"
        return sql(template, ident(_WRITTEN), writing(mutation), guarded, select)

    def _member(self, name: str, field: Selected) -> Member:
        if field.name == "records":
            return Nested(field.key, self._records(field), Shape.ARRAY)
        if field.name == "affectedCount":
            count = Field("count", Aggregate(AggregateFunction.COUNT, None))
            return Field(field.key, Scalar(Select(Cte(_WRITTEN), "counted", (count,))))
        return Field(field.key, Constant(name))

    def _records(self, field: Selected) -> Select:
        """The rows in the order in which they were written, numbered before anything is joined to them."""
        alias = self._planner.new_alias()
        members = self._planner.object(Row(self._shape.relation), field.below, PagedRow(alias))
        columns = [Field(name, ColumnOf(_ONE, name)) for name in sorted(columns_used(members, alias))]
        numbered = Select(Cte(_WRITTEN), _ONE, (*columns, Field(NUMBER, Numbered())))
        return Select(Rowset(numbered), alias, members, order=(Order(ColumnOf(alias, NUMBER)),))

    def _mutation(self, returned: tuple[Returned, ...]) -> Mutation:
        table = self._shape.relation
        match self._verb:
            case Verb.INSERT:
                return Insert(table, _TARGET, self._new_rows(), None, returned)
            case Verb.UPDATE:
                return Update(table, _TARGET, self._new_values(), self._where(), returned)
            case Verb.DELETE:
                return Delete(table, _TARGET, self._where(), returned)

    def _new_rows(self) -> Objects | None:
        given = self._use.argument("objects")
        if not isinstance(given, Whole) or not given.value:
            raise Refusal(Code.BAD_INPUT, "At least one record must be provided to objects")
        if not any(given.value) and len(given.value) == 1:
            return None
        if not any(given.value):
            raise Refusal(Code.BAD_INPUT, "Several records without any value can't be added at once.")
        return self._objects(given, self._shape.insertable)

    def _new_values(self) -> Objects:
        given = self._use.argument("set")
        if not isinstance(given, Whole) or not given.value:
            raise Refusal(Code.BAD_INPUT, "At least one mapping required in set argument")
        return self._objects(given, self._shape.updatable)

    def _objects(self, given: Whole, columns: Mapping[str, WritableColumn]) -> Objects:
        keys = keys_of(given.value)
        asked = frozenset().union(*keys)
        named = [column for name, column in columns.items() if name in asked]
        slot = self._slots.slot(given, AsObjects(self._shape.relation, columns), "json")
        values = tuple(Given(column.column, column.type.sql, column.default) for column in named)
        return Objects(slot, values, use_defaults=len(keys) > 1)

    def _where(self) -> Condition:
        return AllOf(Filters(self._slots, self._shape, _TARGET).all_of(self._use.argument("filter")))

    def _guarded(self) -> Node:
        given = self._use.argument("atMost")
        most = self._slots.constant(str(AT_MOST), "bigint")
        if isinstance(given, Whole):
            most = self._slots.value(given, AsCount("atMost"), "bigint")
        return sql(_GUARDED, ident(_WRITTEN), Param(most.slot))


def _returned(names: frozenset[str]) -> tuple[Returned, ...]:
    columns = [Returned(name, ColumnOf(_TARGET, name)) for name in sorted(names - {WHOLE})]
    return (*columns, *((Returned(WHOLE, RowOf(_TARGET)),) if WHOLE in names else ()))
