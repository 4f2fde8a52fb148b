"""What a read asks for, before any name is known to exist. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.plan.model import Nulls

Path = tuple[str, ...]
"""The embeds that lead to a resource, as the request names them."""


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
    """A column of the answer, or an aggregate of it; `count()` of rows has no `path`."""

    path: FieldPath | None
    alias: str | None
    cast: str | None
    aggregate: str | None = None
    aggregate_cast: str | None = None


class Join(Enum):
    """Whether a row without related rows stays."""

    LEFT = auto()
    INNER = auto()


@dataclass(frozen=True, slots=True)
class SelectEmbed:
    """Related rows of `target`, found with the help of `hint` where several relationships lead there.

    Their columns stand in the outer row itself where `is_spread`.
    """

    target: str
    hint: str | None
    alias: str | None
    join: Join
    items: tuple[SelectItem, ...]
    is_spread: bool = False

    @property
    def name(self) -> str:
        """The name by which filters and the answer know it."""
        return self.alias or self.target


SelectItem = SelectAll | SelectField | SelectEmbed


@dataclass(frozen=True, slots=True)
class Filter:
    """`field operator value`; for `is` the value is the keyword, else it is in `slot`.

    `modifier` is `any` or `all`, or the configuration of a text search.
    """

    field: FieldPath
    operator: str
    negated: bool
    modifier: str | None
    slot: int | None
    keyword: str | None = None


@dataclass(frozen=True, slots=True)
class Logic:
    """All of `terms`, or any of them where `is_or`."""

    is_or: bool
    negated: bool
    terms: tuple[Term, ...]


Term = Filter | Logic


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One term of `order`; `field` is one of the related row where `embed` names it."""

    field: FieldPath
    descending: bool
    nulls: Nulls | None
    embed: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Slots of `limit` and `offset`."""

    limit: int | None = None
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class ReadIntent:
    """A whole read; filters, orders and pages by the path of the resource that they belong to."""

    select: tuple[SelectItem, ...]
    filters: tuple[tuple[Path, Term], ...] = ()
    orders: tuple[tuple[Path, tuple[OrderTerm, ...]], ...] = ()
    pages: tuple[tuple[Path, Page], ...] = ()
    columns: tuple[str, ...] | None = None
    """`columns=`, which writes heed."""
    on_conflict: tuple[str, ...] | None = None
