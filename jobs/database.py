"""How a task talks to PostgreSQL: one named statement on the worker's own pool."""

from __future__ import annotations

from typing import Any

from procrastinate import App, JobContext
from psycopg import sql
from psycopg.rows import dict_row

from jobs.correlation import correlation_id
from jobs.queries import query

_SET_CAUSE = "select set_config('app.request_id', %s, true)"


async def fetch_value(source: JobContext | App, name: str, **parameters: Any) -> int:
    """Runs the named statement in a transaction of its own; gives the number in its only row and column."""
    [row] = await fetch_rows(source, name, **parameters)
    [value] = row.values()
    return int(value or 0)


async def fetch_rows(source: JobContext | App, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """Runs the named statement in a transaction of its own; gives its rows by column name.

    Jobs that it defers carry the correlation id of the job that runs it.
    """
    if isinstance(source, JobContext):
        return await _fetch_for_job(source, name, parameters)
    rows: list[dict[str, Any]] = await source.connector.execute_query_all_async(query(name), **parameters)
    return rows


async def until_done(source: JobContext | App, name: str, batch: int, **parameters: Any) -> int:
    """Runs the named statement batch by batch until one does nothing; gives what all of them gave together."""
    total = 0
    while done := await fetch_value(source, name, batch=batch, **parameters):
        total += done
    return total


async def until_short(source: JobContext | App, name: str, batch: int, **parameters: Any) -> int:
    """Runs the named statement batch by batch until one takes less than it may; gives how much all of them took."""
    total = 0
    while (taken := await fetch_value(source, name, batch=batch, **parameters)) == batch:
        total += taken
    return total + taken


async def copied_lines(source: JobContext | App, statement: sql.Composed) -> bytes:
    """What a COPY ... TO STDOUT gives, in PostgreSQL's text format: a line for each row."""
    app = source.app if isinstance(source, JobContext) else source
    connector: Any = app.connector
    async with connector.pool.connection() as conn, conn.cursor().copy(statement) as copy:
        return b"".join([bytes(block) async for block in copy])


async def _fetch_for_job(context: JobContext, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """Both statements go out together: what stands between two Syncs of a pipeline is one transaction."""
    connector: Any = context.app.connector
    async with connector.pool.connection() as conn, conn.pipeline():
        await conn.execute(_SET_CAUSE, [correlation_id(context.job)])
        cursor = await conn.cursor(row_factory=dict_row).execute(query(name), parameters)
        rows: list[dict[str, Any]] = await cursor.fetchall()
        return rows
