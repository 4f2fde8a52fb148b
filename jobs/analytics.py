"""Queue user.action: events and views go to the analytics store, each batch once.

A batch is sealed in PostgreSQL: which rows it has is settled before anything is sent. A worker takes it, sends it under
its key and settles it. One that dies between leaves it taken; five minutes later another one takes it, finds it there
or sends it again under the same key, and the store drops what it has.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import Any

import structlog
from procrastinate import JobContext
from psycopg import sql

from jobs.database import copied_lines, fetch_rows, fetch_value, until_done
from jobs.retry import Backoff
from services.clickhouse import (
    Store,
    StoreAwayError,
    StoreConfig,
    StoreRefusedError,
    connected,
    store_config_from,
)

QUEUE = "user.action"
BATCH = 50_000
UNSENT = 20
LATE_SECONDS = 900

_READ = sql.SQL("copy (select * from ops.read_batch({})) to stdout")
_log = structlog.stdlib.get_logger("daira.analytics")


@dataclass(frozen=True)
class Batch:
    """A batch that is ours for a while: its key, and how often it has been taken, this time included."""

    id: int
    attempts: int


async def export(context: JobContext, timestamp: int = 0) -> int:
    """Sends what has come in; gives the number of batches sent. Without CLICKHOUSE_URL events stay where they are."""
    config = store_config_from(os.environ)
    return await export_all(context, config) if config else 0


async def export_all(context: Any, config: StoreConfig) -> int:
    """Seals and sends until nothing is left that may be sent now, or the store is away."""
    sent = 0
    await fetch_value(context, "seal_batches", batch=BATCH, unsent=UNSENT)
    while (batch := await _taken(context)) and await _is_sent(context, config, batch):
        sent += 1
        await fetch_value(context, "seal_batches", batch=BATCH, unsent=UNSENT)
    return sent


async def measure(context: JobContext, timestamp: int = 0) -> int:
    """Measures by how many seconds the store is behind, and logs an error above LATE_SECONDS."""
    if not store_config_from(os.environ):
        return 0
    late = await fetch_value(context, "measure_analytics")
    if late > LATE_SECONDS:
        _log.error("the analytics store is behind", seconds=late)
    return late


async def fold_creator_days(context: JobContext, timestamp: int = 0) -> int:
    """Adds events and views to what creators are told of themselves; gives the events and half hours taken."""
    return await until_done(context, "fold_creator_days", BATCH)


async def drop_old(context: JobContext, timestamp: int = 0) -> int:
    """Drops months of events that everybody has; gives their number."""
    return await fetch_value(context, "drop_old_events")


async def _taken(context: Any) -> Batch | None:
    rows = await fetch_rows(context, "take_batch")
    return Batch(**rows[0]) if rows else None


async def _is_sent(context: Any, config: StoreConfig, batch: Batch) -> bool:
    """Whether to go on: not while the store is away. A batch that it refuses is put by, and its error kept."""
    try:
        async with connected(config) as store:
            await _send(context, store, batch)
    except (StoreAwayError, StoreRefusedError) as error:
        is_away = isinstance(error, StoreAwayError)
        await _delay(context, batch, str(error), is_away=is_away)
        return not is_away
    return True


async def _send(context: Any, store: Store, batch: Batch) -> None:
    lines = await copied_lines(context, _READ.format(batch.id))
    rows = lines.count(b"\n")
    if rows and (batch.attempts == 1 or await store.count(batch.id) != rows):
        await store.insert(batch.id, lines)
    checksum = hashlib.sha256(lines).hexdigest()
    await fetch_value(context, "settle_batch", id=batch.id, rows=rows, checksum=checksum)


async def _delay(context: Any, batch: Batch, error: str, *, is_away: bool) -> None:
    seconds = Backoff().delay(batch.attempts - 1)
    _log.warning("batch not sent", batch=batch.id, attempts=batch.attempts, seconds=seconds, error=error)
    await fetch_value(context, "delay_batch", id=batch.id, seconds=seconds, error=error, is_away=is_away)
