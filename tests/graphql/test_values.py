"""How values are written and compared: enums of every kind, JSON as JSON, sets of values, filters switched off."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.graphql.domains import values_of
from gateway.graphql.limits import Limits
from tests.graphql.conftest import Client, role_api
from tests.support.databases import Database

DIARY = "{diaryCollection%s {edges {node {%s}}}}"


async def _nodes(client: Client, selected: str, arguments: str = "") -> list[Any]:
    data = await client.data(DIARY % (arguments, selected))
    return [edge["node"] for edge in data["diaryCollection"]["edges"]]


async def test_a_text_domain_as_an_enum(reading: Client, people: Database) -> None:
    assert await _nodes(reading, "mood moods") == [
        {"mood": "happy", "moods": ["happy", "SO_SO"]},
        {"mood": "BAD", "moods": None},
    ]
    mood: Any = role_api(people, "reading", "authenticated").schema.type_map["Mood"]
    assert (list(mood.values), mood.description) == (["happy", "SO_SO", "BAD"], "How one feels.")


@pytest.mark.parametrize(
    ("filter_", "ids"),
    [
        ("{mood: {eq: BAD}}", [2]),
        ("{mood: {in: [happy, SO_SO]}}", [1]),
        ("{mood: {neq: SO_SO}}", [1, 2]),
        ("{moods: {contains: SO_SO}}", [1]),
        ("{sizes: {overlaps: [XL]}}", [1]),
        ("{size: {eq: XL}}", [1]),
        ("{plain: {startsWith: \"a\"}}", [1]),
    ],
)  # fmt: skip
async def test_filters_on_enums(reading: Client, filter_: str, ids: list[int]) -> None:
    assert await _nodes(reading, "id", f"(filter: {filter_})") == [{"id": number} for number in ids]


async def test_labels_in_arrays_have_their_graphql_names(reading: Client) -> None:
    assert await _nodes(reading, "sizes") == [{"sizes": ["s", None, "XL"]}, {"sizes": []}]
    assert await reading.data("{sizesOf(n: 5) moodAfter(mood: happy)}") == {
        "sizesOf": ["s", "XL"],
        "moodAfter": "SO_SO",
    }


async def test_enums_of_domains_are_written(reading: Client) -> None:
    document = """mutation ($m: Mood!) {insertIntoDiaryCollection(objects: [{id: 3, mood: $m, moods: [BAD, SO_SO]}])
        {records {mood moods}}}"""
    data = await reading.data(document, {"m": "SO_SO"})
    assert data["insertIntoDiaryCollection"]["records"] == [{"mood": "SO_SO", "moods": ["BAD", "SO_SO"]}]


async def test_json_as_json(reading: Client) -> None:
    (first, second) = await _nodes(reading, "s: data j: data @json p: parts @json b: big @json", "(first: 2)")
    assert first == {
        "s": '{"a": [1, 9007199254740993]}',
        "j": {"a": [1, 9007199254740993]},
        "p": [{"b": 1}],
        "b": "9007199254740993",
    }
    assert second == {"s": "null", "j": None, "p": None, "b": None}


async def test_sets_of_values(reading: Client) -> None:
    data = await reading.data("{numbers documents d: documents @json none: sizesOf(n: 0)}")
    assert data == {"numbers": ["3", None, "1"], "documents": ['{"a": 1}'], "d": [{"a": 1}], "none": []}
    assert (await _nodes(reading, "words", "(first: 1)")) == [{"words": ["t", "b"]}]


def _filters(people: Database, type_: str, *, indexable: bool) -> dict[str, str]:
    api = role_api(people, "reading", "authenticated", Limits(indexable_filters=indexable))
    fields = api.schema.type_map[type_].fields  # type: ignore[attr-defined]
    return {name: str(field.type) for name, field in fields.items()}


def test_filters_are_switched_off_by_comments(people: Database) -> None:
    diary = _filters(people, "DiaryFilter", indexable=False)
    assert "body" not in diary
    assert (diary["title"], diary["price"], diary["tags"]) == ("StringFilter", "BigFloatFilter", "StringListFilter")
    narrow = _filters(people, "NarrowFilter", indexable=False)
    assert {name: narrow.get(name) for name in ("id", "title", "genre", "tags")} == {
        "id": "IntFilter", "title": "IndexableStringFilter", "genre": None, "tags": None,
    }  # fmt: skip


def test_filters_are_switched_off_by_a_setting_where_policies_hide_rows(people: Database) -> None:
    diary = _filters(people, "DiaryFilter", indexable=True)
    assert {"price", "tags", "size", "sizes", "moods", "data", "body"}.isdisjoint(diary)
    assert (diary["mood"], diary["title"], diary["motto"]) == ("MoodFilter", "IndexableStringFilter", "StringFilter")
    assert _filters(people, "ItemFilter", indexable=True)["name"] == "StringFilter"
    text = _filters(people, "IndexableStringFilter", indexable=True)
    assert set(text) == {"eq", "neq", "gt", "gte", "lt", "lte", "startsWith", "in", "is"}


def test_orders_stay_where_filters_are_off(people: Database) -> None:
    assert {"body", "price"} <= set(_filters(people, "DiaryOrderBy", indexable=True))


@pytest.mark.parametrize(
    ("check", "values"),
    [
        ("CHECK ((VALUE = ANY (ARRAY['a'::text, 'it''s b'::text])))", ("a", "it's b")),
        (
            "CHECK (((VALUE)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])))",
            ("a", "b"),
        ),
        ("CHECK ((VALUE = 'a'::text))", ("a",)),
        ("CHECK ((VALUE >= 0))", ()),
        ("CHECK (((VALUE = 'a'::text) OR (length(VALUE) > 3)))", ()),
    ],
)
def test_the_values_of_a_check(check: str, values: tuple[str, ...]) -> None:
    assert values_of([check]) == values
