"""A segment on its way through a lane: what is sent, and what has come back so far."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

from gateway.lanes.model import ROLLED_BACK, DatabaseError, OutcomeUnknown, Rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from psycopg.pq.abc import PGresult

    from gateway.lanes.model import Around, Identity, LaneError, Param, Statement
    from gateway.lanes.prepared import Prepared

_IDENTITY_SETTINGS = ("role", "request.jwt.claims", "app.user_id")
_FOR_OPERATORS = "See server log for query details."


@lru_cache(maxsize=1024)
def settings_text(names: tuple[str, ...]) -> str:
    """The statement that sets `names` for the rest of the transaction, from $1, $2, ... in their order."""
    quoted = (name.replace("'", "''") for name in names)
    return "select " + ", ".join(f"set_config('{name}', ${n}, true)" for n, name in enumerate(quoted, 1))


def encode(params: Sequence[Param]) -> list[bytes | None]:
    """Parameters in PostgreSQL's text format. Raises `DatabaseError` 22021 for what no text of its can hold."""
    encoded = [param.encode("utf-8", "surrogatepass") if isinstance(param, str) else param for param in params]
    for param in encoded:
        if param is not None and b"\0" in param:
            raise DatabaseError("22021", "a value holds the character U+0000, which PostgreSQL's text can't store")
    return encoded


class Parse:
    """`[settings, Close, Parse, Sync]`: alone, so that no failure in front of it loses the prepared statement."""

    __slots__ = ("error", "prepared")

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.error: PGresult | None = None

    def take(self, result: PGresult) -> None:
        """Nothing to keep."""


class Work:
    """`[first, settings, before, statement, further..., after, Sync]` for one request, and the future of its caller."""

    __slots__ = (
        "answered",
        "around",
        "error",
        "further",
        "future",
        "more",
        "others",
        "params",
        "prepared",
        "result",
        "retried",
        "role",
        "settings",
        "settings_text",
        "sink",
        "text",
    )

    def __init__(
        self,
        identity: Identity,
        statement: Statement,
        params: Sequence[Param],
        settings: Mapping[str, str],
        around: Around,
        future: asyncio.Future[Rows],
    ) -> None:
        self.role = identity.role
        self.text = statement.text
        self.settings_text = settings_text((*_IDENTITY_SETTINGS, *settings))
        self.settings = encode((identity.role, identity.claims, identity.user_id, *settings.values()))
        self.params = encode(params)
        self.around = around
        self.answered = 0
        """Statements of the segment that have succeeded."""
        self.further: Sequence[tuple[str, list[bytes | None]]] = ()
        """Statements of the caller behind the first one, with their parameters."""
        self.future = future
        self.sink: Sink | None = None
        self.retried = False
        self.prepared: Prepared | None = None
        self.others: Sequence[Prepared] = ()
        self.error: PGresult | None = None
        self.result: PGresult | None = None
        self.more: list[Rows] = []
        """The rows of `further`."""

    def again(self) -> None:
        """Forget what came back, before the one retry."""
        self.retried = True
        self.answered = 0
        self.error = self.result = None
        self.more.clear()

    @property
    def preceding(self) -> int:
        """How many statements stand before the caller's own."""
        return 1 + (self.around.first is not None) + (self.around.before is not None)

    def take(self, result: PGresult) -> None:
        """One of the statements has succeeded; those of the caller are kept."""
        if self.answered == self.preceding:
            self.result = result
        elif self.preceding < self.answered <= self.preceding + len(self.further):
            self.more.append(Rows(result))
        self.answered += 1

    def is_undone(self, error: DatabaseError) -> bool:
        """Whether `error` only ended the transaction, after the rows had come."""
        own = 1 + len(self.further)
        return error.sqlstate == ROLLED_BACK and self.around.after is not None and self.answered == self.preceding + own

    def succeed(self) -> None:
        """Hand the rows to the caller, unless the caller has gone."""
        if self.result is not None and not self.future.done():
            self.future.set_result(Rows(self.result))

    def fail(self, error: LaneError) -> None:
        """Hand the failure to the caller, unless the caller has gone."""
        if not self.future.done():
            self.future.set_exception(error)

    def lose(self) -> None:
        """The connection died before the outcome was known."""
        self.fail(OutcomeUnknown("the database connection was lost; the outcome of this request is unknown"))


class Sink:
    """Chunks of rows between a lane and a consumer that may be slow; at most `limit` chunks wait."""

    def __init__(self, chunk_rows: int, limit: int) -> None:
        self.chunk_rows = chunk_rows
        self.opened = False
        """Whether the settings are done, so that the rows which follow are the consumer's."""
        self._limit = limit
        self._chunks: deque[Rows] = deque()
        self._arrived = asyncio.Event()
        self._resume: Callable[[], None] | None = None
        self._closed = False

    def put(self, result: PGresult) -> None:
        """Take one chunk; a closed sink drops it."""
        if not self._closed:
            self._chunks.append(Rows(result))
            self._arrived.set()

    def is_full(self) -> bool:
        """Whether the lane should stop reading."""
        return len(self._chunks) >= self._limit and not self._closed

    def paused(self, resume: Callable[[], None]) -> None:
        """The lane stopped reading; call `resume` when there is room."""
        self._resume = resume

    def close(self) -> None:
        """The consumer wants no more: what still comes is read and thrown away."""
        self._closed = True
        self._chunks.clear()
        self._wake_lane()

    async def chunks(self, done: asyncio.Future[Rows]) -> AsyncIterator[Rows]:
        """Chunks in order until `done`; raises what `done` raises."""
        done.add_done_callback(lambda _: self._arrived.set())
        while not done.done() or self._chunks:
            if self._chunks:
                yield self._chunks.popleft()
                self._wake_lane()
            else:
                self._arrived.clear()
                await self._arrived.wait()
        done.result()

    def _wake_lane(self) -> None:
        if self._resume is not None and not self.is_full():
            resume, self._resume = self._resume, None
            resume()


def database_error(result: PGresult) -> DatabaseError:
    """The error fields of a failed result."""
    from psycopg.pq import DiagnosticField as Field

    def text(which: Field) -> str | None:
        value = result.error_field(which)
        return None if value is None else value.decode(errors="replace")

    sqlstate, hint = text(Field.SQLSTATE) or "XX000", text(Field.MESSAGE_HINT)
    if sqlstate == "40P01" and hint == _FOR_OPERATORS:
        hint = "Nothing was changed. Send the request again."
    message = text(Field.MESSAGE_PRIMARY) or result.error_message.decode(errors="replace").strip()
    return DatabaseError(
        sqlstate,
        message,
        text(Field.MESSAGE_DETAIL),
        hint,
        text(Field.CONTEXT),
    )
