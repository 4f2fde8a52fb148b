"""The catalogue of a schema with one of everything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from gateway.catalog.model import ArgumentMode, Catalog, RelationKind, TypeKind, Volatility
from gateway.catalog.read import PRIVILEGES_QUERY, read_privileges
from gateway.catalog.watch import CatalogUnavailable, CatalogWatcher

_SCHEMA = """
create schema shop;
comment on schema shop is 'The shop';
create type shop.colour as enum ('red', 'blue');
create domain shop.code as text check (value <> '');
create type shop.size as (width integer, tags text[]);
create table shop.makers (id bigint generated always as identity primary key, name shop.code not null unique);
create table shop.items (
    maker_id bigint references shop.makers,
    number integer,
    paint shop.colour,
    size shop.size,
    price integer default 0,
    double_price integer generated always as (price * 2) stored,
    primary key (maker_id, number)
);
comment on table shop.items is 'Items';
comment on column shop.items.price is 'In piastres';
create table shop.labels (maker_id bigint, number integer, foreign key (maker_id, number) references shop.items,
    unique (maker_id, number));
create view shop.cheap as select * from shop.items where price < 10;
create materialized view shop.counts as select count(*) as n from shop.items;
create table shop.days (day date not null) partition by range (day);
create table shop.days_2026 partition of shop.days for values from ('2026-01-01') to ('2027-01-01');
create function shop.label(item shop.items) returns text language sql immutable as 'select ''x''';
create function shop.find(kind text, amount integer default 3, variadic rest text[] default '{}')
    returns table (id bigint, title text) language sql stable set statement_timeout = '1s' as 'select 1::bigint, kind';
create function shop.tg_noop() returns trigger language plpgsql as 'begin return new; end';
do $$ begin create role shop_clerk; exception when duplicate_object then null; end $$;
alter role shop_clerk set statement_timeout = '7s';
grant usage on schema shop to shop_clerk;
grant select (number, price), update (price), delete on shop.items to shop_clerk;
"""


@pytest.fixture(scope="module")
def shop(scratch_database: str) -> Iterator[str]:
    with psycopg.connect(scratch_database, autocommit=True) as conn:
        conn.execute(_SCHEMA)
        yield scratch_database
        conn.execute("drop schema shop cascade; drop owned by shop_clerk; drop role shop_clerk")


@pytest.fixture(scope="module")
async def catalog(shop: str) -> Catalog:
    watcher = CatalogWatcher(shop, ["shop"])
    await watcher.start()
    await watcher.close()
    return watcher.current()


def test_relations_by_kind(catalog: Catalog) -> None:
    kinds = {name[1]: relation.kind for name, relation in catalog.relations.items()}
    assert kinds == {
        "makers": RelationKind.TABLE,
        "items": RelationKind.TABLE,
        "labels": RelationKind.TABLE,
        "cheap": RelationKind.VIEW,
        "counts": RelationKind.MATERIALIZED_VIEW,
        "days": RelationKind.PARTITIONED,
    }
    assert catalog.schemas == {"shop": "The shop"}


def test_columns_keys_and_what_can_be_written(catalog: Catalog) -> None:
    items = catalog.relations["shop", "items"]
    assert items.primary_key == ("maker_id", "number")
    assert items.columns["double_price"].is_generated
    assert items.columns["price"].comment == "In piastres"
    assert items.columns["paint"].nullable
    assert catalog.relations["shop", "makers"].columns["id"].identity == "a"
    assert catalog.relations["shop", "makers"].uniques == (("id",), ("name",))
    assert catalog.relations["shop", "cheap"].updatable
    assert not catalog.relations["shop", "counts"].insertable


def test_foreign_keys_both_ways(catalog: Catalog) -> None:
    (to_items,) = [key for key in catalog.foreign_keys if key.target == ("shop", "items")]
    assert to_items.columns == ("maker_id", "number") == to_items.target_columns
    assert to_items.is_one_to_one
    (to_makers,) = [key for key in catalog.foreign_keys if key.table == ("shop", "items")]
    assert not to_makers.is_one_to_one


def test_types_reach_what_they_are_made_of(catalog: Catalog) -> None:
    items = catalog.relations["shop", "items"]
    paint, size = catalog.type_of(items.columns["paint"].type), catalog.type_of(items.columns["size"].type)
    assert (paint.kind, paint.labels, paint.sql) == (TypeKind.ENUM, ("red", "blue"), "shop.colour")
    assert [attribute.name for attribute in size.attributes] == ["width", "tags"]
    assert catalog.type_of(size.attributes[1].type).is_array
    name = catalog.type_of(catalog.relations["shop", "makers"].columns["name"].type)
    assert (name.kind, catalog.type_of(name.base).sql) == (TypeKind.DOMAIN, "text")
    assert catalog.type_of(items.row_type).relation == ("shop", "items")


def test_functions(catalog: Catalog) -> None:
    assert ("shop", "tg_noop") not in catalog.functions
    (find,) = catalog.functions["shop", "find"]
    assert [(a.name, a.mode, a.has_default) for a in find.inputs] == [
        ("kind", ArgumentMode.IN, False),
        ("amount", ArgumentMode.IN, True),
        ("rest", ArgumentMode.VARIADIC, True),
    ]
    assert [a.name for a in find.outputs] == ["id", "title"]
    assert (find.returns_set, find.volatility) == (True, Volatility.STABLE)
    assert find.settings == (("statement_timeout", "1s"),)
    assert set(catalog.computed_fields(("shop", "items"))) == {"label"}


def test_settings_of_roles(catalog: Catalog) -> None:
    assert catalog.role_settings["shop_clerk"] == {"statement_timeout": "7s"}


def test_privileges_of_a_role(shop: str, catalog: Catalog) -> None:
    with psycopg.connect(shop, cursor_factory=psycopg.RawCursor) as conn:
        row = conn.execute(PRIVILEGES_QUERY, ["shop_clerk", ["shop"]]).fetchone()
    assert row is not None
    privileges = read_privileges("shop_clerk", row[0])
    items = privileges.tables["shop", "items"]
    assert (items.select, items.update, items.insert, items.delete) == ({"number", "price"}, {"price"}, set(), True)
    assert not privileges.tables["shop", "makers"].select


async def test_watcher_replaces_the_catalogue_when_told(shop: str) -> None:
    watcher, changed = CatalogWatcher(shop, ["shop"]), asyncio.Event()
    await watcher.start()
    before = watcher.current()
    watcher.on_change(lambda _: changed.set())
    async with await psycopg.AsyncConnection.connect(shop, autocommit=True) as conn:
        await conn.execute("create view shop.fresh as select 1 as n; notify pgrst, 'reload schema'")
        async with asyncio.timeout(1):
            await changed.wait()
        await conn.execute("drop view shop.fresh")
    assert ("shop", "fresh") in watcher.current().relations
    assert watcher.current().version > before.version
    await watcher.close()


async def test_watcher_survives_the_loss_of_its_connection(shop: str) -> None:
    watcher, changed = CatalogWatcher(shop, ["shop"]), asyncio.Event()
    await watcher.start()
    watcher.on_change(lambda _: changed.set())
    async with await psycopg.AsyncConnection.connect(shop, autocommit=True) as conn:
        await conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'daira-catalog'"
        )
        assert watcher.current().relations
        async with asyncio.timeout(5):
            await changed.wait()
    await watcher.close()


async def test_without_a_server_there_is_no_catalogue() -> None:
    watcher = CatalogWatcher("host=127.0.0.1 port=1", ["shop"])
    await watcher.start()
    with pytest.raises(CatalogUnavailable):
        watcher.current()
    await watcher.close()
