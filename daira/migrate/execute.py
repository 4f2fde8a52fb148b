"""Runs whole SQL files, and says in which line one failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from daira.migrate.source import MigrationError, SqlFile

Connection = psycopg.Connection[Any]


def run_file(conn: Connection, file: SqlFile) -> None:
    """Runs the file's statements. Raises MigrationError with the file and the line."""
    try:
        conn.execute(file.text.encode())
    except psycopg.Error as error:
        what = error.diag.message_primary or str(error)
        raise MigrationError(f"db/{file.path}{_line(file, error)}: {what}.", _hint(error)) from error


@contextmanager
def translated() -> Iterator[None]:
    """Turns the database's complaints into MigrationErrors."""
    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise MigrationError(
            "The database's disk is full.", "Free some space, or choose another with --data."
        ) from error
    except psycopg.Error as error:
        if error.sqlstate is None:
            raise MigrationError(f"No database: {str(error).strip()}.", "Start one with `daira up`.") from error
        raise MigrationError(f"The database refused: {str(error).strip()}.", _hint(error)) from error


def _line(file: SqlFile, error: psycopg.Error) -> str:
    position = error.diag.statement_position
    return "" if position is None else f":{file.text.count(chr(10), 0, int(position) - 1) + 1}"


def _hint(error: psycopg.Error) -> str:
    return error.diag.message_hint or "Correct the file and run `daira migrate up` again; nothing of it was kept."
