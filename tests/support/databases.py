"""Databases of a test run: one is migrated, the others are copies of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

import psycopg
from psycopg import sql

from daira.migrate import Migrator, packaged_source
from daira.migrate.execute import run_file
from daira.seed import load_reference
from daira.servers.postgres import SUPERUSER, PostgresPlace

TEMPLATE = "daira_template"
_numbers = count(1)


@dataclass(frozen=True)
class Database:
    """One database of the test server. `url` is the superuser's address."""

    place: PostgresPlace = field(repr=False)
    name: str

    @property
    def url(self) -> str:
        return self.url_as(SUPERUSER)

    def url_as(self, role: str) -> str:
        """The address for this login role (authenticator, worker, support); the test server asks for no password."""
        return self.place.url(role, None, self.name)

    def connect(self, role: str = SUPERUSER) -> psycopg.Connection:
        """A connection in autocommit mode; close it, or use it as a context."""
        return psycopg.connect(self.url_as(role), autocommit=True)

    def execute(self, query: str, params: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
        """Runs one statement as the superuser and gives its rows."""
        with self.connect() as conn:
            cursor = conn.execute(query.encode(), params or None)
            return cursor.fetchall() if cursor.description else []


def make_template(place: PostgresPlace) -> Database:
    """The migrated database with reference data that all others are copied from."""
    template = create(place, TEMPLATE, "template1")
    Migrator(packaged_source(), template.url).up()
    if (packaged_source().root / "seeds" / "reference.sql").exists():
        load_reference(packaged_source(), template.url)
    return template


@contextmanager
def copied(template: Database, name: str) -> Iterator[Database]:
    """A copy of the template, dropped afterwards whoever is still connected to it."""
    short = re.sub(r"\W+", "_", name).lower()[:40]
    made = create(template.place, f"{short}_{next(_numbers)}", template.name)
    _grant(made)
    try:
        yield made
    finally:
        drop(made)


def _grant(made: Database) -> None:
    """PostgreSQL copies everything but the privileges on the database itself, which bootstrap.sql grants."""
    with made.connect() as conn:
        run_file(conn, packaged_source().bootstrap)


def create(place: PostgresPlace, name: str, template: str) -> Database:
    """Makes a database."""
    statement = sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(place.url(SUPERUSER, None, "postgres"), autocommit=True) as conn:
        conn.execute(statement)
    return Database(place, name)


def drop(database: Database) -> None:
    """Removes a database and ends its connections."""
    statement = sql.SQL("drop database {} with (force)").format(sql.Identifier(database.name))
    with psycopg.connect(database.place.url(SUPERUSER, None, "postgres"), autocommit=True) as conn:
        conn.execute(statement)
