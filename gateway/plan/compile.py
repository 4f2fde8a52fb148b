"""Compiles a plan to SQL nodes. Deterministic: the same plan always gives the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from gateway.plan.joins import Gather, Joined
from gateway.plan.model import (
    AllOf,
    AnyOf,
    Attribute,
    Call,
    Calling,
    Cast,
    ColumnOf,
    Compare,
    Condition,
    Constant,
    Cte,
    Exists,
    Expression,
    Field,
    FunctionCall,
    Group,
    Is,
    JsonPath,
    Kept,
    Member,
    Nested,
    Not,
    Nothing,
    Order,
    RowOf,
    Rowset,
    Select,
    Shape,
    Source,
    Table,
    Unnest,
    Value,
)
from gateway.plan.pieces import encoded, from_json, json_path, kept, nested_of, relabelled, written
from gateway.plan.values import (
    Aggregate,
    Coalesce,
    EachOf,
    Encoded,
    FirstOf,
    FromJson,
    Holds,
    Listed,
    Made,
    NamedCall,
    Numbered,
    Relabelled,
    RowJson,
    Scalar,
    Tuple,
    Whole,
    Written,
)
from gateway.sql.nodes import Number, Param, Raw, Text, TypeName, ident, join, sql

if TYPE_CHECKING:
    from gateway.sql.nodes import Node


def rows_as_object(select: Select) -> Node:
    """A statement whose one value is the first row of `select` as a JSON object; no row where there is none."""
    return sql("select row_to_json(t.*)::text from ({}) as t", rows(select))


def all_rows(rows: Node) -> Node:
    """All rows of a source as one JSON array; null where there are none."""
    return sql("(select json_agg(r.*) from {} as r)", rows)


def rows(select: Select) -> Node:
    """`select` with one output column per member."""
    alias = select.alias
    members = [sql("{} as {}", _member(member, alias), ident(member.key)) for member in select.members]
    return sql(
        "select {} from {} as {}{}{}{}{}{}{}{}{}",
        join(", ", members) if members else Raw("1"),
        source(select.source),
        ident(alias),
        join("", [sql(" cross join {} as {}", source(b.source), ident(b.alias)) for b in select.beside]),
        join("", [_lateral(nested) for nested in nested_of(select.members)]),
        join("", [_joined(joined) for joined in select.joins]),
        _where(select.where),
        sql(" group by {}", join(", ", map(expression, select.group))) if select.group else Raw(""),
        _order_by(select.order),
        sql(" limit {}", expression(select.limit)) if select.limit is not None else Raw(""),
        sql(" offset {}", expression(select.offset)) if select.offset is not None else Raw(""),
    )


def source(origin: Source) -> Node:  # noqa: C901 - one arm per type
    """What stands after `from`."""
    match origin:
        case Table(name):
            return ident(*name)
        case FunctionCall(name, arguments):
            return _named_call(NamedCall(name, arguments))
        case Unnest(array, numbered):
            return sql("unnest({}){}", expression(array), Raw(" with ordinality" if numbered else ""))
        case Calling(call):
            return expression(call)
        case Rowset(select):
            return sql("({})", rows(select))
        case Nothing():
            return Raw("(select)")
        case Cte(name):
            return ident(name)
        case Kept():
            return kept(origin)
        case _:
            assert_never(origin)


def expression(value: Expression) -> Node:  # noqa: C901 - one arm per type
    """The SQL of a value."""
    match value:
        case ColumnOf(alias, column):
            return ident(alias, column)
        case RowOf(alias):
            return ident(alias)
        case Value(slot, type_):
            return Param(slot) if type_ is None else sql("{}::{}", Param(slot), TypeName(type_))
        case Constant(text):
            return sql("{}::text", Text(text))
        case Cast(inner, type_):
            return sql("({})::{}", expression(inner), TypeName(type_))
        case JsonPath(inner, steps, as_text):
            return json_path(expression(inner), list(map(expression, steps)), as_text)
        case Call(function, arguments):
            return sql("{}({})", ident(*function), join(", ", map(expression, arguments)))
        case Attribute(inner, name):
            return sql("({}).{}", expression(inner), ident(name))
        case _:
            return _made(value)


def condition(test: Condition) -> Node:
    """The SQL of a condition."""
    match test:
        case Compare(left, operator, right, quantifier):
            given = expression(right)
            compared = given if quantifier is None else sql("{}({})", Raw(quantifier.value), given)
            return sql("{} {} {}", expression(left), Raw(operator.value), compared)
        case Is(value, which):
            return sql("{} is {}", expression(value), Raw(which.value))
        case AllOf(conditions):
            return sql("({})", join(" and ", map(condition, conditions))) if conditions else Raw("true")
        case AnyOf(conditions):
            return sql("({})", join(" or ", map(condition, conditions))) if conditions else Raw("false")
        case Not(inner):
            return sql("not ({})", condition(inner))
        case Exists(select):
            return sql("exists ({})", rows(select))
        case _:
            assert_never(test)


def _made(value: Made) -> Node:  # noqa: C901 - one arm per type
    match value:
        case NamedCall():
            return _named_call(value)
        case Whole(number):
            return Number(number)
        case Tuple(parts):
            return sql("({})", join(", ", map(expression, parts)))
        case Encoded(parts):
            return encoded(join(", ", map(expression, parts)))
        case Relabelled(inner, pairs, many):
            return relabelled(expression(inner), pairs, many)
        case FromJson():
            return from_json(value)
        case Coalesce(parts):
            return sql("coalesce({})", join(", ", map(expression, parts)))
        case Holds(test):
            return sql("({})", condition(test))
        case Scalar(select):
            return sql("({})", rows(select))
        case Numbered():
            return Raw("row_number() over ()")
        case Aggregate():
            return _aggregate(value)
        case FirstOf(array):
            return sql("({})[1]", expression(array))
        case RowJson(select, alias, binary):
            return sql("{}{}", row_json(select, alias), Raw("::jsonb" if binary else ""))
        case Listed(array, binary):
            return sql("coalesce({}{}, '[]')", expression(array), Raw("::jsonb" if binary else ""))
        case Written(inner, form):
            return written(expression(inner), form)
        case EachOf(function, array):
            return sql("array(select {}(x) from unnest({}) as x)", ident(*function), expression(array))
        case _:
            assert_never(value)


def header(select: Select) -> Node | None:
    """The keys of `select` with commas between them, where not all of them are names of columns."""
    labels = dict(select.labels)
    keys = [sql("({})::text", expression(labels.get(m.key, Constant(m.key)))) for m in select.members]
    return sql("concat_ws(',', {})", join(", ", keys)) if labels else None


def row_json(select: Select, alias: str) -> Node:
    """A row of `select`, which stands under `alias`, as a JSON object."""
    if not select.labels:
        return sql("row_to_json({}.*)", ident(alias))
    return sql("(select json_object_agg(m.key, m.value) from (values {}) as m (key, value))", _pairs(select, alias))


def all_json(select: Select, alias: str) -> Node:
    """All rows of `select`, which stand under `alias`, as a JSON array; null where there are none."""
    return sql("json_agg({})", row_json(select, alias) if select.labels else sql("{}.*", ident(alias)))


def _pairs(select: Select, alias: str) -> Node:
    labels = dict(select.labels)
    return join(
        ", ",
        [
            sql("({}, to_json({}))", expression(labels.get(m.key, Constant(m.key))), ident(alias, m.key))
            for m in select.members
        ],
    )


def _joined(joined: Joined) -> Node:
    inner, found = rows(joined.select), "rows"
    if joined.gather is Gather.ROWS:
        inner = sql("select {} as rows from ({}) as r", all_json(joined.select, "r"), inner)
    elif joined.gather is Gather.COLUMNS:
        found = "n"
        columns = [sql("json_agg({}) as {}", ident("r", m.key), ident(m.key)) for m in joined.select.members]
        inner = sql("select {} from ({}) as r", join(", ", [*columns, Raw("nullif(count(*), 0) as n")]), inner)
    is_counted = joined.required and joined.gather is not Gather.ROW
    on = sql("{} is not null", ident(joined.alias, found)) if is_counted else Raw("true")
    kind = Raw("inner") if joined.required else Raw("left")
    return sql(" {} join lateral ({}) as {} on {}", kind, inner, ident(joined.alias), on)


def _named_call(call: NamedCall) -> Node:
    passed = [sql("{} => {}", ident(key), expression(value)) for key, value in call.arguments]
    return sql("{}({})", ident(*call.function), join(", ", passed))


def _aggregate(value: Aggregate) -> Node:
    of = Raw("*") if value.of is None else sql("{}{}", expression(value.of), _order_by(value.order))
    call = sql("{}({})", Raw(value.function.value), of)
    return call if value.where is None else sql("{} filter (where {})", call, condition(value.where))


def _member(member: Member, alias: str) -> Node:
    match member:
        case Field(_, value):
            return expression(value)
        case Group():
            return _group(member, alias)
        case Nested():
            if member.shape is Shape.OBJECT:
                return sql("row_to_json({}.*)", ident(member.alias))
            return sql("coalesce({}, '[]')", ident(member.alias, "rows"))
        case _:
            assert_never(member)


def _group(group: Group, alias: str) -> Node:
    columns = [sql("{} as {}", _member(member, alias), ident(member.key)) for member in group.members]
    built = sql("(select row_to_json(o.*) from (select {}) as o)", join(", ", columns))
    if group.present is None:
        return built
    if isinstance(group.present, Condition):
        return sql("case when {} then {} end", condition(group.present), built)
    return sql("case when {} is not null then {} end", expression(group.present), built)


def _lateral(nested: Nested) -> Node:
    kind = Raw("inner") if nested.required else Raw("left")
    inner = rows(nested.select)
    if nested.shape is Shape.ARRAY:
        inner = sql("select json_agg(r.*) as rows from ({}) as r", inner)
    is_counted = nested.required and nested.shape is Shape.ARRAY
    on = sql("{} is not null", ident(nested.alias, "rows")) if is_counted else Raw("true")
    return sql(" {} join lateral ({}) as {} on {}", kind, inner, ident(nested.alias), on)


def _where(test: Condition) -> Node:
    return Raw("") if test == AllOf(()) else sql(" where {}", condition(test))


def _order_by(terms: tuple[Order, ...]) -> Node:
    return sql(" order by {}", join(", ", map(_order, terms))) if terms else Raw("")


def _order(term: Order) -> Node:
    direction = Raw(" desc") if term.descending else Raw("")
    nulls = sql(" {}", Raw(term.nulls.value)) if term.nulls else Raw("")
    return sql("{}{}{}", expression(term.expression), direction, nulls)
