"""Fixtures for every test: servers once per run, databases per test or module, the whole stack when asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from daira.buckets import prepare_buckets
from daira.clickhouse import Engine
from daira.home import home_at
from daira.keys import Keys, load_keys
from daira.migrate import packaged_source
from daira.ports import Ports, choose_ports
from daira.servers.account import let_through, server_account
from daira.servers.postgres import PostgresPlace
from daira.servers.seaweed import forget_sockets, prepare_seaweed
from daira.servers.valkey import prepare_valkey, valkey_url
from services.clickhouse import StoreConfig as AnalyticsConfig
from services.objects import StoreConfig
from tests.support import pgtap
from tests.support.databases import Database, copied, create, make_template
from tests.support.servers import directory, postgres_server, running
from tests.support.stacks import Stack, running_stack
from tests.support.stores import config_for, engine_in, front
from tests.support.tokens import Tokens


@pytest.fixture(scope="session")
def run_directory() -> Iterator[Path]:
    """Where the servers of this run keep everything."""
    with directory("test") as path:
        yield path


@pytest.fixture(scope="session")
def pgtap_directory(pytestconfig: pytest.Config) -> Path:
    """pgTAP's files, fetched once and kept in pytest's cache. A missing pgTAP fails the run."""
    assert pytestconfig.cache is not None
    ready = pgtap.provide(pytestconfig.cache.mkdir("pgtap"))
    let_through(ready / "extension", server_account())
    return ready


@pytest.fixture(scope="session")
def postgres(run_directory: Path) -> Iterator[PostgresPlace]:
    """The PostgreSQL of this run. Roles belong to the whole server: make your own under names of your own."""
    with postgres_server(run_directory / "pg") as place:
        yield place


@pytest.fixture(scope="session")
def scratch_database(run_directory: Path) -> Iterator[str]:
    """The superuser's address of a database, on a server of its own, that has nothing of DAIRA in it, not even roles.

    One for all tests, so use own schemas.
    """
    with postgres_server(run_directory / "scratch") as place:
        yield create(place, "scratch", "template1").url


@pytest.fixture(scope="session")
def template(postgres: PostgresPlace) -> Database:
    """The migrated database, with reference data. Only to be copied."""
    return make_template(postgres)


@pytest.fixture
def database(template: Database, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh database for one test."""
    with copied(template, request.node.name) as made:
        yield made


@pytest.fixture(scope="module")
def module_database(template: Database, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A fresh database for one module."""
    with copied(template, request.node.path.stem) as made:
        yield made


@pytest.fixture(scope="session")
def test_keys(run_directory: Path) -> Keys:
    """The secrets of the run's servers."""
    home = home_at(run_directory / "home")
    home.prepare()
    return load_keys(home)


@pytest.fixture(scope="session")
def test_ports(run_directory: Path, test_keys: Keys) -> Ports:
    """The ports of the run's servers."""
    return choose_ports(home_at(run_directory / "home"))


@pytest.fixture(scope="session")
def valkey_server(run_directory: Path, test_keys: Keys, test_ports: Ports) -> Iterator[str]:
    """The address of the run's Valkey."""
    home = home_at(run_directory / "home")
    with running(prepare_valkey(home, test_ports.valkey, test_keys.valkey)):
        yield valkey_url(test_ports.valkey, test_keys.valkey)


@pytest.fixture
def valkey(valkey_server: str) -> str:
    """The address of an empty Valkey."""
    import redis

    with redis.Redis.from_url(valkey_server) as client:
        client.flushall()
    return valkey_server


@pytest.fixture(scope="session")
def object_store(run_directory: Path, test_keys: Keys, test_ports: Ports) -> Iterator[StoreConfig]:
    """The run's object store, with its buckets."""
    home = home_at(run_directory / "home")
    home.sockets().mkdir(mode=0o700, exist_ok=True)
    with running(prepare_seaweed(home, test_ports, test_keys)):
        config = StoreConfig(f"127.0.0.1:{test_ports.s3}", test_keys.s3_access, test_keys.s3_secret)
        asyncio.run(prepare_buckets(config))
        yield config
    forget_sockets(test_ports)


@pytest.fixture(scope="session")
def engine(run_directory: Path) -> Iterator[Engine]:
    """ClickHouse's engine, of which a process has one."""
    with engine_in(run_directory / "clickhouse") as made:
        yield made


@pytest.fixture
def clickhouse(engine: Engine) -> Iterator[AnalyticsConfig]:
    """A ClickHouse with a database that nobody has made yet."""
    with front(engine) as port:
        yield config_for(port)


@pytest.fixture(scope="session")
def tokens(test_keys: Keys) -> Tokens:
    """Makes access tokens that a gateway with this run's JWT_SECRET accepts."""
    return Tokens(test_keys.jwt)


@pytest.fixture(scope="session")
def pgtap_connection(run_directory: Path, pgtap_directory: Path) -> Iterator[psycopg.Connection]:
    """What pytest-pgtap runs db/tests/test_*.sql on: a migrated database with pgTAP in schema tap.

    The server is its own, as the catalogue tests list all roles, and other tests make some.
    """
    settings = (("extension_control_path", f"$system:{pgtap_directory}"),)
    with postgres_server(run_directory / "pgtap", settings) as place:
        made = make_template(place)
        with made.connect() as conn:
            conn.execute("create schema tap; create extension pgtap schema tap; grant usage on schema tap to public")
            conn.execute((packaged_source().root / "tests" / "support" / "matrix.sql").read_bytes())
        with psycopg.connect(made.url, options="-c search_path=tap,extensions,public") as conn:
            yield conn


@pytest.fixture(scope="session")
def stack(run_directory: Path) -> Iterator[Stack]:
    """The whole platform on real servers of its own, without demo data. Whoever kills a part waits for its return."""
    with running_stack(run_directory / "stack", "--no-demo") as made:
        yield made


@pytest.fixture(scope="session")
def gateway_url(stack: Stack) -> str:
    """The address of the whole platform's gateway."""
    return stack.url
