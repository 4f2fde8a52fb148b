"""Repeatable files: functions and policies, applied together when one of them has changed."""

from __future__ import annotations

from typing import Any

import psycopg

from daira.migrate.execute import run_file
from daira.migrate.source import Source

_TABLE = b"""
create table if not exists ops.repeatables (
    path text primary key,
    checksum text not null,
    applied_at timestamptz not null default now()
);
comment on table ops.repeatables is 'Files that are applied again when they change: what was applied last.';
comment on column ops.repeatables.path is 'The file, below db/.';
comment on column ops.repeatables.checksum is 'SHA-256 of the text, hexadecimal.';
comment on column ops.repeatables.applied_at is 'When it was applied.';
alter table ops.repeatables enable row level security;
alter table ops.repeatables force row level security;
"""


def applied_checksums(conn: psycopg.Connection[Any]) -> dict[str, str]:
    """Checksums by path of the files as they were applied last."""
    there = conn.execute("select to_regclass('ops.repeatables') is not null").fetchone()
    if not (there and there[0]):
        return {}
    return dict(conn.execute("select path, checksum from ops.repeatables").fetchall())


def apply_repeatables(conn: psycopg.Connection[Any], source: Source) -> None:
    """Applies all files as migrator in one transaction, which also notes their checksums and tells the gateways."""
    with conn.transaction():
        conn.execute("set local role migrator")
        conn.execute("set local lock_timeout = '30s'")
        for file in source.repeatables():
            run_file(conn, file)
        conn.execute(_TABLE)
        _note(conn, source.checksums())
        conn.execute("notify pgrst, 'reload schema'")


def forget_checksums(conn: psycopg.Connection[Any]) -> None:
    """The next `up` applies all files again: rolling back drops what hangs on a table."""
    with conn.transaction():
        conn.execute("set local role migrator")
        conn.execute("drop table if exists ops.repeatables")


def _note(conn: psycopg.Connection[Any], checksums: dict[str, str]) -> None:
    conn.execute("delete from ops.repeatables where path <> all (%s)", [list(checksums)])
    conn.execute(
        """
        insert into ops.repeatables (path, checksum)
        select path, checksum from unnest(%s::text[], %s::text[]) as file (path, checksum)
        on conflict (path) do update set checksum = excluded.checksum, applied_at = now()
        where repeatables.checksum <> excluded.checksum
        """,
        [list(checksums), list(checksums.values())],
    )
