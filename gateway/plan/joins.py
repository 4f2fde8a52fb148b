"""Other rows that stand beside each row of a select. Types only; part of `gateway.plan.model`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.plan.model import Select, Source


class Gather(Enum):
    """What a join gives to its outer row, under the alias of its select followed by `_`."""

    ROW = auto()
    """The columns of the one row."""
    ROWS = auto()
    """The column `rows`: all rows as a JSON array of objects, null where there are none."""
    COLUMNS = auto()
    """Every column as a JSON array over all rows, null where there are none; and their number as the column `n`."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Rows of `select` beside each outer row; `required` drops the outer row where there are none."""

    select: Select
    gather: Gather
    required: bool = False

    @property
    def alias(self) -> str:
        """The name under which the outer row finds what it gives."""
        return f"{self.select.alias}_"


@dataclass(frozen=True, slots=True)
class Beside:
    """Another source whose rows are combined with those of the select; its `where` says how."""

    source: Source
    alias: str
