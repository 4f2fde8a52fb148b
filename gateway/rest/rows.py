"""What stands in a row of the answer: columns, aggregates, embeds, and the columns of spread embeds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.plan.joins import Gather, Joined
from gateway.plan.model import ColumnOf, Expression, Field
from gateway.plan.values import Aggregate, AggregateFunction, Listed, RowJson
from gateway.rest.columns import cast, expression, is_plain, shown
from gateway.rest.errors import RestError
from gateway.rest.intent import SelectAll, SelectEmbed, SelectField

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.plan.model import Value
    from gateway.rest.scope import Level, Planning

    Embed = Callable[[SelectEmbed, int], tuple[Joined, list["Entry"]]]

_FUNCTIONS = {
    "count": AggregateFunction.COUNT,
    "sum": AggregateFunction.SUM,
    "avg": AggregateFunction.AVG,
    "min": AggregateFunction.MIN,
    "max": AggregateFunction.MAX,
}


@dataclass(frozen=True, slots=True)
class Totalled:
    """An aggregate that is still to be made, at the level that the answer shows it."""

    function: AggregateFunction
    cast: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of the answer; `value` goes into the aggregate where there is one, None stands for the row."""

    key: str
    value: Expression | None
    total: Totalled | None = None
    is_known: bool = True
    """Whether the catalogue gave the key."""


def entries(planning: Planning, level: Level, embed: Embed) -> list[Entry]:
    """The entries of a row; `embed` plans the embed at a place and says what its rows have. Raises `RestError`."""
    found: list[Entry] = []
    for at, item in enumerate(level.items):
        match item:
            case SelectAll():
                found += [Entry(name, shown(planning, level, name)) for name in level.relation.columns]
            case SelectField():
                found.append(_field(planning, level, item))
            case SelectEmbed():
                joined, inner = embed(item, at)
                level.joins[at] = joined
                found += _embedded(item, joined, inner)
    return found


def fields(planning: Planning, found: list[Entry]) -> tuple[tuple[Field, ...], tuple[tuple[str, Value], ...]]:
    """The members of a select, and the labels of those whose keys can't be identifiers."""
    members: list[Field] = []
    labels: list[tuple[str, Value]] = []
    for at, entry in enumerate(found):
        key = entry.key
        if not entry.is_known and not is_plain(key):
            key = f"k{at}"
            labels.append((key, planning.slots.constant(entry.key)))
        members.append(Field(key, finished(planning, entry)))
    return tuple(members), tuple(labels)


def finished(planning: Planning, entry: Entry) -> Expression:
    """The value of an entry, aggregated where it is to be."""
    if entry.total is None:
        assert entry.value is not None  # noqa: S101 - only aggregates are of whole rows
        return entry.value
    return cast(planning, Aggregate(entry.total.function, entry.value), entry.total.cast)


def grouped(found: list[Entry]) -> tuple[list[Entry], tuple[Expression, ...]]:
    """The entries in a form that can be grouped by, and what there is to group by: nothing without aggregates."""
    if all(entry.total is None for entry in found):
        return found, ()
    alike = [entry if entry.total else replace(entry, value=_comparable(entry.value)) for entry in found]
    return alike, tuple(entry.value for entry in alike if entry.total is None and entry.value is not None)


def _comparable(value: Expression | None) -> Expression | None:
    return replace(value, binary=True) if isinstance(value, RowJson | Listed) else value


def _field(planning: Planning, level: Level, item: SelectField) -> Entry:
    total = None
    if item.aggregate is not None:
        if not planning.rules.aggregates:
            raise RestError(400, "PGRST123", "Use of aggregate functions is not allowed")
        total = Totalled(_FUNCTIONS[item.aggregate], item.aggregate_cast)
    key = item.alias or _name(item)
    is_known = item.alias is None and item.path is not None and not item.path.steps
    return Entry(key, _value(planning, level, item), total, is_known)


def _value(planning: Planning, level: Level, item: SelectField) -> Expression | None:
    if item.path is None:
        return None
    if item.cast is None and item.aggregate is None and not item.path.steps:
        return shown(planning, level, item.path.name)
    return cast(planning, expression(planning, level, item.path), item.cast)


def _name(item: SelectField) -> str:
    if item.aggregate is not None or item.path is None:
        return item.aggregate or "count"
    steps = [step.text for step in item.path.steps if not step.is_index]
    return steps[-1] if steps else item.path.name


def _embedded(item: SelectEmbed, joined: Joined, inner: list[Entry]) -> list[Entry]:
    if not inner:
        return []
    if item.is_spread:
        return [_spread(joined, entry, at) for at, entry in enumerate(inner)]
    if joined.gather is Gather.ROW:
        value: Expression = RowJson(joined.select, joined.alias)
    else:
        value = Listed(ColumnOf(joined.alias, "rows"))
    return [Entry(item.name, value, is_known=item.alias is None)]


def _spread(joined: Joined, entry: Entry, at: int) -> Entry:
    value: Expression = ColumnOf(joined.alias, f"c{at}")
    if joined.gather is Gather.COLUMNS:
        if entry.total is not None:
            details = "Aggregates are not implemented for one-to-many or many-to-many spreads."
            raise RestError(400, "PGRST127", "Feature not implemented", details)
        value = Listed(value)
    return replace(entry, value=value)
