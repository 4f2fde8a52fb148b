"""Values without fields: GraphQL's scalars, enums, and lists of them. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Scalar(Enum):
    """GraphQL's scalars and pg_graphql's own; the value is the name."""

    ID = "ID"
    INT = "Int"
    FLOAT = "Float"
    STRING = "String"
    BOOLEAN = "Boolean"
    BIG_INT = "BigInt"
    BIG_FLOAT = "BigFloat"
    DATE = "Date"
    TIME = "Time"
    DATETIME = "Datetime"
    JSON = "JSON"
    UUID = "UUID"
    CURSOR = "Cursor"
    OPAQUE = "Opaque"


class Filtering(Enum):
    """Which comparisons filters have on a column; the value is the word in comments."""

    ALL = "all"
    INDEXABLE = "indexable"
    """Only those that PostgreSQL may answer by an index where policies hide rows."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class EnumShape:
    """An enum; `labels` pairs each GraphQL value with the SQL label."""

    name: str
    labels: tuple[tuple[str, str], ...]
    description: str | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value without fields, or a list of such. `sql` is its SQL type, `base` that type with domains resolved."""

    type: Scalar | EnumShape
    sql: str
    base: str
    is_list: bool = False
