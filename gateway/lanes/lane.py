"""One connection in pipeline mode, shared by many requests at once.

The only module that talks to a connection. The order of results and the meaning of each status are libpq's, see
https://www.postgresql.org/docs/18/libpq-pipeline-mode.html.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Protocol

from psycopg import OperationalError
from psycopg.pq import ConnStatus, ExecStatus

from gateway.lanes.model import NOTHING_AROUND
from gateway.lanes.prepared import PreparedStatements
from gateway.lanes.work import Parse, Work, database_error

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn, PGresult

    from gateway.lanes.prepared import Prepared

_STALE_PLAN = frozenset({"26000", "0A000"})
_COLLISION = frozenset({"40001", "40P01"})
"""Two transactions came into each other's way; that of this one has left nothing behind."""
_SYNC, _FATAL, _CHUNK = ExecStatus.PIPELINE_SYNC, ExecStatus.FATAL_ERROR, ExecStatus.TUPLES_CHUNK
_DONE = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.EMPTY_QUERY})


class Owner(Protocol):
    """Who lends work to a lane and takes it back."""

    def finished(self, work: Work) -> None: ...
    def drained(self) -> None: ...
    def lost(self, lane: Lane, works: list[Work]) -> None: ...


class Lane:
    """Sends segments in order and matches results to them in the same order."""

    def __init__(self, conn: PGconn, owner: Owner, max_prepared: int) -> None:
        self._conn = conn
        self._owner = owner
        self._loop = asyncio.get_running_loop()
        self._in_flight: deque[Work | Parse] = deque()
        self.load = 0
        """Requests whose outcome has not come back."""
        self._writing = False
        self._statements = PreparedStatements(max_prepared)
        conn.enter_pipeline_mode()
        self._socket = conn.socket
        self._loop.add_reader(self._socket, self._on_readable)

    @property
    def prepared(self) -> int:
        """Statements prepared on this connection."""
        return len(self._statements)

    def send(self, work: Work) -> None:
        """Put `[settings, statement, Sync]` on the wire. An undeliverable segment comes back through the owner."""
        self.load += 1
        try:
            self._send(work)
        except OperationalError:
            self._in_flight.append(work)
            self._loop.call_soon(self._die)

    def _send(self, work: Work) -> None:
        conn = self._conn
        settings = self._find_or_parse(("", work.settings_text), None)
        work.prepared = statement = self._find_or_parse((work.role, work.text), work)
        if work.around is NOTHING_AROUND and not work.further:
            conn.send_query_prepared(settings.name, work.settings)
            conn.send_query_prepared(statement.name, work.params)
        else:
            self._send_surrounded(work, settings, statement)
        conn.pipeline_sync()
        self._in_flight.append(work)
        if conn.flush():
            self._await_writable()

    def _send_surrounded(self, work: Work, settings: Prepared, statement: Prepared) -> None:
        around = work.around
        first = self._find_or_parse(("", around.first), None) if around.first is not None else None
        before = self._find_or_parse((work.role, around.before), work) if around.before is not None else None
        after = self._find_or_parse(("", around.after), None) if around.after is not None else None
        work.others = [self._find_or_parse((work.role, text), work) for text, _ in work.further]
        further = zip(work.others, (params for _, params in work.further), strict=True)
        parts = (first, ()), (settings, work.settings), (before, ()), (statement, work.params), *further, (after, ())
        for prepared, params in parts:
            if prepared is not None:
                self._conn.send_query_prepared(prepared.name, params)

    def _find_or_parse(self, key: tuple[str, str], work: Work | None) -> Prepared:
        return self._statements.find(key) or self._parse(key, work)

    def _parse(self, key: tuple[str, str], work: Work | None) -> Prepared:
        prepared, evicted = self._statements.add(key)
        if work is not None:
            self._conn.send_query_prepared(self._find_or_parse(("", work.settings_text), None).name, work.settings)
        if evicted is not None:
            self._conn.send_close_prepared(evicted.name)
        self._conn.send_prepare(prepared.name, key[1].encode())
        self._conn.pipeline_sync()
        self._in_flight.append(Parse(prepared))
        return prepared

    def _await_writable(self) -> None:
        if not self._writing:
            self._writing = True
            self._loop.add_writer(self._socket, self._on_writable)

    def _on_writable(self) -> None:
        if not self._conn.flush():
            self._loop.remove_writer(self._socket)
            self._writing = False

    def _on_readable(self) -> None:
        try:
            self._conn.consume_input()
        except OperationalError:
            self._read_results()
            self._die()
            return
        self._read_results()
        if self._conn.status != ConnStatus.OK:
            self._die()
        else:
            self._owner.drained()

    def _read_results(self) -> None:
        conn, in_flight, ended = self._conn, self._in_flight, False
        while in_flight and not conn.is_busy():
            result, segment = conn.get_result(), in_flight[0]
            if result is None and ended:
                return  # a dead connection: after its finished results it answers None for ever
            ended = result is None
            if result is None:
                self._statement_ended(segment)
            elif (status := result.status) == _SYNC:
                in_flight.popleft()
                self._finish(segment)
            elif status in _DONE:
                segment.take(result)
            elif status == _FATAL:
                segment.error = segment.error or result
            elif status == _CHUNK and self._is_full_after(segment, result):
                return

    def _statement_ended(self, segment: Work | Parse) -> None:
        sink = segment.sink if isinstance(segment, Work) else None
        if sink is None or sink.opened or not isinstance(segment, Work) or segment.answered < segment.preceding:
            return
        if self._conn.status == ConnStatus.OK:
            sink.opened = True
            self._conn.set_chunked_rows_mode(sink.chunk_rows)

    def _is_full_after(self, segment: Work | Parse, chunk: PGresult) -> bool:
        sink = segment.sink if isinstance(segment, Work) else None
        if sink is None:
            return False
        sink.put(chunk)
        if not sink.is_full():
            return False
        self._loop.remove_reader(self._socket)
        sink.paused(self._resume)
        return True

    def _resume(self) -> None:
        self._loop.add_reader(self._socket, self._on_readable)
        self._loop.call_soon(self._on_readable)

    def _finish(self, segment: Work | Parse) -> None:
        if isinstance(segment, Parse):
            self._finish_parse(segment)
        elif segment.error is None:
            self.load -= 1
            segment.succeed()
            self._owner.finished(segment)
        else:
            self.load -= 1
            self._finish_failed(segment, segment.error)

    def _finish_parse(self, parse: Parse) -> None:
        if parse.error is not None:
            self._statements.forget(parse.prepared)
            parse.prepared.error = database_error(parse.error)

    def _finish_failed(self, work: Work, result: PGresult) -> None:
        error = database_error(result)
        if work.is_undone(error):
            work.succeed()
            self._owner.finished(work)
            return
        prepared = [statement for statement in (work.prepared, *work.others) if statement is not None]
        refused = next((statement.error for statement in prepared if statement.error is not None), None)
        is_stale = error.sqlstate in _STALE_PLAN and prepared and refused is None
        if (is_stale or (error.sqlstate in _COLLISION and work.sink is None)) and not work.retried:
            for statement in prepared if is_stale else ():
                self._statements.forget(statement)
            work.again()
            self.send(work)
            return
        work.fail(refused or error)
        self._owner.finished(work)

    def close(self) -> None:
        """Let go of the connection; what is in flight is handed back as lost."""
        self._die()

    def _die(self) -> None:
        if self._socket < 0:
            return
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self._socket = -1
        works = [segment for segment in self._in_flight if isinstance(segment, Work)]
        self._in_flight.clear()
        self.load = 0
        self._conn.finish()
        self._owner.lost(self, works)
