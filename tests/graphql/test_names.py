"""Names and comment directives, by pg_graphql's documented rules."""

from __future__ import annotations

import pytest

from gateway.graphql import naming
from gateway.graphql.directives import ForeignKeyDirective, read_directive


@pytest.mark.parametrize(
    ("name", "type_name", "field_name"),
    [
        ("blog_post", "BlogPost", "blogPost"),
        ("BlogPost", "BlogPost", "blogPost"),
        ("_email", "Email", "email"),
        ("a__b", "AB", "aB"),
        ("post_2nd", "Post2nd", "post2nd"),
    ],
)
def test_inflection(name: str, type_name: str, field_name: str) -> None:
    assert naming.type_name(name, inflect=True) == type_name
    assert naming.field_name(name, inflect=True) == field_name
    assert naming.field_name(name, inflect=False) == name


@pytest.mark.parametrize(
    ("column", "inflected", "literal"),
    [
        ("owner_id", "owner", None),
        ("ownerId", None, "owner"),
        ("id", None, None),
        ("_id", None, None),
        ("Id", None, None),
    ],
)
def test_a_key_column_names_what_it_points_at(column: str, inflected: str | None, literal: str | None) -> None:
    assert (naming.without_id(column, inflect=True), naming.without_id(column, inflect=False)) == (inflected, literal)


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("a1", True),
        ("_a", True),
        ("__a", False),
        ("1a", False),
        ("a b", False),
        ("é", False),
        ("", False),
        ("a\n", False),
    ],
)
def test_valid_names(name: str, valid: bool) -> None:
    assert naming.is_valid(name) is valid


def test_a_function_loses_one_underscore() -> None:
    assert naming.function_field_name("_full_name", inflect=True) == "fullName"
    assert naming.function_field_name("__full_name", inflect=False) == "_full_name"


@pytest.mark.parametrize(
    "comment", ["@graphql({)", "@graphql([1])", "@graphql({} oops", "graphql({})", '@graphql({"name": 3})']
)
def test_what_is_no_directive_says_nothing(comment: str) -> None:
    assert read_directive(comment).name is None


def test_the_text_around_a_directive_is_documentation() -> None:
    directive = read_directive(
        'Before. @graphql({"name": "A)", "max_rows": 5, "totalCount": {"enabled": true}}) After.'
    )
    assert (directive.name, directive.max_rows, directive.total_count) == ("A)", 5, True)
    assert directive.documentation == "Before.  After."
    assert read_directive('@graphql({"description": "Said here."}) Not here.').documentation == "Said here."
    assert read_directive(None).documentation is None


def test_declared_keys() -> None:
    directive = read_directive(
        """@graphql({"primary_key_columns": ["a", 1], "foreign_keys": [
            {"local_columns": ["x"], "foreign_schema": "s", "foreign_table": "t", "foreign_columns": ["id"],
             "local_name": "xs"},
            {"local_columns": []}, 7]})"""
    )
    assert directive.primary_key_columns == ("a",)
    assert directive.foreign_keys == (ForeignKeyDirective(("x",), "s", "t", ("id",), "xs", None),)
