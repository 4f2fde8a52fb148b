"""What a read asks for, before any name is known to exist. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.plan.model import Nulls


@dataclass(frozen=True, slots=True)
class JsonStep:
    """One `->` into a JSON value: a key, or a position where `is_index`."""

    text: str
    is_index: bool


@dataclass(frozen=True, slots=True)
class FieldPath:
    """A column, or a path into a JSON column whose last arrow is `->>` where `as_text`."""

    name: str
    steps: tuple[JsonStep, ...] = ()
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class SelectAll:
    """`*`."""


@dataclass(frozen=True, slots=True)
class SelectField:
    """A column of the answer."""

    path: FieldPath
    alias: str | None
    cast: str | None


class Join(Enum):
    """Whether a row without related rows stays."""

    LEFT = auto()
    INNER = auto()


@dataclass(frozen=True, slots=True)
class SelectEmbed:
    """Related rows of `target`, found with the help of `hint` where several relationships lead there."""

    target: str
    hint: str | None
    alias: str | None
    join: Join
    items: tuple[SelectItem, ...]

    @property
    def name(self) -> str:
        """The name by which filters and the answer know it."""
        return self.alias or self.target


SelectItem = SelectAll | SelectField | SelectEmbed


@dataclass(frozen=True, slots=True)
class Filter:
    """`field operator value`; for `is` the value is the keyword, else it is in `slot`."""

    path: tuple[str, ...]
    """The embeds that lead to the resource that is filtered."""
    field: FieldPath
    operator: str
    negated: bool
    modifier: str | None
    slot: int | None
    keyword: str | None = None


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One term of `order`."""

    field: FieldPath
    descending: bool
    nulls: Nulls | None


@dataclass(frozen=True, slots=True)
class Page:
    """Slots of `limit` and `offset`."""

    limit: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class ReadIntent:
    """A whole read; orders and pages by the path of the embed that they belong to."""

    select: tuple[SelectItem, ...]
    filters: tuple[Filter, ...]
    orders: tuple[tuple[tuple[str, ...], tuple[OrderTerm, ...]], ...]
    pages: tuple[tuple[tuple[str, ...], Page], ...]
