"""The order of things: bootstrap, versioned migrations, repeatable files, passwords; one migrator at a time."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import psycopg

from daira.migrate.dump import dump_schema
from daira.migrate.execute import run_file, translated
from daira.migrate.passwords import Passwords, set_passwords
from daira.migrate.repeatables import applied_checksums, apply_repeatables, forget_checksums
from daira.migrate.source import BOOTSTRAP, Source
from daira.migrate.versions import applied_versions, apply_pending, roll_back_latest

__all__ = ["Migrator", "Passwords", "Status"]

_LOCK = 0x6461697261  # "daira"
_SHOWN_LINES = 20


@dataclass(frozen=True)
class Status:
    """Where a database stands: versions by state, and repeatable files that were changed, added or taken away."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    unknown: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        return not (self.pending or self.unknown or self.changed)


@dataclass(frozen=True)
class Migrator:
    """Works on one database by the address of a superuser. `say` takes lines for people."""

    source: Source
    url: str
    say: Callable[[str], None] = field(default=lambda _line: None)

    def up(self, passwords: Passwords | None = None) -> Status:
        """Applies whatever is missing or changed; gives what it found before. Raises MigrationError."""
        with self._alone() as conn:
            found = self._status(conn)
            self._apply(conn, found)
            set_passwords(conn, passwords or {})
            return found

    def down(self, steps: int = 1) -> list[str]:
        """Takes back so many of the latest migrations, and gives their files. Raises MigrationError."""
        with self._alone() as conn:
            newest = sorted(applied_versions(conn), reverse=True)[:steps]
            files = [self.source.versions().get(version, version) for version in newest]
            if files:
                forget_checksums(conn)
            for _ in files:
                roll_back_latest(self.source, self.url)
            return files

    def status(self) -> Status:
        """Compares versions and checksums. Raises MigrationError."""
        with self._connected() as conn:
            return self._status(conn)

    def check(self) -> list[str]:
        """Every way in which the database differs from the files; nothing when it does not."""
        status = self.status()
        found = [f"db/schema/{name} has not been applied" for name in status.pending]
        found += [f"version {version} was applied, but its file is gone" for version in status.unknown]
        found += [f"db/{path} has changed since it was applied" for path in status.changed]
        return found or self._drift()

    def dump(self) -> str:
        """The database's catalogue as db/schema.sql holds it. Raises MigrationError."""
        return dump_schema(self.url)

    def _drift(self) -> list[str]:
        committed = self.source.file(self.source.dump.name).text.splitlines()
        lines = difflib.unified_diff(committed, self.dump().splitlines(), "db/schema.sql", "database", lineterm="", n=0)
        return list(islice(lines, _SHOWN_LINES))

    def _status(self, conn: psycopg.Connection[Any]) -> Status:
        files, applied = self.source.versions(), applied_versions(conn)
        noted, wanted = applied_checksums(conn), self.source.checksums()
        return Status(
            tuple(name for version, name in files.items() if version in applied),
            tuple(name for version, name in files.items() if version not in applied),
            tuple(sorted(applied - files.keys())),
            tuple(sorted(path for path in noted.keys() | wanted.keys() if noted.get(path) != wanted.get(path))),
        )

    def _apply(self, conn: psycopg.Connection[Any], found: Status) -> None:
        if BOOTSTRAP in found.changed or not _is_prepared(conn):
            with conn.transaction():
                run_file(conn, self.source.bootstrap)
        if found.pending:
            apply_pending(self.source, self.url)
        if found.pending or found.changed:
            apply_repeatables(conn, self.source)

    @contextmanager
    def _alone(self) -> Iterator[psycopg.Connection[Any]]:
        with self._connected() as conn:
            taken = conn.execute("select pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
            if not (taken and taken[0]):
                self.say("Another migration is running on this database; waiting for it to end.")
                conn.execute("select pg_advisory_lock(%s)", [_LOCK])
            yield conn

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection[Any]]:
        options: dict[str, Any] = {"autocommit": True, "connect_timeout": 5, "application_name": "daira migrate"}
        with translated(), psycopg.connect(self.url, **options) as conn:
            yield conn


def _is_prepared(conn: psycopg.Connection[Any]) -> bool:
    """False also for a copy or a restored dump: both lack the privileges on the database itself."""
    row = conn.execute(
        """
        select bool_and(has_database_privilege(oid, current_database(), 'create'))
        from pg_catalog.pg_roles
        where rolname = 'migrator'
        """
    ).fetchone()
    return bool(row and row[0])
