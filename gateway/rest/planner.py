"""Resolves the names of an intent against the catalogue and makes the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.plan.model import (
    AllOf,
    Call,
    Cast,
    ColumnOf,
    Compare,
    Condition,
    Expression,
    Field,
    Is,
    JsonPath,
    Member,
    Nested,
    Not,
    Operator,
    Order,
    Quantifier,
    RowOf,
    Select,
    Shape,
    Table,
    Test,
    Value,
)
from gateway.rest import values
from gateway.rest.errors import RestError, unknown_column, unknown_table
from gateway.rest.intent import (
    FieldPath,
    Filter,
    Join,
    Page,
    ReadIntent,
    SelectAll,
    SelectEmbed,
    SelectField,
    SelectItem,
)
from gateway.rest.relationships import Relationship, find

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Catalog, Name, Relation
    from gateway.plan.model import Source

_OPERATORS = {
    "eq": Operator.EQ,
    "neq": Operator.NEQ,
    "lt": Operator.LT,
    "lte": Operator.LTE,
    "gt": Operator.GT,
    "gte": Operator.GTE,
    "like": Operator.LIKE,
    "ilike": Operator.ILIKE,
    "match": Operator.MATCH,
    "imatch": Operator.IMATCH,
    "cs": Operator.CONTAINS,
    "cd": Operator.CONTAINED,
    "ov": Operator.OVERLAPS,
    "isdistinct": Operator.DISTINCT,
}
_TESTS = {
    "null": Test.NULL,
    "not_null": Test.NOT_NULL,
    "true": Test.TRUE,
    "false": Test.FALSE,
    "unknown": Test.UNKNOWN,
}
_CASTS = frozenset({"text", "varchar", "smallint", "integer", "bigint", "int2", "int4", "int8", "real", "numeric"})
_CASTS |= {"float4", "float8", "boolean", "bool", "date", "time", "timestamp", "timestamptz", "uuid", "json", "jsonb"}

Path = tuple[str, ...]


@dataclass
class Slots:
    """How the request's values are encoded, by slot, and the constants, whose slots count on from `first_constant`.

    Everything that goes into one statement shares one of these.
    """

    first_constant: int
    encoders: dict[int, Callable[[str], str]] = field(default_factory=dict)
    constants: list[str] = field(default_factory=list)

    def constant(self, text: str, type_: str | None) -> Value:
        """`text` as one more value."""
        self.constants.append(text)
        return Value(self.first_constant + len(self.constants) - 1, type_)


@dataclass
class Planned:
    """The plan of a read; `encoders` by slot, and the constants whose slots follow those of the values."""

    select: Select
    encoders: dict[int, Callable[[str], str]]
    constants: tuple[str, ...]


@dataclass
class _Planner:
    catalog: Catalog
    intent: ReadIntent
    slots: Slots
    is_filtered: bool = True
    aliases: int = 0

    def select(
        self,
        source: Source,
        relation: Relation,
        items: tuple[SelectItem, ...],
        path: Path = (),
        link: Condition | None = None,
    ) -> Select:
        alias = f"t{self.aliases}"
        self.aliases += 1
        page = dict(self.intent.pages).get(path, Page())
        return Select(
            source,
            alias,
            members=tuple(member for item in items for member in self.members(item, relation, alias, path)),
            where=_all((link, *(self.filters(relation, alias, path) if path or self.is_filtered else ()))),
            order=self.order(relation, alias, path),
            limit=self.count(page.limit),
            offset=self.count(page.offset),
        )

    def members(self, item: SelectItem, relation: Relation, alias: str, path: Path) -> list[Member]:
        match item:
            case SelectAll():
                return [Field(column, ColumnOf(alias, column)) for column in relation.columns]
            case SelectField():
                return [self.field(item, relation, alias)]
            case SelectEmbed():
                return [self.embed(item, relation, alias, path)]

    def field(self, item: SelectField, relation: Relation, alias: str) -> Field:
        value = self.expression(item.path, relation, alias)
        if item.cast is not None:
            value = Cast(value, _known_cast(item.cast))
        steps = [step.text for step in item.path.steps if not step.is_index]
        return Field(_key(item.alias or (steps[-1] if steps else item.path.name)), value)

    def embed(self, item: SelectEmbed, relation: Relation, alias: str, path: Path) -> Nested:
        way = find(self.catalog, relation.name, item)
        link = _link(way, alias, f"t{self.aliases}")
        select = self.select(
            Table(way.target), self.catalog.relations[way.target], item.items, (*path, item.name), link
        )
        shape = Shape.OBJECT if way.to_one else Shape.ARRAY
        return Nested(_key(item.name), select, shape, required=item.join is Join.INNER)

    def filters(self, relation: Relation, alias: str, path: Path) -> list[Condition]:
        return [self.filter(f, relation, alias) for f in self.intent.filters if f.path == path]

    def filter(self, asked: Filter, relation: Relation, alias: str) -> Condition:
        left = self.expression(asked.field, relation, alias)
        test = self.test(asked, left)
        return Not(test) if asked.negated else test

    def test(self, asked: Filter, left: Expression) -> Condition:
        if asked.slot is None:
            if asked.keyword not in _TESTS:
                raise _bad_filter(f"is.{asked.keyword}")
            return Is(left, _TESTS[asked.keyword])
        if asked.operator == "in":
            self.slots.encoders[asked.slot] = values.as_list
            return Compare(left, Operator.EQ, Value(asked.slot), Quantifier.ANY)
        if asked.operator not in _OPERATORS or asked.modifier is not None:
            raise _bad_filter(asked.operator)
        operator = _OPERATORS[asked.operator]
        is_pattern = operator in (Operator.LIKE, Operator.ILIKE)
        self.slots.encoders[asked.slot] = values.as_pattern if is_pattern else values.as_text
        return Compare(left, operator, Value(asked.slot))

    def order(self, relation: Relation, alias: str, path: Path) -> tuple[Order, ...]:
        terms = [term for of_path, terms in self.intent.orders if of_path == path for term in terms]
        return tuple(Order(self.expression(t.field, relation, alias), t.descending, t.nulls) for t in terms)

    def count(self, slot: int | None) -> Value | None:
        if slot is None:
            return None
        self.slots.encoders[slot] = values.as_count
        return Value(slot, "bigint")

    def expression(self, asked: FieldPath, relation: Relation, alias: str) -> Expression:
        start = self.column(asked.name, relation, alias)
        if not asked.steps:
            return start
        steps = tuple(self.slots.constant(s.text, "integer" if s.is_index else "text") for s in asked.steps)
        return JsonPath(start, steps, asked.as_text)

    def column(self, name: str, relation: Relation, alias: str) -> Expression:
        if name in relation.columns:
            return ColumnOf(alias, name)
        computed = self.catalog.computed_fields(relation.name).get(name)
        if computed is None:
            raise unknown_column(relation.name[1], name, relation.columns)
        return Call(computed.name, (RowOf(alias),))


def plan_rows(
    catalog: Catalog,
    source: Source,
    relation: Relation,
    intent: ReadIntent,
    slots: Slots,
    *,
    is_filtered: bool = True,
) -> Planned:
    """The plan of reading `source`, whose rows have the columns and relationships of `relation`.

    Where not `is_filtered`, the filters of the outermost rows are left to the one who makes `source` (see
    `plan_where`); those of embeds stay. Raises `RestError`.
    """
    planner = _Planner(catalog, intent, slots, is_filtered)
    select = planner.select(source, relation, intent.select)
    _refuse_strays(intent)
    return Planned(select, slots.encoders, tuple(slots.constants))


def plan_where(catalog: Catalog, relation: Relation, alias: str, intent: ReadIntent, slots: Slots) -> Condition:
    """The filters of the outermost rows, as a condition on `relation` under `alias`. Raises `RestError`."""
    return _all(tuple(_Planner(catalog, intent, slots).filters(relation, alias, ())))


def plan_read(catalog: Catalog, name: Name, intent: ReadIntent, slots: int) -> Planned:
    """The plan of reading `name`; `slots` is the number of the request's values. Raises `RestError`."""
    if name not in catalog.relations:
        raise unknown_table(*name, [table for schema, table in catalog.relations if schema == name[0]])
    return plan_rows(catalog, Table(name), catalog.relations[name], intent, Slots(slots))


