"""Names that meet: nothing of it breaks the schema, the first one stays."""

from __future__ import annotations

from graphql import validate_schema

from tests.graphql.conftest import role_api
from tests.support.databases import Database

_SCHEMA = """
create schema clashes;
comment on schema clashes is '@graphql({"inflect_names": true})';
create table clashes.date (id integer primary key);
create table clashes.query (id integer primary key);
create table clashes.page_info (id integer primary key);
create table clashes.post (id integer primary key, posts text, post text, "and" integer, node_id integer);
create table clashes.post_filter (id integer primary key);
create table clashes.posts (id integer primary key, post_id integer references clashes.post (id));
comment on table clashes.posts is '@graphql({"name": "Post"})';
create type clashes.post_kind as enum ('a');
comment on type clashes.post_kind is '@graphql({"name": "Post"})';
create type clashes.empty as enum ();
create type clashes.kind as enum ('x');
create table clashes.thing (id integer primary key, kind clashes.kind, post_kind clashes.post_kind, none clashes.empty);
create type clashes.date_time as (kind integer);
create type clashes.string as (kind integer);
create type clashes.kind_filter as (kind integer);
create type clashes.nameless as ("1" integer);
create function clashes.a() returns clashes.string language sql immutable return null::clashes.string;
create function clashes.b(x clashes.kind_filter) returns clashes.kind_filter language sql immutable return x;
create function clashes.c() returns clashes.date_time language sql immutable return null::clashes.date_time;
create table clashes.hidden (id integer);
create type clashes.of_hidden as (hidden clashes.hidden);
create function clashes.d() returns clashes.nameless language sql immutable return null::clashes.nameless;
create function clashes.e(x clashes.nameless) returns integer language sql immutable return 1;
create function clashes.f() returns clashes.of_hidden language sql immutable return null::clashes.of_hidden;
create function clashes.g() returns clashes.of_hidden language sql immutable return null::clashes.of_hidden;
create table clashes.tagged (tags text[] primary key, extra json);
create function clashes.node() returns integer language sql immutable return 1;
create function clashes.post_collection() returns integer language sql immutable return 1;
grant usage on schema clashes to anon;
grant select, insert, update, delete on all tables in schema clashes to anon;
grant execute on all functions in schema clashes to anon;
"""


def test_the_schema_stays_valid(people: Database) -> None:
    with people.connect() as conn:
        conn.execute(_SCHEMA.encode())
    api = role_api(people, "clashes", "anon")
    assert validate_schema(api.schema) == []
    assert {shape.type_name for shape in api.surface.relations.values()} == {"Post", "Tagged", "Thing"}
    by_key = {"postByPk", "taggedByPk", "thingByPk"}
    assert set(api.surface.query) == {"node", "postCollection", "taggedCollection", "thingCollection", "c"} | by_key
    assert {"Kind", "DateTime", "PostFilter"} <= set(api.schema.type_map)
    assert "orderBy" not in api.schema.query_type.fields["taggedCollection"].args  # type: ignore[union-attr]
    assert "order by" in api.compile("{taggedCollection {edges {node {tags}}}}")[0].sql
    thing = api.surface.relations["clashes", "thing"].fields
    assert [type(thing[name].result.type).__name__ for name in ("kind", "postKind", "none")] == [  # type: ignore[union-attr]
        "EnumShape",
        "Scalar",
        "Scalar",
    ]
