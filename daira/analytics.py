"""`daira analytics`: the analytics store is made, asked, and looked after."""

from __future__ import annotations

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from daira.cli_options import HERE, Data, admin_url_of
from daira.errors import StackError
from services.clickhouse import (
    StoreAwayError,
    StoreConfig,
    StoreRefusedError,
    connected,
    prepare,
    statements,
    store_config_from,
)

STATUS = """
select
    count(*) filter (where b.state = 'SEALED') as unsent,
    count(*) filter (where b.state = 'SENT') as sent,
    coalesce(sum(b.rows) filter (where b.state = 'SENT'), 0) as rows_sent,
    max(b.sent_at) as last_sent,
    (array_agg(b.error order by b.id) filter (where b.error is not null))[1] as error,
    (select g.value from ops.gauges as g where g.name = 'ANALYTICS_LAG_SECONDS') as lag_seconds
from ops.analytics_batches as b
"""
_VIEW = re.compile(r"^create or replace view (\w+)", re.MULTILINE)

app = typer.Typer(help="Makes the tables of the analytics store, asks its views, and tells how far the export is.")


@app.command("prepare")
def prepare_store(data: Data = HERE) -> None:
    """Make the table and the views in CLICKHOUSE_URL, or in the running stack's store; repeating it is safe."""
    made = asyncio.run(prepared(_config(data)))
    typer.echo(f"{made} statements applied", err=True)


@app.command()
def status(data: Data = HERE) -> None:
    """Say how many batches are sent and how late the store is."""
    import psycopg
    from psycopg.rows import dict_row

    with psycopg.connect(admin_url_of(data), row_factory=dict_row, connect_timeout=5) as conn:
        row = conn.execute(STATUS).fetchone()
    for name, value in (row or {}).items():
        typer.echo(f"{name:<12} {'-' if value is None else value}")


@app.command()
def views() -> None:
    """List the views that `show` knows."""
    for name in _views():
        typer.echo(name)


@app.command()
def show(
    view: Annotated[str, typer.Argument(help="As `views` has it.")],
    data: Data = HERE,
    limit: Annotated[int, typer.Option(min=1, help="How many rows.")] = 50,
) -> None:
    """Print the rows of a view, one JSON object in a line."""
    if view not in _views():
        raise StackError(f"There is no view {view}.", "See `daira analytics views`.")
    names, rows = asyncio.run(_asked(_config(data), f"select * from {view} limit {limit}"))  # noqa: S608  (known above)
    for row in rows:
        typer.echo(json.dumps(dict(zip(names, row, strict=True)), default=str))


async def prepared(config: StoreConfig) -> int:
    """Makes what is missing in the store; gives the number of statements. Raises StackError."""
    try:
        return await prepare(config, _folder())
    except (StoreAwayError, StoreRefusedError) as error:
        raise StackError(f"The analytics store is not ready: {error}.", "See CLICKHOUSE_URL.") from error


async def _asked(config: StoreConfig, query: str) -> tuple[Any, Any]:
    try:
        async with connected(config) as store:
            return await store.names(query)
    except (StoreAwayError, StoreRefusedError) as error:
        raise StackError(f"The analytics store does not answer: {error}.", "See `daira doctor`.") from error


def _config(data: Path) -> StoreConfig:
    config = store_config_from(os.environ)
    if config:
        return config
    from daira.home import home_at
    from daira.parts import Part
    from daira.stack import url_of

    return StoreConfig(url_of(home_at(data), Part.CLICKHOUSE))


def _views() -> list[str]:
    return [found[1] for text in statements(_folder()) if (found := _VIEW.search(text))]


def _folder() -> Path:
    from daira.migrate.source import packaged_source

    return packaged_source().root / "analytics"
