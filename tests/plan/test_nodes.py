"""SQL nodes: what is an identifier stays one, and values never become text."""

from __future__ import annotations

import pytest

from gateway.plan.compile import rows, rows_as_object
from gateway.plan.model import (
    AnyOf,
    Attribute,
    Cast,
    ColumnOf,
    Compare,
    Constant,
    Exists,
    Field,
    FunctionCall,
    Group,
    Is,
    Nested,
    Not,
    Nulls,
    Operator,
    Order,
    Quantifier,
    Select,
    Shape,
    Table,
    Unnest,
    Value,
)
from gateway.plan.model import (
    Test as Truth,
)
from gateway.sql.nodes import Param, Text, ident, join, render, sql

ID = ColumnOf("t", "id")
ONE = Select(Table(("api", "posts")), "t", (Field("id", ID),))


def test_the_same_slot_is_the_same_parameter() -> None:
    rendered = render(sql("{} {} {}", Param(5), Param(2), Param(5)))
    assert (rendered.text, rendered.slots) == ("$1 $2 $1", (5, 2))


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (ident("a", 'b"; drop table x'), '"a"."b""; drop table x"'),
        (Text("it's"), "'it''s'"),
        (Text("back\\slash'"), "E'back\\\\slash'''"),
        (join(", ", [ident("a"), ident("b")]), '"a", "b"'),
    ],
)
def test_quoting(node: Param, text: str) -> None:
    assert render(node).text == text


def test_a_template_needs_its_nodes() -> None:
    with pytest.raises(ValueError, match="1 nodes for 2 places"):
        sql("{} {}", ident("a"))


@pytest.mark.parametrize(
    ("select", "text"),
    [
        (ONE, 'select "t"."id" as "id" from "api"."posts" as "t"'),
        (
            Select(Table(("api", "x")), "t", (), Compare(ID, Operator.EQ, Value(0), Quantifier.ANY)),
            'select 1 from "api"."x" as "t" where "t"."id" = any($1)',
        ),
        (
            Select(FunctionCall(("api", "f"), (("a", Value(0, "bigint")),)), "t", (Field("n", Constant("N")),)),
            'select \'N\'::text as "n" from "api"."f"("a" => $1::bigint) as "t"',
        ),
        (
            Select(Unnest(Attribute(ColumnOf("f", "v"), "edges")), "e", (Field("k", Cast(ID, "text")),)),
            'select ("t"."id")::text as "k" from unnest(("f"."v")."edges") as "e"',
        ),
        (
            Select(Table(("a", "b")), "t", (), AnyOf((Is(ID, Truth.NULL), Not(Exists(ONE))))),
            'select 1 from "a"."b" as "t" where ("t"."id" is null or not (exists (select "t"."id" as "id" from'
            ' "api"."posts" as "t")))',
        ),
        (
            Select(Table(("a", "b")), "t", (), order=(Order(ID, True, Nulls.LAST),), limit=Value(0), offset=Value(1)),
            'select 1 from "a"."b" as "t" order by "t"."id" desc nulls last limit $1 offset $2',
        ),
        (
            Select(Table(("a", "b")), "t", (Group("g", (Field("id", ID),), present=ID),)),
            'select case when "t"."id" is not null then (select row_to_json(o.*) from (select "t"."id" as "id") as o)'
            ' end as "g" from "a"."b" as "t"',
        ),
    ],
)
def test_select(select: Select, text: str) -> None:
    assert render(rows(select)).text == text


def test_nested_rows_are_joined_laterally() -> None:
    inner = Select(Table(("a", "c")), "c", (Field("x", ColumnOf("c", "x")),))
    many = Select(Table(("a", "b")), "t", (Nested("cs", inner, Shape.ARRAY, required=True),))
    one = Select(Table(("a", "b")), "t", (Nested("c", inner, Shape.OBJECT),))
    assert render(rows(many)).text == (
        'select coalesce("c_"."rows", \'[]\') as "cs" from "a"."b" as "t" inner join lateral (select json_agg(r.*) as'
        ' rows from (select "c"."x" as "x" from "a"."c" as "c") as r) as "c_" on "c_"."rows" is not null'
    )
    assert render(rows_as_object(one)).text == (
        'select row_to_json(t.*)::text from (select row_to_json("c_".*) as "c" from "a"."b" as "t" left join lateral'
        ' (select "c"."x" as "x" from "a"."c" as "c") as "c_" on true) as t'
    )
