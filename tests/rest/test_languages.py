"""The small languages of the query string, without a database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.plan.model import Nulls
from gateway.rest.errors import RestError
from gateway.rest.intent import FieldPath, Filter, Join, JsonStep, OrderTerm, SelectAll, SelectEmbed, SelectField
from gateway.rest.lexer import lex
from gateway.rest.parser import parse, parse_order, parse_select
from gateway.rest.values import array_literal, as_list


def test_requests_that_differ_in_values_share_a_shape() -> None:
    one = lex("id=eq.1&select=id&name=like.a*&limit=5&tag=in.(a,b)")
    two = lex("id=eq.2&select=id&name=like.b*&limit=9&tag=in.(c)")
    assert one.shape == two.shape
    assert one.values == ("1", "a*", "5", "(a,b)")


def test_keywords_belong_to_the_shape() -> None:
    assert lex("a=is.null").shape != lex("a=is.true").shape
    assert lex("a=not.is.null").values == ()


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", ()),
        ("*", (SelectAll(),)),
        ("a,b:c", (SelectField(FieldPath("a"), None, None), SelectField(FieldPath("c"), "b", None))),
        ("a::text", (SelectField(FieldPath("a"), None, "text"),)),
        ("x:a::int4", (SelectField(FieldPath("a"), "x", "int4"),)),
        ('"odd, name"', (SelectField(FieldPath("odd, name"), None, None),)),
        (
            "d->0->>k",
            (SelectField(FieldPath("d", (JsonStep("0", True), JsonStep("k", False)), True), None, None),),
        ),
        ("u(*)", (SelectEmbed("u", None, None, Join.LEFT, (SelectAll(),)),)),
        ("u()", (SelectEmbed("u", None, None, Join.LEFT, ()),)),
        (
            "x:u!fk!inner(a)",
            (SelectEmbed("u", "fk", "x", Join.INNER, (SelectField(FieldPath("a"), None, None),)),),
        ),
    ],
)
def test_select(text: str, items: tuple[object, ...]) -> None:
    assert parse_select(text) == items


@pytest.mark.parametrize("text", ["a,", ",a", "a(b", "a)b", "a!x", "a:", "::text", "a(b))"])
def test_select_that_cannot_be_read(text: str) -> None:
    with pytest.raises(RestError) as caught:
        parse_select(text)
    assert caught.value.code == "PGRST100"


def test_order() -> None:
    assert parse_order("a,b.desc,c->>k.asc.nullslast") == (
        OrderTerm(FieldPath("a"), False, None),
        OrderTerm(FieldPath("b"), True, None),
        OrderTerm(FieldPath("c", (JsonStep("k", False),), True), False, Nulls.LAST),
    )


def test_filters_reach_through_embeds_and_json() -> None:
    intent = parse(lex("author.data->>city=not.eq.Cairo").shape)
    path, asked = intent.filters[0]
    assert path == ("author",)
    assert isinstance(asked, Filter)
    assert asked.field == FieldPath("data", (JsonStep("city", False),), True)
    assert (asked.operator, asked.negated, asked.slot) == ("eq", True, 0)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)))
def test_any_quoted_list_becomes_the_array_of_its_items(items: list[str]) -> None:
    quoted = ",".join('"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"' for item in items)
    assert as_list(f"({quoted})") == array_literal(items)


@given(st.text())
def test_no_query_string_does_anything_but_parse_or_be_refused(query: str) -> None:
    try:
        parse(lex(query).shape)
    except RestError as error:
        assert error.status == 400  # noqa: PT017 - refusing is one of the two right outcomes
