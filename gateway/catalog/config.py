"""Settings that the database itself holds for the gateway: those of the connecting role, then `db-pre-config`'s.

https://docs.postgrest.org/en/stable/references/configuration.html#in-database-configuration
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from gateway.catalog.read import query

if TYPE_CHECKING:
    from collections.abc import Iterable

    from psycopg import AsyncConnection

_ROLE_SETTINGS = query("role_config")
_AFTER_FUNCTION = query("current_config")
_LIMITS = query("role_limits")


async def read_config(connection: AsyncConnection, pre_config: str | None, names: Iterable[str]) -> dict[str, str]:
    """What is set as `pgrst.<name>`, by name, for those of `names` that are."""
    wanted = sorted(names)
    cursor = await connection.execute(_ROLE_SETTINGS)
    found = {name: value for name, value in await cursor.fetchall() if name in wanted}
    function = found.get("db_pre_config") or pre_config
    return {**found, **await _by_function(connection, function, wanted)} if function else found


async def read_role_limits(connection: AsyncConnection) -> dict[str, dict[str, str]]:
    """`daira.<name>` settings of the roles that a request may take, by role."""
    cursor = await connection.execute(_LIMITS)
    limits: dict[str, dict[str, str]] = {}
    for role, name, value in await cursor.fetchall():
        limits.setdefault(role, {})[name] = value
    return limits


async def _by_function(connection: AsyncConnection, function: str, names: list[str]) -> dict[str, str]:
    call = sql.SQL("select {}()").format(sql.Identifier(*function.split(".", 1)))
    async with connection.transaction(force_rollback=True):
        await connection.execute(call)
        cursor = await connection.execute(_AFTER_FUNCTION, [names])
        return dict(await cursor.fetchall())
