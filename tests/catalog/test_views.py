"""Keys of views, functions of rows in public, and representations of domains."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from gateway.catalog.model import Catalog
from gateway.catalog.read import CATALOG_QUERY, read_catalog
from gateway.catalog.views import origins

_SCHEMA = """
create schema depths;
create schema faces;
create table depths.makers (id integer primary key, name text);
create table depths.items (a integer, b integer, maker_id integer references depths.makers, primary key (a, b));
create table faces.notes (a integer, b integer, foreign key (a, b) references depths.items);
create view faces.makers as select name, id as maker from depths.makers;
create view faces."odd {items}" as select a as x, b as "y )", maker_id, a + b as total from depths.items;
create view faces.above as select i."y )" as y, i.x, maker_id as m from faces."odd {items}" as i;
create view faces.joined as
select m.id, i.a, i.b, (select count(*) from depths.makers as c) as n
from depths.items as i inner join depths.makers as m on m.id = i.maker_id;
create view faces.united as select id from depths.makers union all select a from depths.items;
create materialized view faces.frozen as select * from depths.makers;
create domain faces.code as bigint;
create function faces.json(faces.code) returns json language sql immutable as 'select to_json($1::bigint::text)';
create function faces.code(text) returns faces.code language sql immutable as 'select $1::bigint';
create cast (faces.code as json) with function faces.json(faces.code);
create cast (text as faces.code) with function faces.code(text);
create table faces.coded (id faces.code);
create function public.first_of(faces.coded) returns text language sql stable as 'select $1.id::text';
"""


@pytest.fixture(scope="module")
def catalog(scratch_database: str) -> Iterator[Catalog]:
    with psycopg.connect(scratch_database, autocommit=True, cursor_factory=psycopg.RawCursor) as conn:
        conn.execute("set client_min_messages to error")
        for statement in _SCHEMA.split(";\n"):
            if statement.strip():
                conn.execute(statement.encode())
        found = conn.execute(CATALOG_QUERY, [["faces"], ["public"]]).fetchone()
        yield read_catalog(found[0] if found else "")
        conn.execute("drop schema faces, depths cascade")


def keys(catalog: Catalog) -> set[tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    return {(key.table[1], key.columns, key.target[1], key.target_columns) for key in catalog.view_keys}


def test_views_take_the_foreign_keys_of_their_tables(catalog: Catalog) -> None:
    assert ("odd {items}", ("maker_id",), "makers", ("maker",)) in keys(catalog)
    assert ("odd {items}", ("maker_id",), "frozen", ("id",)) in keys(catalog)
    assert ("above", ("m",), "makers", ("maker",)) in keys(catalog)
    assert ("notes", ("a", "b"), "odd {items}", ("x", "y )")) in keys(catalog)
    assert ("notes", ("a", "b"), "joined", ("a", "b")) in keys(catalog)


def test_tables_that_are_not_exposed_do_not_appear(catalog: Catalog) -> None:
    assert {schema for key in catalog.view_keys for schema, _ in (key.table, key.target)} == {"faces"}
    assert catalog.foreign_keys == ()


def test_views_know_what_tells_their_rows_apart(catalog: Catalog) -> None:
    shown = {name: relation.key for (_, name), relation in catalog.relations.items()}
    assert shown["makers"] == ("maker",)
    assert shown["above"] == ("x", "y")
    assert set(shown["joined"]) == {"id", "a", "b"}
    assert shown["united"] == ()


def test_representations_are_functions_by_their_types(catalog: Catalog) -> None:
    code = catalog.relations["faces", "coded"].columns["id"].type
    assert catalog.to_json(code) == ("faces", "json")
    assert catalog.from_text(code) == ("faces", "code")
    assert catalog.from_json(code) is None
    assert catalog.to_json(20) is None


def test_functions_of_rows_in_public_are_computed_fields_and_no_more(catalog: Catalog) -> None:
    assert "first_of" in {function.name[1] for function in catalog.computed}
    assert ("public", "first_of") not in catalog.functions


def test_columns_that_are_computed_have_no_origin() -> None:
    rule = "({QUERY :targetList ({TARGETENTRY :resno 1 :resname a\\ {b :resorigtbl 7 :resorigcol 2}"
    rule += " {TARGETENTRY :expr {VAR :varno 1} :resno 2 :resorigtbl 0 :resorigcol 0})})"
    assert origins(rule.replace(" {b", "\\ \\{b")) == {1: (7, 2)}
