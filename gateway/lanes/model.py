"""What goes into a lane and what comes out of it. Types only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg.pq.abc import PGresult

Param = bytes | str | None


class LaneKind(Enum):
    """The class of service that a statement asks for."""

    READ = auto()
    """Short, read-only; retried once on another lane when its connection dies."""
    WRITE = auto()
    """May change rows; never repeated."""
    LONG = auto()
    """Reports, plans and streams: one at a time on a lane, with a longer time-out; may write, never repeated."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a statement runs as: the database role, the verified claims as JSON text, and the user's id in decimal."""

    role: str
    claims: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement with parameters $1, $2, ...; its text is its identity for preparing."""

    text: str
    kind: LaneKind = LaneKind.READ


NO_SETTINGS: Mapping[str, str] = MappingProxyType({})
ROLLED_BACK = "DARBK"
"""The SQLSTATE by which `Around.after` ends a transaction whose rows are still wanted."""


@dataclass(frozen=True, slots=True)
class Around:
    """Statements without parameters in the same transaction; of no role's making but the gateway's."""

    first: str | None = None
    """Before the settings: `set transaction isolation level ...`."""
    before: str | None = None
    """After the settings, under the caller's role."""
    after: str | None = None
    """After the statement. Where it raises `ROLLED_BACK`, the rows are the outcome and nothing is kept."""


NOTHING_AROUND = Around()


class LaneError(Exception):
    """Base of everything that a lane reports."""


@dataclass(eq=False)
class DatabaseError(LaneError):
    """PostgreSQL refused the statement; its transaction was rolled back."""

    sqlstate: str
    message: str
    detail: str | None = None
    hint: str | None = None
    context: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.sqlstate}: {self.message}"


class Unavailable(LaneError):
    """No connection could take the statement. Nothing was run."""


class OutcomeUnknown(LaneError):
    """The connection died with a write in flight: it may or may not have been committed, and is not repeated."""


class Rows:
    """The result of one statement, in PostgreSQL's text format."""

    __slots__ = ("_result",)

    def __init__(self, result: PGresult) -> None:
        self._result = result

    def __len__(self) -> int:
        return self._result.ntuples

    def __iter__(self) -> Iterator[tuple[bytes | None, ...]]:
        return (self._row(index) for index in range(len(self)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        names = (self._result.fname(index) for index in range(self._result.nfields))
        return tuple((name or b"").decode() for name in names)

    def value(self) -> bytes | None:
        """The first column of the first row; None where there is no row or the value is null."""
        return self._result.get_value(0, 0) if self._result.ntuples else None

    def first(self) -> tuple[bytes | None, ...] | None:
        """The first row, or None where there is none."""
        return self._row(0) if len(self) else None

    def all(self) -> list[tuple[bytes | None, ...]]:
        """Every row."""
        return list(self)

    def _row(self, index: int) -> tuple[bytes | None, ...]:
        return tuple(self._result.get_value(index, column) for column in range(self._result.nfields))


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many lanes a kind has, how many segments each holds in flight, and its time-out in milliseconds."""

    lanes: int
    depth: int
    timeout_ms: int


@dataclass(frozen=True, slots=True)
class LanesConfig:
    """Where the lanes lead and how many of each kind there are."""

    conninfo: str
    sizes: Mapping[LaneKind, GroupSize] = field(
        default_factory=lambda: {
            LaneKind.READ: GroupSize(lanes=2, depth=8, timeout_ms=8_000),
            LaneKind.WRITE: GroupSize(lanes=16, depth=2, timeout_ms=8_000),
            LaneKind.LONG: GroupSize(lanes=2, depth=1, timeout_ms=60_000),
        }
    )
    max_waiting: int = 5_000
    """Requests of one kind that may wait; the next one is refused as unavailable."""
    max_prepared: int = 500
    """Named prepared statements kept on one lane; the one unused longest is closed."""


@dataclass(frozen=True, slots=True)
class GroupStats:
    """The state of one kind of lane, for metrics."""

    kind: LaneKind
    lanes: int
    connected: int
    in_flight: int
    waiting: int
    completed: int
    failed: int
    retried: int
    lost: int
    connects: int
    prepared: int
