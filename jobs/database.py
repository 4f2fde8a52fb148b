"""How a task talks to PostgreSQL: one named statement on the worker's own pool."""

from __future__ import annotations

from typing import Any

from procrastinate import App, JobContext

from jobs.queries import query


async def fetch_value(source: JobContext | App, name: str, **parameters: Any) -> int:
    """Runs the named statement in a transaction of its own; gives the number in its only row and column."""
    [value] = (await _connector(source).execute_query_one_async(query(name), **parameters)).values()
    return int(value or 0)


async def fetch_rows(source: JobContext | App, name: str, **parameters: Any) -> list[dict[str, Any]]:
    """Runs the named statement in a transaction of its own; gives its rows by column name."""
    rows: list[dict[str, Any]] = await _connector(source).execute_query_all_async(query(name), **parameters)
    return rows


async def until_done(source: JobContext | App, name: str, batch: int) -> int:
    """Runs the named statement batch by batch until one does nothing; gives what all of them gave together."""
    total = 0
    while done := await fetch_value(source, name, batch=batch):
        total += done
    return total


def _connector(source: JobContext | App) -> Any:
    app = source.app if isinstance(source, JobContext) else source
    return app.connector
