"""Writes: what a request asks of a table, and the statement that does it and answers.

https://docs.postgrest.org/en/stable/references/api/tables_views.html#insert
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.lanes import LaneKind, Statement
from gateway.plan.compile import header
from gateway.plan.model import ALWAYS, ColumnOf, Cte, RowOf
from gateway.plan.mutation import BODY, Conflict, Delete, Given, Insert, Objects, Returned, Untouched, Update
from gateway.plan.writing import writing
from gateway.rest.errors import RestError, unknown_column, unknown_table
from gateway.rest.intent import Filter
from gateway.rest.parser import parse
from gateway.rest.planner import plan_rows, plan_where
from gateway.rest.plans import Compiled, labelled
from gateway.rest.preferences import Missing, Resolution, Return
from gateway.rest.scope import Slots
from gateway.rest.statement import GUARDED, UNCOUNTED, Result, answer
from gateway.rest.values import as_text
from gateway.sql.nodes import Raw, ident, join, render, sql

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog, Name, Relation
    from gateway.plan.model import Condition, Select
    from gateway.plan.mutation import Mutation
    from gateway.rest.intent import ReadIntent
    from gateway.rest.lexer import Lexed
    from gateway.rest.media import Media
    from gateway.sql.nodes import Node

SOURCE, _TARGET = "source", "target"
_UPDATED = Raw("nullif(current_setting('daira.updated', true), '')")
_NOTHING = Raw("null::text")
_ANY = sql("select 1 from {}", ident(SOURCE))


@dataclass(frozen=True, slots=True)
class Write:
    """What decides the statement of a write, beside its query string."""

    method: str
    keys: tuple[str, ...] = ()
    resolution: Resolution | None = None
    missing: Missing | None = None
    returns: Return | None = None
    is_guarded: bool = False
    is_empty: bool = False
    """Whether the body holds no row."""


@dataclass
class _Writing:
    catalog: Catalog
    relation: Relation
    intent: ReadIntent
    write: Write
    slots: Slots
    body_slot: int

    def conflict(self) -> Conflict | None:
        if self.write.method == "PUT":
            return Conflict(self.key(), is_ignored=not self.write.keys)
        asked = self.intent.on_conflict or self.key()
        if self.write.resolution is None or not asked:
            return None
        for name in asked:
            if name not in self.relation.columns:
                raise unknown_column(self.relation.name[1], name, self.relation.columns)
        return Conflict(asked, self.write.resolution is Resolution.IGNORE or not self.write.keys)

    def key(self) -> tuple[str, ...]:
        return self.relation.primary_key or self.relation.key

    def objects(self) -> Objects:
        given = tuple(self.given(name) for name in self.write.keys)
        use_defaults = self.write.missing is Missing.DEFAULT and any(c.default is not None for c in given)
        return Objects(self.body_slot, given, use_defaults)

    def given(self, name: str) -> Given:
        column = self.relation.columns.get(name)
        if column is None:
            message = f"Could not find the '{name}' column of '{self.relation.name[1]}' in the schema cache"
            raise RestError(400, "PGRST204", message)
        type_ = self.catalog.type_of(column.type)
        return Given(name, type_.sql, column.default, self.catalog.from_json(column.type))

    def where(self, alias: str) -> Condition:
        return plan_where(self.catalog, self.relation, alias, self.intent, self.slots)

    def mutation(self, returned: tuple[Returned, ...]) -> Mutation:
        name = self.relation.name
        match self.write.method:
            case "PATCH" if not self.write.keys:
                return Untouched(name, _TARGET, returned)
            case "PATCH":
                return Update(name, _TARGET, self.objects(), self.where(_TARGET), returned)
            case "DELETE":
                return Delete(name, _TARGET, self.where(_TARGET), returned)
            case _:
                objects = self.objects() if self.write.keys else None
                where = self.where(BODY) if self.write.method == "PUT" else ALWAYS
                return Insert(name, _TARGET, objects, self.conflict(), returned, where, self.write.is_empty)

    def check_put(self) -> None:
        if any(not path for path, _ in self.intent.pages):
            raise RestError(400, "PGRST114", "limit/offset querystring parameters are not allowed for PUT")
        terms = [term for path, term in self.intent.filters if not path]
        names = [term.field.name for term in terms if isinstance(term, Filter) and _is_plain_equality(term)]
        key = self.key()
        if not key or len(names) != len(terms) or sorted(names) != sorted(key):
            message = "Filters must include all and only primary key columns with 'eq' operators"
            raise RestError(405, "PGRST105", message)


def compile_write(catalog: Catalog, name: Name, lexed: Lexed, write: Write, media: Media) -> Compiled:
    """The statement of a write; the body is the value behind those of the query string. Raises `RestError`."""
    if name not in catalog.relations:
        raise unknown_table(*name, [table for schema, table in catalog.relations if schema == name[0]])
    slots = Slots(len(lexed.values) + 1)
    intent = parse(lexed.shape)
    doing = _Writing(catalog, catalog.relations[name], intent, write, slots, len(lexed.values))
    if write.method == "PUT":
        doing.check_put()
    shown, result, returned, head = _representation(doing, media)
    more = (_location(doing), _UPDATED, *((GUARDED,) if write.is_guarded else ()))
    before = sql("with {} as ({}) ", ident(SOURCE), writing(doing.mutation(returned)))
    rendered = render(answer(shown, media, result, UNCOUNTED, more, before, head))
    binds = tuple((slot, slots.encoders.get(slot, as_text)) for slot in rendered.slots)
    return Compiled(Statement(rendered.text, LaneKind.WRITE), binds, tuple(slots.constants), media)


def _representation(doing: _Writing, media: Media) -> tuple[Node, Result, tuple[Returned, ...], Node | None]:
    """The rows that are answered, the columns that the write must return for them, and the header of their CSV."""
    relation = doing.relation
    if doing.write.returns is Return.HEADERS and doing.write.method == "POST":
        return _ANY, Result.NONE, _returned(relation, doing.key()), None
    if doing.write.returns is not Return.REPRESENTATION:
        return _ANY, Result.NONE, (), None
    intent = replace(doing.intent, pages=tuple(page for page in doing.intent.pages if page[0]))
    planned = plan_rows(doing.catalog, Cte(SOURCE), relation, intent, doing.slots, is_filtered=False)
    returned = _returned(relation, columns_of(planned.select, relation))
    return *labelled(planned.select, media), returned, header(planned.select)


def _returned(relation: Relation, names: tuple[str, ...]) -> tuple[Returned, ...]:
    return tuple(Returned(name, ColumnOf(_TARGET, name)) for name in names)


def columns_of(select: Select, relation: Relation) -> tuple[str, ...]:
    """The columns of its source that a plan reads, in their own order; all of them where it takes whole rows."""
    used: set[str] = set()
    waiting: list[object] = [select]
    while waiting:
        node = waiting.pop()
        if isinstance(node, RowOf) and node.alias == select.alias:
            return tuple(relation.columns)
        if isinstance(node, ColumnOf) and node.alias == select.alias:
            used.add(node.column)
        elif isinstance(node, tuple):
            waiting += node
        elif dataclasses.is_dataclass(node):
            waiting += [getattr(node, field.name) for field in dataclasses.fields(node)]
    return tuple(name for name in relation.columns if name in used)


def _location(doing: _Writing) -> Node:
    key = doing.key()
    if doing.write.returns is not Return.HEADERS or doing.write.method != "POST" or not key:
        return _NOTHING
    return sql(
        "case when count(*) = 1 then (select json_object_agg(e.key, e.value)::text from"
        " (select row_to_json(k.*) as o from (select {} from {}) as k limit 1) as r, json_each_text(r.o) as e) end",
        join(", ", map(ident, key)),
        ident(SOURCE),
    )


def _is_plain_equality(term: Filter) -> bool:
    return term.operator == "eq" and not term.negated and term.modifier is None and not term.field.steps
