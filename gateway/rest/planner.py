"""Resolves the names of an intent against the catalogue and makes the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.plan.joins import Beside, Gather, Joined
from gateway.plan.model import Call, Calling, ColumnOf, Compare, Field, Operator, Order, Select, Table
from gateway.plan.values import Whole
from gateway.rest import values
from gateway.rest.columns import expression, row
from gateway.rest.conditions import all_of, condition
from gateway.rest.disambiguation import find
from gateway.rest.errors import RestError, unknown_table
from gateway.rest.intent import Join, SelectEmbed
from gateway.rest.rows import Entry, entries, fields, grouped
from gateway.rest.scope import Level, Planning, Rules, Slots
from gateway.rest.targets import embed_named, not_embedded, targets_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Catalog, Name, Relation
    from gateway.plan.model import Condition, Expression, Source
    from gateway.rest.intent import OrderTerm, ReadIntent, SelectItem
    from gateway.rest.relationships import Pairs, Relationship
    from gateway.rest.targets import Place

DEFAULT_RULES = Rules()


@dataclass
class Planned:
    """The plan of a read; `encoders` by slot, and the constants whose slots follow those of the values."""

    select: Select
    encoders: dict[int, Callable[[str], str]]
    constants: tuple[str, ...]
    counted: Select
    """The same rows without limit, offset and order, to be counted."""
    is_paged: bool
    """Whether `select` may give fewer rows than `counted`."""
    outdated: tuple[tuple[str, str], ...] = ()
    """Names of targets that were used in the stead of their aliases, with these, which deserves a warning."""


def plan_rows(
    catalog: Catalog,
    source: Source,
    relation: Relation,
    intent: ReadIntent,
    slots: Slots,
    *,
    is_filtered: bool = True,
    rules: Rules = DEFAULT_RULES,
) -> Planned:
    """The plan of reading `source`, whose rows have all the columns, and the relationships, of `relation`.

    Where not `is_filtered`, the filters of the outermost rows are left to the one who makes `source` (see
    `plan_where`); those of embeds stay. Raises `RestError`.
    """
    planning = _planning(catalog, relation, intent, slots, rules)
    if not is_filtered:
        planning.targets.filters.pop((), None)
    level = _level(planning, source, relation, intent.select, 0)
    select, found = _select(planning, source, level, (), ())
    page = planning.targets.pages.get(())
    is_paged = rules.max_rows is not None or page is not None
    return Planned(
        select,
        slots.encoders,
        tuple(slots.constants),
        _counted(select, level, found),
        is_paged,
        tuple(planning.targets.outdated.items()),
    )


def plan_where(catalog: Catalog, relation: Relation, alias: str, intent: ReadIntent, slots: Slots) -> Condition:
    """The filters of the outermost rows, as a condition on `relation` under `alias`. Raises `RestError`."""
    planning = _planning(catalog, relation, intent, slots, DEFAULT_RULES)
    level = Level(relation, alias, relation.name[1], is_table=True, items=intent.select)
    return all_of([condition(planning, level, term) for term in planning.targets.filters.get((), ())])


def plan_read(catalog: Catalog, name: Name, intent: ReadIntent, slots: int, rules: Rules = DEFAULT_RULES) -> Planned:
    """The plan of reading `name`; `slots` is the number of the request's values. Raises `RestError`."""
    if name not in catalog.relations:
        raise unknown_table(*name, [table for schema, table in catalog.relations if schema == name[0]])
    return plan_rows(catalog, Table(name), catalog.relations[name], intent, Slots(slots), rules=rules)


def _planning(catalog: Catalog, relation: Relation, intent: ReadIntent, slots: Slots, rules: Rules) -> Planning:
    targets = targets_of(intent, legacy_names=rules.legacy_names)
    return Planning(catalog, relation.name[0], targets, slots, rules)


def _level(planning: Planning, source: Source, relation: Relation, items: tuple[SelectItem, ...], depth: int) -> Level:
    name = f"{relation.name[1]}_{depth}" if depth else relation.name[1]
    return Level(relation, planning.alias(), name, isinstance(source, Table), items)


def _select(
    planning: Planning, source: Source, level: Level, place: Place, link: tuple[Condition, ...], *, is_one: bool = False
) -> tuple[Select, list[Entry]]:
    """The rows of a resource, and what they have."""

    def embed(item: SelectEmbed, at: int) -> tuple[Joined, list[Entry]]:
        return _embed(planning, level, item, (*place, at))

    found = entries(planning, level, embed)
    alike, group = grouped(found)
    members, labels = fields(planning, alike)
    where = [condition(planning, level, term) for term in planning.targets.filters.get(place, ())]
    terms = planning.targets.orders.get(place, ())
    order = tuple(_order(planning, level, term, place) for term in terms)
    if group:
        group += tuple(made.expression for made, term in zip(order, terms, strict=True) if term.embed is not None)
    limit, offset = _page(planning, place, is_one=is_one)
    select = Select(source, level.alias, members, all_of([*link, *where]), order, limit, offset)
    joins = (*level.joins.values(), *level.more)
    return replace(select, joins=joins, group=group, labels=labels), found


