"""Opens connections without blocking the event loop."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from psycopg import OperationalError, generators
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.waiting import wait_conn_async

from gateway.lanes.model import LaneKind

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn

_TIMEOUT_S = 5.0


def lane_conninfo(conninfo: str, kind: LaneKind, timeout_ms: int) -> str:
    """`conninfo` with what every connection of `kind` starts with: its name, time-out, read-only for reads.

    Short statements are planned once, for any value: planning a keyed read of a partitioned table under row-level
    security takes five times as long as running it. Long ones are worth a plan for their values.
    """
    given = conninfo_to_dict(conninfo)
    read_only = "on" if kind is LaneKind.READ else "off"
    plans = "auto" if kind is LaneKind.LONG else "force_generic_plan"
    options = (
        f"-c statement_timeout={timeout_ms} -c default_transaction_read_only={read_only} -c plan_cache_mode={plans}"
    )
    return make_conninfo(
        conninfo,
        application_name=f"{given.get('application_name', 'daira')}-{kind.name.lower()}",
        options=f"{given.get('options', '')} {options}".strip(),
        client_encoding="UTF8",
    )


async def connect(conninfo: str) -> PGconn:
    """An open, non-blocking connection. Raises `psycopg.OperationalError`, also when nothing answers in time."""
    try:
        async with asyncio.timeout(_TIMEOUT_S):
            conn: PGconn = await wait_conn_async(generators.connect(conninfo), interval=0.1)
    except TimeoutError as error:
        raise OperationalError(f"no answer within {_TIMEOUT_S:g} s") from error
    conn.nonblocking = 1
    return conn
