"""Reference data, and the demo data set with a password for its accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from daira.migrate.execute import run_file, translated
from daira.migrate.source import Source
from daira.progress import Progress

DEMO_PASSWORD = "daira-demo"  # noqa: S105  (of made-up people on a developer's machine)
_HASH_COST = 12
_SCALE_SETTINGS = """
    select
        set_config('scale.users', %(users)s::text, false),
        set_config('scale.first_user', api.id_at(now() - interval '400 days')::text, false),
        set_config('scale.first_post', api.id_at(now() - interval '365 days')::text, false),
        set_config('scale.post_step', (365 * 86400000::bigint / (%(users)s::bigint * 10) << 22)::text, false)
"""


@dataclass(frozen=True)
class DemoAccount:
    """Somebody to sign in as."""

    email: str
    password: str


def load_reference(source: Source, url: str) -> None:
    """Loads what the application can't do without; repeating it changes nothing. Raises MigrationError."""
    with _as_migrator(url) as conn:
        run_file(conn, source.file("seeds/reference.sql"))


def load_demo(source: Source, url: str) -> None:
    """Loads people, posts and who follows whom; repeating it changes nothing. Raises MigrationError."""
    with _as_migrator(url) as conn:
        run_file(conn, source.file("seeds/demo.sql"))
        conn.execute(
            """
            insert into auth.credentials (user_id, password_hash)
            select id, %s from api.users
            where not exists (select from auth.credentials where user_id = users.id)
            """,
            [_password_hash()],
        )


def load_scale(source: Source, url: str, users: int, progress: Progress) -> None:
    """Loads made-up people in number, step by step. Raises MigrationError, also where they have been loaded before."""
    with translated(), psycopg.connect(url, connect_timeout=5, autocommit=True) as conn:
        conn.execute("set session_replication_role = replica")
        conn.execute("set synchronous_commit = off")
        conn.execute("set work_mem = '128MB'")
        conn.execute(_SCALE_SETTINGS, {"users": users})
        for title, statements in scale_steps(source):
            with progress.step(title):
                conn.execute(statements.encode())
        with progress.step("vacuum and analyze"):
            conn.execute("vacuum (analyze)")


def scale_steps(source: Source) -> list[tuple[str, str]]:
    """The steps of the scale data: title and statements."""
    _, *steps = re.split(r"^-- step: (.+)$", source.file("seeds/scale.sql").text, flags=re.MULTILINE)
    return list(zip(steps[::2], steps[1::2], strict=True))


def has_users(url: str) -> bool:
    """Whether anybody is there, made up or real."""
    with _as_migrator(url) as conn:
        return conn.execute("select from api.users limit 1").fetchone() is not None


def demo_account(url: str) -> DemoAccount | None:
    """The first of the demo accounts that can sign in with the demo password; None on other data."""
    with _as_migrator(url) as conn:
        row = conn.execute(
            """
            select p.email, c.password_hash
            from api.user_private as p
            inner join auth.credentials as c on c.user_id = p.user_id
            order by p.user_id
            limit 1
            """
        ).fetchone()
    return DemoAccount(row[0], DEMO_PASSWORD) if row and _is_demo(row[1]) else None


def _password_hash() -> str:
    import bcrypt

    return bcrypt.hashpw(DEMO_PASSWORD.encode(), bcrypt.gensalt(_HASH_COST)).decode()


def _is_demo(stored: str) -> bool:
    import bcrypt

    return bcrypt.checkpw(DEMO_PASSWORD.encode(), stored.encode())


@contextmanager
def _as_migrator(url: str) -> Iterator[psycopg.Connection[Any]]:
    with translated(), psycopg.connect(url, connect_timeout=5) as conn:
        conn.execute("set role migrator")
        yield conn