def _embed(planning: Planning, outer: Level, item: SelectEmbed, place: Place) -> tuple[Joined, list[Entry]]:
    way = find(planning.ways, planning.schema, outer.relation.name, item)
    source = _source(planning, outer, way)
    relation = planning.catalog.relations[way.target]
    level = _level(planning, source, relation, item.items, len(place))
    link, beside = _link(planning, way, outer.alias, level.alias)
    select, found = _select(planning, source, level, place, link, is_one=way.to_one)
    select = replace(select, beside=beside)
    if item.is_spread:
        select = _numbered(select, found)
    gather = Gather.ROW if way.to_one else Gather.COLUMNS if item.is_spread else Gather.ROWS
    return Joined(select, gather, item.join is Join.INNER), found


def _numbered(select: Select, found: list[Entry]) -> Select:
    """The columns of a spread go up under numbers; their aggregates are made above."""
    raw = [_raw(entry, select.alias) for entry in found]
    members = tuple(Field(f"c{at}", value) for at, value in enumerate(raw))
    return replace(select, members=members, group=(), labels=())


def _raw(entry: Entry, alias: str) -> Expression:
    """The value of an entry before it is aggregated; the number of rows counts the presence of a row."""
    return Whole(1) if entry.value is None else entry.value


def _source(planning: Planning, outer: Level, way: Relationship) -> Source:
    if way.function is None:
        return Table(way.target)
    return Calling(Call(way.function.name, (row(planning, outer),)))


def _link(
    planning: Planning, way: Relationship, outer: str, inner: str
) -> tuple[tuple[Condition, ...], tuple[Beside, ...]]:
    if way.junction is None:
        return _equal(way.pairs, outer, inner), ()
    between = planning.alias()
    conditions = (*_equal(way.pairs, outer, between), *_equal(way.junction.inner_pairs, between, inner))
    return conditions, (Beside(Table(way.junction.table), between),)


def _equal(pairs: Pairs, outer: str, inner: str) -> tuple[Condition, ...]:
    return tuple(Compare(ColumnOf(inner, theirs), Operator.EQ, ColumnOf(outer, ours)) for ours, theirs in pairs)


def _order(planning: Planning, level: Level, term: OrderTerm, place: Place) -> Order:
    if term.embed is None:
        return Order(expression(planning, level, term.field), term.descending, term.nulls)
    at = embed_named(level.items, term.embed, legacy_names=planning.rules.legacy_names)
    item = level.items[at] if at is not None else None
    if at is None or not isinstance(item, SelectEmbed):
        raise not_embedded(term.embed)
    return Order(_related(planning, level, item, (*place, at), term), term.descending, term.nulls)


def _related(planning: Planning, outer: Level, item: SelectEmbed, place: Place, term: OrderTerm) -> Expression:
    """A column of the related row, from a join of its own: the embed itself need not show it."""
    way = find(planning.ways, planning.schema, outer.relation.name, item)
    if not way.to_one:
        raise RestError(
            400,
            "PGRST118",
            f"A related order on '{item.name}' is not possible",
            f"'{outer.relation.name[1]}' and '{item.name}' do not form a many-to-one or one-to-one relationship",
        )
    source = _source(planning, outer, way)
    level = _level(planning, source, planning.catalog.relations[way.target], (), len(place))
    link, _ = _link(planning, way, outer.alias, level.alias)
    where = [condition(planning, level, asked) for asked in planning.targets.filters.get(place, ())]
    member = Field("c0", expression(planning, level, term.field))
    joined = Joined(Select(source, level.alias, (member,), all_of([*link, *where])), Gather.ROW)
    outer.more.append(joined)
    return ColumnOf(joined.alias, "c0")


def _page(planning: Planning, place: Place, *, is_one: bool) -> tuple[Expression | None, Expression | None]:
    page, most = planning.targets.pages.get(place), planning.rules.max_rows
    limit: Expression | None = None if most is None or is_one else Whole(most)
    if page is None:
        return limit, None
    if page.limit is not None:
        limit = planning.slots.count(page.limit, values.as_count if most is None else values.at_most(most))
    return limit, None if page.offset is None else planning.slots.count(page.offset, values.as_count)


def _counted(select: Select, level: Level, found: list[Entry]) -> Select:
    bare = replace(select, order=(), limit=None, offset=None)
    if any(entry.total for entry in found):
        return bare
    needed = tuple(joined for joined in select.joins if joined.required or joined.alias in level.tested)
    return replace(bare, members=(), joins=needed, labels=())