def _refuse_strays(intent: ReadIntent) -> None:
    embeds = _paths(intent.select, ())
    asked = [f.path for f in intent.filters] + [path for path, _ in (*intent.orders, *intent.pages)]
    for path in asked:
        if path not in embeds:
            name = ".".join(path)
            hint = f"Verify that '{path[-1]}' is included in the 'select' query parameter."
            raise RestError(400, "PGRST108", f"'{name}' is not an embedded resource in this request", None, hint)


def _paths(items: tuple[SelectItem, ...], path: Path) -> set[Path]:
    found = {path}
    for item in items:
        if isinstance(item, SelectEmbed):
            found |= _paths(item.items, (*path, item.name))
    return found


def _link(way: Relationship, outer: str, inner: str) -> Condition:
    return _all(
        tuple(Compare(ColumnOf(inner, theirs), Operator.EQ, ColumnOf(outer, ours)) for ours, theirs in way.pairs)
    )


def _all(conditions: tuple[Condition | None, ...]) -> Condition:
    given = tuple(condition for condition in conditions if condition is not None)
    return given[0] if len(given) == 1 else AllOf(given)


def _key(name: str) -> str:
    if "\0" in name or len(name.encode()) > 63:
        raise RestError(400, "PGRST100", f"failed to parse select parameter ({name})", "a name has at most 63 bytes")
    return name


def _known_cast(name: str) -> str:
    if name not in _CASTS:
        raise RestError(400, "42704", f'type "{name}" does not exist', None, f"One of: {', '.join(sorted(_CASTS))}")
    return name


def _bad_filter(operator: str) -> RestError:
    known = ", ".join(sorted((*_OPERATORS, "in", "is")))
    return RestError(400, "PGRST100", f"failed to parse filter ({operator})", f"operators: {known}")
