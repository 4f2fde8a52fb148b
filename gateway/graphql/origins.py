"""Where a field comes from in SQL. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.graphql.results import Verb


@dataclass(frozen=True, slots=True)
class FromColumn:
    """A column of the relation."""

    column: str


@dataclass(frozen=True, slots=True)
class FromAttribute:
    """An attribute of the composite type."""

    attribute: str


@dataclass(frozen=True, slots=True)
class FromKey:
    """The row's `nodeId`: the relation and the values of its key."""

    relation: Name
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromLink:
    """Rows of another relation; each pair is a column here and the column there that equals it."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FromComputed:
    """A function of the row."""

    function: Name


@dataclass(frozen=True, slots=True)
class FromCollection:
    """All rows of a relation that the role may see."""

    relation: Name


@dataclass(frozen=True, slots=True)
class FromFunction:
    """A call of a function with the field's arguments."""

    function: Name


@dataclass(frozen=True, slots=True)
class FromChange:
    """A change of rows of a relation."""

    relation: Name
    verb: Verb


@dataclass(frozen=True, slots=True)
class FromNodeId:
    """The row that the argument `nodeId` names."""


@dataclass(frozen=True, slots=True)
class FromPrimaryKey:
    """The row of a relation whose key has the values of the field's arguments."""

    relation: Name


Origin = (
    FromColumn
    | FromAttribute
    | FromKey
    | FromLink
    | FromComputed
    | FromCollection
    | FromFunction
    | FromChange
    | FromNodeId
    | FromPrimaryKey
)
