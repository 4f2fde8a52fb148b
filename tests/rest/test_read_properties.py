"""Properties of reading: filters mean what Python says they mean, and every string comes back as it went."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.catalog.model import Catalog
from gateway.catalog.read import CATALOG_QUERY, read_catalog
from gateway.rest.lexer import lex
from gateway.rest.plans import compile_read
from tests.support.databases import Database

SCHEMA = "odd schéma"
Truth = bool | None
Row = dict[str, Any]
Read = Callable[[str, str], list[Row]]
usual = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def connection(library: Database) -> Iterator[psycopg.Connection]:
    """A connection whose statements have $1, $2, ..."""
    with psycopg.connect(library.url, autocommit=True, cursor_factory=psycopg.RawCursor) as conn:
        yield conn


@pytest.fixture(scope="module")
def read(connection: psycopg.Connection) -> Read:
    """The rows of a query string, without HTTP."""
    document = connection.execute(CATALOG_QUERY, [[SCHEMA], ["public"]]).fetchone()
    catalog: Catalog = read_catalog(document[0] if document else "")

    def rows(name: str, query: str) -> list[Row]:
        lexed = lex(query)
        plan = compile_read(catalog, (SCHEMA, name), lexed)
        answer = connection.execute(plan.statement.text.encode(), plan.params(lexed.values)).fetchone()
        found: list[Row] = json.loads(answer[2]) if answer else []
        return found

    return rows


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def compared(left: Any, right: Any, test: Callable[[Any, Any], bool]) -> Truth:
    return None if left is None or right is None else test(left, right)


def all_of(truths: list[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def any_of(truths: list[Truth]) -> Truth:
    return negated(all_of([negated(truth) for truth in truths]))


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b,
    "neq": lambda a, b: a != b,
    "gt": lambda a, b: a > b,
    "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "lte": lambda a, b: a <= b,
}
Leaf = tuple[str, Callable[[Row], Truth]]
NUMBERS = st.integers(-2, 12)
PATTERNS = st.text(alphabet="aNRd*_", min_size=1, max_size=4)


def like(pattern: str) -> Callable[[str, str], bool]:
    parts = [".*" if c == "*" else "." if c == "_" else re.escape(c) for c in pattern]
    return lambda value, _: re.fullmatch("".join(parts), value, re.DOTALL) is not None


@st.composite
def leaves(draw: st.DrawFn) -> Leaf:
    """A filter as text, and what it means."""
    column = draw(st.sampled_from(["id", "score"]))
    kind = draw(st.sampled_from([*COMPARISONS, "in", "isdistinct", "null", "like", "any", "all"]))
    number, numbers = draw(NUMBERS), draw(st.lists(NUMBERS, max_size=3))
    listed = ",".join(map(str, numbers))
    if kind == "in":
        return f"{column}.in.({listed})", lambda row: any_of(
            [compared(row[column], n, COMPARISONS["eq"]) for n in numbers]
        )
    if kind in ("any", "all"):
        whole = any_of if kind == "any" else all_of
        return f"{column}.gt({kind}).{{{listed}}}", lambda row: whole(
            [compared(row[column], n, COMPARISONS["gt"]) for n in numbers]
        )
    if kind == "isdistinct":
        return f"{column}.isdistinct.{number}", lambda row: row[column] != number
    if kind == "null":
        return "score.is.null", lambda row: row["score"] is None
    if kind == "like":
        pattern = draw(PATTERNS)
        return f"name.like.{pattern}", lambda row: compared(row["name"], pattern, like(pattern))
    return f"{column}.{kind}.{number}", lambda row: compared(row[column], number, COMPARISONS[kind])


def denied(leaf: Leaf) -> Leaf:
    column, operation = leaf[0].split(".", 1)
    return f"{column}.not.{operation}", lambda row: negated(leaf[1](row))


def combined(inner: st.SearchStrategy[Leaf]) -> st.SearchStrategy[Leaf]:
    def combine(kind: str, is_not: bool, terms: list[Leaf]) -> Leaf:
        whole = all_of if kind == "and" else any_of

        def means(row: Row) -> Truth:
            truth = whole([term(row) for _, term in terms])
            return negated(truth) if is_not else truth

        return f"{'not.' if is_not else ''}{kind}({','.join(text for text, _ in terms)})", means

    terms = st.lists(inner, min_size=1, max_size=3)
    return st.builds(combine, st.sampled_from(["and", "or"]), st.booleans(), terms)


trees = st.recursive(st.one_of(leaves(), leaves().map(denied)), combined, max_leaves=8)


@usual
@given(trees)
def test_a_tree_of_filters_keeps_the_rows_that_python_keeps(read: Read, tree: Leaf) -> None:
    text, means = tree
    everything = read("authors", "select=id,name,score&order=id")
    kept = read("authors", f"select=id,name,score&order=id&and=({quote(text)})")
    assert kept == [row for row in everything if means(row) is True]


strings = st.text(
    alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20
) | st.sampled_from(
    [
        '"',
        "\\",
        "\\\\",
        "a,b",
        "(a)",
        "100%",
        "صباح الخير",
        "🙂",
        "a\nb",
        "*",
        "null",
        "{}",
        '{"a,b"}',
        "eq.1",
        "'",
        "$1",
        " a ",
    ]
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def keep(connection: psycopg.Connection, text: str) -> None:
    connection.execute(
        f'insert into "{SCHEMA}".texts values (1, $1) on conflict (id) do update set t = excluded.t', [text]
    )


@usual
@given(strings)
def test_every_string_is_found_by_itself(read: Read, connection: psycopg.Connection, text: str) -> None:
    keep(connection, text)
    wanted = [{"t": text}]
    assert read("texts", f"select=t&t=eq.{quote(text)}") == wanted
    assert read("texts", f"select=t&t=in.({quote(quoted(text))},x)") == wanted
    assert read("texts", f"select=t&or=(t.eq.{quote(quoted(text))},id.eq.2)") == wanted
    assert read("texts", f"select=t&or=(t.in.({quote(quoted(text))}),id.eq.2)") == wanted
    assert read("texts", f"select=t&t=neq.{quote(text)}") == []


@usual
@given(strings.filter(bool))
def test_every_string_can_be_an_alias(read: Read, connection: psycopg.Connection, text: str) -> None:
    keep(connection, "x")
    assert read("texts", f"select={quote(quoted(text))}:t") == [{text: "x"}]


@usual
@given(st.lists(strings, max_size=4))
def test_every_string_can_be_a_key_of_json(read: Read, connection: psycopg.Connection, keys: list[str]) -> None:
    for key in filter(bool, keys):
        assert read("authors", f"select=v:data->>{quote(quoted(key))}&id=eq.3") == [{"v": None}]
