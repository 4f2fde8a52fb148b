"""The fields of a connection over the rows of its page: `edges`, `pageInfo`, `totalCount`."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from gateway.graphql.aggregates import aggregate
from gateway.plan.model import (
    AllOf,
    AnyOf,
    Cast,
    ColumnOf,
    Compare,
    Constant,
    Exists,
    Field,
    Group,
    Operator,
    Order,
    Select,
)
from gateway.plan.values import Aggregate, AggregateFunction, Coalesce, FirstOf, Holds, Scalar, Whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.graphql.paging import Connection
    from gateway.graphql.selection import Selected
    from gateway.plan.model import Condition, Expression, Member

NUMBER = "~n"
CURSOR = "~cursor"
_FALSE = Cast(Constant("false"), "boolean")
_TRUE = Cast(Constant("true"), "boolean")
_NO_EDGES = Cast(Constant("[]"), "json")


def connection_members(connection: Connection, selected: Iterable[Selected]) -> tuple[Member, ...]:
    """The fields of `connection`; the n-th `edges` is in the column `~n` of its rows."""
    members: list[Member] = []
    numbers = count()
    for field in selected:
        match field.name:
            case "edges":
                members.append(Field(field.key, _edges(connection, f"~{next(numbers)}")))
            case "pageInfo":
                members.append(Group(field.key, _page_info(connection, field)))
            case "aggregate":
                members.append(Field(field.key, aggregate(connection, field)))
            case "totalCount":
                members.append(Field(field.key, _total_count(connection)))
            case _:
                members.append(Field(field.key, Constant(f"{connection.shape.type_name}Connection")))
    return tuple(members)


def _edges(connection: Connection, column: str) -> Expression:
    rows = _rows(connection)
    edges = Aggregate(AggregateFunction.JSON, ColumnOf(rows, column), _in_order(connection), _on_page(connection))
    return Coalesce((edges, _NO_EDGES))


def _page_info(connection: Connection, selected: Selected) -> tuple[Member, ...]:
    parts = connection.use.request.collect(selected.below, "PageInfo")
    return tuple(Field(part.key, _page_info_part(connection, part.name)) for part in parts)


def _page_info_part(connection: Connection, name: str) -> Expression:
    backward = connection.page.backward
    match name:
        case "hasNextPage":
            return _has_rows_before(connection) if backward else _has_rows_after(connection)
        case "hasPreviousPage":
            return _has_rows_after(connection) if backward else _has_rows_before(connection)
        case "startCursor" | "endCursor":
            return _outermost(connection, first=(name == "startCursor") != backward)
        case _:
            return Constant("PageInfo")


def _has_rows_after(connection: Connection) -> Expression:
    """Whether rows follow in the direction of reading: one more than the page holds was looked for."""
    number = ColumnOf(_rows(connection), NUMBER)
    further = Holds(Compare(number, Operator.GT, connection.page.size))
    return Coalesce((Aggregate(AggregateFunction.ANY, further), _FALSE))


def _has_rows_before(connection: Connection) -> Expression:
    """Whether rows precede in the direction of reading: those on the other side of the cursor, or passed over."""
    page, alias = connection.page, f"{connection.alias}b"
    passed: list[Condition] = [
        Compare(Holds(condition), Operator.DISTINCT, _TRUE) for condition in connection.beyond_cursor(alias)
    ]
    if page.offset is not None:
        passed.append(Compare(page.offset, Operator.GT, Whole(0)))
    if not passed:
        return _FALSE
    conditions = AllOf((*connection.where(alias), AnyOf(tuple(passed))))
    return Holds(Exists(Select(connection.of.source, alias, (), conditions, joins=connection.joins(alias))))


def _outermost(connection: Connection, *, first: bool) -> Expression:
    number = ColumnOf(_rows(connection), NUMBER)
    cursors = Aggregate(
        AggregateFunction.ARRAY,
        ColumnOf(_rows(connection), CURSOR),
        (Order(number, descending=not first),),
        _on_page(connection),
    )
    return FirstOf(cursors)


def _total_count(connection: Connection) -> Expression:
    alias = f"{connection.alias}a"
    total = Field("count", Aggregate(AggregateFunction.COUNT, None))
    return Scalar(Select(connection.of.source, alias, (total,), AllOf(connection.where(alias))))


def _rows(connection: Connection) -> str:
    return f"{connection.alias}e"


def _in_order(connection: Connection) -> tuple[Order, ...]:
    return (Order(ColumnOf(_rows(connection), NUMBER), descending=connection.page.backward),)


def _on_page(connection: Connection) -> Condition:
    return Compare(ColumnOf(_rows(connection), NUMBER), Operator.LTE, connection.page.size)
