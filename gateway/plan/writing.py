"""Compiles a write to SQL nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gateway.plan.compile import condition, expression
from gateway.plan.model import ALWAYS
from gateway.plan.mutation import BODY, Delete, Insert, Untouched, Update
from gateway.plan.pieces import kept_rows
from gateway.sql.nodes import Param, Raw, Text, TypeName, ident, join, sql

if TYPE_CHECKING:
    from gateway.plan.model import Condition
    from gateway.plan.mutation import Conflict, Given, Mutation, Objects, Returned
    from gateway.sql.nodes import Node, Seq

_COUNT_UPDATED = Raw(
    "set_config('daira.updated',"
    " (coalesce(nullif(current_setting('daira.updated', true), ''), '0')::int + 1)::text, true) is not null"
)


def writing(mutation: Mutation) -> Node:
    """The statement, with what it returns."""
    match mutation:
        case Insert():
            return _insert(mutation)
        case Update(table, alias, objects, where, returned):
            return sql(
                "update {} as {} set {} from (select * from {} limit 1) as {}{}{}",
                ident(*table),
                ident(alias),
                join(", ", [sql("{} = {}", ident(c.name), _value(c)) for c in objects.columns]),
                objects_of(objects),
                ident(BODY),
                _where(where),
                _returning(returned),
            )
        case Delete(table, alias, where, returned):
            return sql("delete from {} as {}{}{}", ident(*table), ident(alias), _where(where), _returning(returned))
        case Untouched(table, alias, returned):
            return sql("select {} from {} as {} where false", _columns(returned), ident(*table), ident(alias))
        case _:
            assert_never(mutation)


def objects_of(objects: Objects) -> Node:
    """The rows of the body, under the alias `body`."""
    body = _with_defaults(objects) if objects.use_defaults else sql("{}::json", Param(objects.slot))
    columns = [sql("{} {}", ident(c.name), _read_as(c)) for c in objects.columns]
    columns += [sql("{} integer", ident(place)) for place in objects.places]
    return sql("json_to_recordset({}) as {} ({})", body, ident(BODY), join(", ", columns))


def _insert(insert: Insert) -> Node:
    head = sql("insert into {} as {}", ident(*insert.table), ident(insert.alias))
    if insert.is_empty:
        return sql("{} select where false{}", head, _returning(insert.returned))
    if insert.objects is None:
        return sql("{} default values{}{}", head, _on_conflict(insert.conflict, ()), _returning(insert.returned))
    columns = insert.objects.columns
    return sql(
        "{} ({}) select {} from {}{}{}{}",
        head,
        join(", ", [ident(c.name) for c in columns]),
        join(", ", [_value(c) for c in columns]),
        objects_of(insert.objects),
        _where(insert.where),
        _on_conflict(insert.conflict, columns),
        _returning(insert.returned),
    )


def _on_conflict(conflict: Conflict | None, columns: tuple[Given, ...]) -> Node:
    if conflict is None:
        return Raw("")
    target = join(", ", map(ident, conflict.columns))
    if conflict.is_ignored:
        return sql(" on conflict ({}) do nothing", target)
    names = [c.name for c in columns] if conflict.updated is None else conflict.updated
    sets = join(", ", [sql("{} = excluded.{}", ident(name), ident(name)) for name in names])
    where = sql(" where {}", _COUNT_UPDATED) if conflict.updated is None else _where(conflict.where)
    return sql(" on conflict ({}) do update set {}{}", target, sets, where)


def _with_defaults(objects: Objects) -> Seq:
    pairs = [sql("{}, {}", Text(c.name), TypeName(c.default)) for c in objects.columns if c.default is not None]
    start = sql("jsonb_build_object({})", join(", ", pairs))
    return sql("(select json_agg({} || o) from jsonb_array_elements({}::jsonb) as o)", start, Param(objects.slot))


def _read_as(column: Given) -> Node:
    return Raw("json") if column.reader is not None else TypeName(column.type)


def _value(column: Given) -> Node:
    value = ident(BODY, column.name)
    if column.linked is not None:
        place, of = ident(BODY, column.linked.place), Text(column.linked.column)
        kept = sql("((select {}) -> {} ->> {})::{}", kept_rows(column.linked.kept), place, of, TypeName(column.type))
        return sql("coalesce({}, {})", kept, value)
    return value if column.reader is None else sql("{}({})", ident(*column.reader), value)


def _where(test: Condition) -> Node:
    return Raw("") if test == ALWAYS else sql(" where {}", condition(test))


def _returning(returned: tuple[Returned, ...]) -> Node:
    return sql(" returning {}", _columns(returned))


def _columns(returned: tuple[Returned, ...]) -> Node:
    if not returned:
        return Raw("1")
    return join(", ", [sql("{} as {}", expression(r.expression), ident(r.name)) for r in returned])
