"""For random tables, rows and filters, the answer is that of a plain evaluation in Python."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from gateway.catalog.read import CATALOG_QUERY, PRIVILEGES_QUERY, read_catalog, read_privileges
from gateway.graphql.role_api import RoleApi
from tests.graphql.evaluation import Link, World
from tests.support.databases import Database


@dataclass(frozen=True)
class Kind:
    """A type of columns: its name in SQL, some of its values, and the operators that compare them."""

    sql: str
    values: tuple[Any, ...]
    operators: str
    patterns: tuple[str, ...] = ()


_ORDER = "eq neq gt gte lt lte in is"
_LISTS = "eq contains containedBy overlaps is"
_UUIDS = ("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b")
KINDS = (
    Kind("integer", (0, 1, 2, -3), _ORDER),
    Kind("bigint", ("1", "9007199254740993", "9007199254740992"), "eq neq in is"),
    Kind("double precision", (0.5, 1.5, -2.0), _ORDER),
    Kind("numeric", (Decimal("0.1"), Decimal("1.50"), Decimal(2)), _ORDER),
    Kind("text", ("", "a", "ab", "aB", "b%"), "eq neq in is"),
    Kind("text", ("", "a", "ab", "aB", "b%"), "startsWith like ilike", ("", "a", "a%", "_b", "%")),
    Kind("text", ("", "a", "ab", "aB", "b"), "regex iregex", ("^a", "b$", "[ab]", "^$", "a|b")),
    Kind("varchar(3)", ("x", "y", "xy"), _ORDER),
    Kind("boolean", (True, False), "eq is"),
    Kind("date", ("2026-01-01", "2026-02-01"), _ORDER),
    Kind("uuid", _UUIDS, "eq neq in is"),
    Kind("prop.mood", ("sad", "so-so"), "eq neq in is"),
    Kind("integer[]", ([], [1], [1, 2], [2]), _LISTS),
    Kind("text[]", ([], ["a"], ['a"', "b\\"]), _LISTS),
)
MOOD = {"sad": "sad", "so-so": "SO_SO"}


@dataclass(frozen=True)
class Asked:
    """A filter of `table`, in the document or as a variable."""

    table: str
    filter: Mapping[str, Any]
    is_literal: bool


@dataclass(frozen=True)
class Case:
    """Two tables, `a` and `b`, where rows of `b` may lead to `a` and to each other; and filters of them."""

    columns: Mapping[str, Mapping[str, Kind]]
    rows: Mapping[str, Sequence[Mapping[str, Any]]]
    asked: Sequence[Asked]

    def world(self) -> World:
        """The rows, with the links that the keys make."""
        return World(
            self.rows,
            {
                "a": {"bCollection": Link("b", "id", "aId", is_many=True)},
                "b": {
                    "a": Link("a", "aId", "id", is_many=False),
                    "next": Link("b", "nextId", "id", is_many=False),
                    "bCollection": Link("b", "id", "nextId", is_many=True),
                },
            },
        )


LINKS = {"a": {"bCollection": ("b", True)}, "b": {"a": ("a", False), "next": ("b", False), "bCollection": ("b", True)}}
KEYS = {"a": {}, "b": {"aId": "a", "nextId": "b"}}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    columns = {
        table: dict(enumerate_names(table, draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4))))
        for table in "ab"
    }
    sizes = {table: draw(st.integers(1, 5)) for table in "ab"}
    rows = {table: [_row(draw, columns[table], table, n, sizes) for n in range(size)] for table, size in sizes.items()}
    of = {table: _filters(columns, table, 2) for table in "ab"}
    asked = [st.builds(Asked, st.just(table), of[table], st.booleans()) for table in "ab"]
    return Case(columns, rows, draw(st.lists(st.one_of(asked), min_size=12, max_size=12)))


def enumerate_names(table: str, kinds: Sequence[Kind]) -> Iterator[tuple[str, Kind]]:
    return ((f"{table}{number}", kind) for number, kind in enumerate(kinds))


def _row(draw: st.DrawFn, columns: Mapping[str, Kind], table: str, number: int, sizes: Mapping[str, int]) -> Any:
    row: dict[str, Any] = {"id": number}
    for name, target in KEYS[table].items():
        row[name] = draw(st.none() | st.integers(0, sizes[target] - 1)) if sizes[target] else None
    return row | {name: draw(st.none() | st.sampled_from(kind.values)) for name, kind in columns.items()}


def _filters(columns: Mapping[str, Mapping[str, Kind]], table: str, depth: int) -> st.SearchStrategy[Any]:
    members: dict[str, st.SearchStrategy[Any]] = {name: _comparison(kind) for name, kind in columns[table].items()}
    if depth:
        own = _filters(columns, table, depth - 1)
        members |= {"and": st.lists(own, max_size=3), "or": st.lists(own, max_size=3), "not": own}
        for field, (target, is_many) in LINKS[table].items():
            there = _filters(columns, target, depth - 1)
            words = dict.fromkeys(("some", "none", "every"), there)
            members[field] = st.fixed_dictionaries({}, optional=words) if is_many else there
    some = st.lists(st.sampled_from(sorted(members)), min_size=1, max_size=2, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: _or_rarely_null(members[name]) for name in names}))


def _or_rarely_null(given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda number: given if number else st.none())


def _comparison(kind: Kind) -> st.SearchStrategy[Any]:
    value = st.sampled_from(kind.patterns or kind.values)
    operands = dict.fromkeys(kind.operators.split(), value)
    operands |= {"in": st.lists(value, max_size=3)} if "in" in operands else {}
    operands |= {"is": st.sampled_from(["NULL", "NOT_NULL"])} if "is" in operands else {}
    some = st.lists(st.sampled_from(sorted(operands)), min_size=1, max_size=2, unique=True)
    return some.flatmap(lambda names: st.fixed_dictionaries({name: _or_rarely_null(operands[name]) for name in names}))


@pytest.fixture(scope="module")
def connection(people: Database) -> Iterator[psycopg.Connection]:
    """A connection whose statements have $1, $2, ..., and whose transactions nobody commits."""
    with psycopg.connect(people.url, cursor_factory=psycopg.RawCursor) as conn:
        yield conn
        conn.rollback()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(case=cases())
def test_filters_mean_what_python_says(connection: psycopg.Connection, case: Case) -> None:
    connection.rollback()
    _create(connection, case)
    api, world = _api(connection), case.world()
    for asked in case.asked:
        document, variables = _document(asked)
        (statement,) = api.compile(document, variables)
        answer = connection.execute(statement.sql.encode(), list(statement.params)).fetchone()
        page = json.loads(answer[0] if answer else "")[f"{asked.table}Collection"]
        expected = [row["id"] for row in world.matching(asked.table, asked.filter)]
        assert [edge["node"]["id"] for edge in page["edges"]] == expected, document
        assert page["aggregate"]["count"] == page["totalCount"] == len(expected)


def _create(connection: psycopg.Connection, case: Case) -> None:
    connection.execute("create schema prop")
    connection.execute("create type prop.mood as enum ('sad', 'so-so')")
    connection.execute("""comment on type prop.mood is '@graphql({"mappings": {"so-so": "SO_SO"}})'""")
    for table in "ab":
        keys = "".join(f', "{name}" integer' for name in KEYS[table])
        columns = "".join(f", {name} {kind.sql}" for name, kind in case.columns[table].items())
        connection.execute(f"create table prop.{table} (id integer primary key{keys}{columns})".encode())
        comment = '@graphql({"totalCount": {"enabled": true}, "aggregate": {"enabled": true}})'
        connection.execute(sql.SQL("comment on table {} is {}").format(sql.Identifier("prop", table), comment))
        for row in case.rows[table]:
            connection.execute(
                f"insert into prop.{table} select (json_populate_record(null::prop.{table}, $1)).*".encode(),
                [json.dumps(row, default=str)],
            )
    connection.execute(
        'alter table prop.b add foreign key ("aId") references prop.a, add foreign key ("nextId") references prop.b'
    )


def _api(connection: psycopg.Connection) -> RoleApi:
    catalog = connection.execute(CATALOG_QUERY, [["prop"], ["public"]]).fetchone()
    (role,) = connection.execute("select current_user::text").fetchone() or ("",)
    privileges = connection.execute(PRIVILEGES_QUERY, [role, ["prop"]]).fetchone()
    assert catalog is not None
    assert privileges is not None
    return RoleApi(read_catalog(catalog[0]), read_privileges(role, privileges[0]))


def _document(case: Asked) -> tuple[str, dict[str, Any]]:
    page = "{totalCount aggregate {count} edges {node {id}}}"
    if case.is_literal:
        return f"{{{case.table}Collection(filter: {_literal(case.filter)}) {page}}}", {}
    head = f"query ($f: {case.table}Filter) {{{case.table}Collection(filter: $f)"
    return f"{head} {page}}}", {"f": _plain(case.filter)}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case Decimal():
            return str(value)
        case str():
            return MOOD.get(value, value)
        case _:
            return value


def _literal(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{name}: {_literal(item)}" for name, item in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_literal, value)) + "]"
        case "NULL" | "NOT_NULL" | "sad" | "so-so":
            return MOOD.get(str(value), str(value))
        case Decimal():
            return f'"{value}"'
        case _:
            return json.dumps(value)
