"""What a field gives: a value, a row, rows, or what a change has touched. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from gateway.graphql.leaves import Leaf

if TYPE_CHECKING:
    from gateway.catalog.model import Name


class Verb(Enum):
    """What is done to rows; the value is the word in the names of GraphQL."""

    INSERT = "Insert"
    UPDATE = "Update"
    DELETE = "Delete"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a relation."""

    relation: Name


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a relation as a connection."""

    relation: Name


@dataclass(frozen=True, slots=True)
class Record:
    """A value of a composite type that is no relation's row type."""

    composite: int


@dataclass(frozen=True, slots=True)
class Many:
    """Composite values as a plain list: an array, or the rows of a function where `is_set`."""

    of: Row | Record
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """Values without fields that the rows of a function are, as a plain list."""

    of: Leaf


@dataclass(frozen=True, slots=True)
class Affected:
    """The rows that a change has touched, and how many they are."""

    relation: Name
    verb: Verb


@dataclass(frozen=True, slots=True)
class AnyRow:
    """A row of the relation that its `nodeId` names."""


Result = Leaf | Row | Rows | Record | Many | Values | Affected | AnyRow
