"""The servers by themselves, and the fixtures that others build on."""

from __future__ import annotations

import httpx
import psycopg
import redis

from services.objects import ObjectStore, StoreConfig
from tests.support.databases import Database


def test_a_database_is_a_copy_of_the_migrated_template(database: Database) -> None:
    assert database.execute("select count(*) from ops.schema_migrations") != [(0,)]
    assert database.execute("show server_version_num")[0][0] >= "180000"


def test_databases_differ(database: Database, module_database: Database) -> None:
    assert database.name != module_database.name


def test_the_scratch_database_is_empty(scratch_database: str) -> None:
    with psycopg.connect(scratch_database) as conn:
        assert conn.execute("select from pg_namespace where nspname = 'api'").fetchone() is None


def test_valkey_answers(valkey: str) -> None:
    with redis.Redis.from_url(valkey) as client:
        client.set("a", "b")
        assert client.get("a") == b"b"


async def test_the_object_store_takes_and_gives_objects(object_store: StoreConfig) -> None:
    store = ObjectStore(object_store)
    async with httpx.AsyncClient() as client:
        answer = await client.put(store.presign_put("a/b", 60), content=b"hello")
    assert answer.status_code == 200
    arrived = await store.arrived("a/b")
    assert arrived is not None
    assert arrived.head == b"hello"
    store.close()
