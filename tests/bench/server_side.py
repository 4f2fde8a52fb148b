"""Statements of the gateway run again as a lane would run them; the server tells how long each took and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from types import TracebackType
from typing import Any

import psycopg
from psycopg import sql
from psycopg.abc import Buffer

from gateway.lanes import LaneKind
from gateway.lanes.connect import lane_conninfo
from tests.bench.load import percentile

TIMEOUT_MS = 60_000
NESTED = (
    "load 'auto_explain'",
    "set auto_explain.log_min_duration = 0",
    "set auto_explain.log_level = 'notice'",
    "set auto_explain.log_nested_statements = on",
    "set auto_explain.log_analyze = on",
    "set auto_explain.log_buffers = on",
    "set auto_explain.log_settings = off",
)
EXPLAIN = sql.SQL("explain (analyze, timing off, buffers off, serialize text, format json) ")
Params = Sequence[Buffer | None]
_TAKEN = re.compile(r"duration: ([0-9.]+) ms +plan:\n")
_READS = re.compile(r"(?:Scan|Only) .*on ")


@dataclass(frozen=True)
class Asked:
    """What one request sends: the settings, and each statement with its parameters."""

    settings_text: str
    settings: Params
    parts: Sequence[tuple[str, Params]]


@dataclass(frozen=True)
class Run:
    """One request, and the milliseconds that all its statements took to plan and to run."""

    asked: Asked
    milliseconds: float


@dataclass(frozen=True)
class Told:
    """What one page took, over all its runs, and the plans of the median one."""

    page: str
    runs: Sequence[Run] = field(repr=False)
    plans: Sequence[str] = field(repr=False)

    @cached_property
    def taken(self) -> list[float]:
        return sorted(run.milliseconds for run in self.runs)

    @property
    def p95(self) -> float:
        return percentile(self.taken, 0.95)

    @property
    def figures(self) -> tuple[float, float, float, float]:
        """The 50th, 95th and 99th hundredth and the longest, in milliseconds."""
        return percentile(self.taken, 0.5), self.p95, percentile(self.taken, 0.99), self.taken[-1]

    def text(self) -> str:
        """A line for people."""
        return f"{self.page:32}" + "".join(f"{figure:9.2f}" for figure in self.figures)


class Server:
    """A connection with the options of a lane for reads."""

    def __init__(self, url: str) -> None:
        conninfo = lane_conninfo(url, LaneKind.READ, TIMEOUT_MS)
        self._conn = psycopg.connect(conninfo, cursor_factory=psycopg.RawCursor, prepare_threshold=None)
        self._conn.execute("set jit = off")
        self._conn.commit()
        self._names: dict[str, str] = {}
        self._numbers = count(1)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._conn.close()

    def run(self, asked: Asked) -> Run:
        """Runs the statements. Only what a lane has not prepared yet is prepared outside the time that is told."""
        return Run(asked, sum(self._told(part) for part in self._as_asked(asked)))

    def explain(self, asked: Asked) -> list[str]:
        """The plans of the statements and of those in functions that read tables, the slowest of each kind."""
        found: list[str] = []
        self._conn.rollback()
        for statement in NESTED:
            self._conn.execute(statement.encode())
        self._conn.commit()
        self._conn.add_notice_handler(handler := lambda notice: found.append(notice.message_primary or ""))
        for part in self._as_asked(asked):
            self._conn.execute(part)
        self._conn.remove_notice_handler(handler)
        self._conn.rollback()
        self._conn.execute("set auto_explain.log_min_duration = -1")
        self._conn.commit()
        return _distinct(found)

    def _told(self, execute: sql.Composed) -> float:
        row = self._conn.execute(EXPLAIN + execute).fetchone()
        assert row is not None
        [told] = row[0]
        return float(told["Planning Time"] + told["Execution Time"])

    def _as_asked(self, asked: Asked) -> list[sql.Composed]:
        """Begins a transaction as the one who asked, and gives the statements to run in it."""
        self._conn.rollback()
        self._conn.execute(asked.settings_text.encode(), list(map(_text, asked.settings)))
        return [self._prepared(text, params) for text, params in asked.parts]

    def _prepared(self, text: str, params: Params) -> sql.Composed:
        if text not in self._names:
            name = self._names[text] = f"page_{next(self._numbers)}"
            self._conn.execute(sql.SQL("prepare {} as ").format(sql.Identifier(name)) + sql.SQL(text))
            self._conn.execute(EXPLAIN + _execute(name, params))
        return _execute(self._names[text], params)


def _execute(name: str, params: Params) -> sql.Composed:
    values = sql.SQL(", ").join(sql.Literal(_text(value)) for value in params)
    given = sql.SQL("({})").format(values) if params else sql.SQL("")
    return sql.SQL("execute {}").format(sql.Identifier(name)) + given


def _text(value: Any) -> str | None:
    return None if value is None else bytes(value).decode()


def _distinct(messages: Sequence[str]) -> list[str]:
    slowest: dict[str, tuple[float, str]] = {}
    for message in messages:
        told = _TAKEN.match(message)
        if told and _READS.search(message):
            text = message[told.end() :]
            query = text.split("\n", 1)[0]
            slowest[query] = max(slowest.get(query, (0.0, "")), (float(told.group(1)), text))
    return [text for _, text in sorted(slowest.values(), reverse=True)]
