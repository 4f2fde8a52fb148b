"""The same play in several databases, each with a gateway of its own: one without secrets, the others with some."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from gateway.app import build_api
from gateway.settings import ApiSettings
from tests.leaks.catalogue import Catalogue, Rows, planted, read
from tests.rest.conftest import SECRET, bearer
from tests.support.asgi import serving
from tests.support.databases import Database, copied

HERE = Path(__file__).parent
PEOPLE: dict[str, int | None] = {
    "visitor": None,
    "follower": 770002,
    "stranger": 770003,
    "blocked": 770004,
    "minor": 770008,
    "suspended": 770009,
    "member elsewhere": 770010,
    "blocker": 770011,
}
# Each file of secrets and who must not know them.
SECRETS = {
    "from_everybody": tuple(PEOPLE),
    "from_strangers": tuple(name for name in PEOPLE if name != "follower"),
    "from_the_blocked": ("blocked", "blocker"),
}
CASES = [(secrets, persona) for secrets, personas in SECRETS.items() for persona in personas]
# What workers do with what was written: counts, notifications, timelines, the index of words, trends.
SETTLE = """
    select ops.fold_counters(), ops.fold_notices();
    select feed.fan_out(p.id) from api.posts as p;
    select ops.index_posts(1000), ops.refresh_weights(), ops.refresh_trends();
"""


@dataclass(frozen=True)
class World:
    """A database and the gateway that serves it."""

    database: Database
    client: httpx.AsyncClient


@dataclass(frozen=True)
class Pair:
    """The same play without some secrets and with them, what it exposes, and the rows that are secret."""

    without: World
    with_: World
    catalogue: Catalogue
    planted: Rows


def make_databases(
    template: Database, then: str = "", only: Iterable[str] = tuple(SECRETS)
) -> Iterator[dict[str, tuple[Database, Database]]]:
    """For each file of secrets the play without and with them; `then` is SQL that is run in all of them at last."""
    with ExitStack() as stack:
        base = stack.enter_context(copied(template, "leaks"))
        run(base, (HERE / "scene.sql").read_text() + SETTLE)
        made = {}
        for name in only:
            without = stack.enter_context(copied(base, f"leaks_without_{name}"))
            with_ = stack.enter_context(copied(base, f"leaks_{name}"))
            run(without, SETTLE + then)
            run(with_, (HERE / f"{name}.sql").read_text() + SETTLE + then)
            made[name] = (without, with_)
        yield made


async def serve(databases: dict[str, tuple[Database, Database]]) -> AsyncIterator[dict[str, Pair]]:
    """A gateway for each database. Changes by REST may ask to be undone."""
    async with AsyncExitStack() as stack:

        async def world(database: Database) -> World:
            return World(database, await stack.enter_async_context(serving(build_api(_settings(database)))))

        pairs = {}
        for name, (without, with_) in databases.items():
            catalogue = read(without)
            pairs[name] = Pair(await world(without), await world(with_), catalogue, planted(with_, without, catalogue))
        yield pairs


def run(database: Database, script: str) -> None:
    """Runs SQL of several statements as the superuser."""
    with database.connect() as conn:
        conn.execute(script.encode())


def _settings(database: Database) -> ApiSettings:
    words: dict[str, Any] = {"pgrst_db_tx_end": "commit-allow-override", "pgrst_log_level": "crit"}
    return ApiSettings(
        pgrst_db_uri=database.url_as("authenticator"),
        pgrst_db_schemas=("api",),
        pgrst_db_extra_search_path=("extensions",),
        pgrst_db_anon_role="anon",
        pgrst_jwt_secret=SECRET,
        pgrst_db_aggregates_enabled=True,
        log_level="WARNING",
        **words,
    )


def token(persona: str) -> dict[str, str]:
    """The header of somebody in the play."""
    user = PEOPLE[persona]
    return {} if user is None else bearer(user)
