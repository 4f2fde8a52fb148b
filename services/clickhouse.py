"""The analytics store: ClickHouse over HTTP, by clickhouse-connect."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from clickhouse_connect.driver import AsyncClient

TABLE = "events"
COLUMNS = (
    "batch_id",
    "event_id",
    "occurred_at",
    "kind",
    "actor_id",
    "post_id",
    "author_id",
    "ad_id",
    "post_type",
    "source",
    "change",
    "watch_ms",
    "completion",
    "amount",
    "governorate",
    "language",
    "last_active_on",
    "cohort",
)
CONNECT_SECONDS = 3
# Less than the five minutes for which a batch is ours: what the server has not taken by then it gives up itself.
SEND_SECONDS = 60


class StoreAwayError(Exception):
    """The store can't be reached; it may have taken what was sent."""


class StoreRefusedError(Exception):
    """The store has answered that it doesn't take this."""


@dataclass(frozen=True)
class StoreConfig:
    """Where ClickHouse is: http(s)://user:password@host:port/database."""

    url: str

    @property
    def database(self) -> str:
        return urlsplit(self.url).path.strip("/") or "default"


def store_config_from(environ: Mapping[str, str]) -> StoreConfig | None:
    """The store of CLICKHOUSE_URL; None where it is not set, and nothing is exported."""
    url = environ.get("CLICKHOUSE_URL")
    return StoreConfig(url) if url else None


@dataclass(frozen=True)
class Store:
    """An open connection. Methods raise StoreAwayError and StoreRefusedError."""

    client: AsyncClient

    async def insert(self, batch_id: int, lines: bytes) -> None:
        """Inserts rows in TabSeparated, in the order of COLUMNS; those of a batch that is there already are dropped.

        The server knows a block by its token (insert_deduplication_token) and keeps one block in one part, so that a
        batch of less than max_insert_block_size rows is there as a whole or, for each of its months, not at all.
        """
        settings = {
            "insert_deduplicate": 1,
            "insert_deduplication_token": f"batch-{batch_id}",
            "max_insert_block_size": 1_048_576,
            "async_insert": 0,
            "max_execution_time": SEND_SECONDS,
        }
        with _translated():
            await self.client.raw_insert(TABLE, COLUMNS, lines, settings, fmt="TabSeparated")

    async def count(self, batch_id: int) -> int:
        """How many rows of a batch are there."""
        query = f"select count() from {TABLE} where batch_id = {int(batch_id)}"  # noqa: S608 - a number
        [[found]] = await self.rows(query)
        return int(found)

    async def rows(self, query: str) -> Sequence[Sequence[Any]]:
        """The rows of a query."""
        with _translated():
            return (await self.client.query(query)).result_rows

    async def names(self, query: str) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
        """The columns of a query, and its rows."""
        with _translated():
            result = await self.client.query(query)
        return result.column_names, result.result_rows

    async def run(self, statement: str) -> None:
        """Runs a statement that gives no rows."""
        with _translated():
            await self.client.command(statement)


@asynccontextmanager
async def connected(config: StoreConfig, database: str | None = None) -> AsyncIterator[Store]:
    """A connection for a while. Raises StoreAwayError, and StoreRefusedError where the login is wrong."""
    # Imported here: it takes longer than all the rest of a worker.
    from clickhouse_connect import get_async_client

    scheme = urlsplit(config.url).scheme
    if scheme not in ("http", "https"):
        raise StoreRefusedError("CLICKHOUSE_URL must begin with http:// or https://")
    with _translated():
        client = await get_async_client(
            dsn=config.url,
            interface=scheme,  # by itself the driver goes by the port, and would send in clear
            database=database or config.database,
            connect_timeout=CONNECT_SECONDS,
            send_receive_timeout=SEND_SECONDS,
            compress=False,
            query_retries=0,
        )
    try:
        yield Store(client)
    finally:
        await client.close()


@contextmanager
def _translated() -> Iterator[None]:
    """Turns the driver's errors into ours: an answer with a code is a refusal, anything else is no answer."""
    from aiohttp import ClientError
    from clickhouse_connect.driver.exceptions import Error

    try:
        yield
    except Error as error:
        kind = StoreAwayError if error.code is None else StoreRefusedError
        raise kind(str(error)) from error
    except (ClientError, OSError) as error:
        raise StoreAwayError(str(error) or type(error).__name__) from error


def statements(folder: Path) -> list[str]:
    """The statements of a folder's files, in the order of names. A statement ends with a semicolon at a line's end."""
    texts = (file.read_text() for file in sorted(folder.glob("*.sql")))
    return [part.strip() for text in texts for part in text.split(";\n") if part.strip()]


async def prepare(config: StoreConfig, folder: Path) -> int:
    """Makes the database, its tables and views where they are missing; gives the number of statements. Repeatable."""
    async with connected(config, "default") as store:
        await store.run(f"create database if not exists `{config.database}`")
    wanted = statements(folder)
    async with connected(config) as store:
        for statement in wanted:
            await store.run(statement)
    return len(wanted)
