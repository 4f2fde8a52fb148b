"""What one role sees through GraphQL: every type and field with its name and what it stands for in SQL. Types only.

`Surface` stands between the catalogue and both the GraphQL schema (which validates documents) and the planner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.graphql.leaves import Filtering

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.graphql.leaves import Leaf
    from gateway.graphql.origins import Origin
    from gateway.graphql.results import Result


@dataclass(frozen=True, slots=True)
class RecordInput:
    """A composite value, or an array of them, given as input objects."""

    composite: int
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class ArgumentShape:
    """An argument of a function, or an attribute of an input object; `sql_name` is its name in SQL."""

    name: str
    sql_name: str
    type: Leaf | RecordInput
    is_required: bool
    description: str | None = None
    default: bool | int | float | str | None = None
    """For introspection, where it is a plain literal; the database applies it."""


@dataclass(frozen=True, slots=True)
class FieldShape:
    """A field of an object type."""

    name: str
    origin: Origin
    result: Result
    is_nullable: bool = True
    description: str | None = None
    arguments: tuple[ArgumentShape, ...] = ()
    filtering: Filtering = Filtering.ALL


@dataclass(frozen=True, slots=True)
class WritableColumn:
    """A column that may be given; `default` is the SQL of what stands where it is absent."""

    name: str
    column: str
    type: Leaf
    default: str | None


@dataclass(frozen=True, slots=True)
class NestedShape:
    """Rows of `relation` that may be inserted along with a row, before it where `is_first`, else after it.

    Each pair is a column here and the column there that equals it.
    """

    relation: Name
    pairs: tuple[tuple[str, str], ...]
    is_first: bool
    is_list: bool


@dataclass(frozen=True, slots=True)
class RelationShape:
    """A relation as an object type; `type_name` is also the stem of its connection, filter and order types."""

    relation: Name
    type_name: str
    description: str | None
    key: tuple[str, ...]
    fields: Mapping[str, FieldShape]
    max_rows: int
    has_total_count: bool
    has_aggregate: bool = False
    insertable: Mapping[str, WritableColumn] = field(default_factory=dict)
    updatable: Mapping[str, WritableColumn] = field(default_factory=dict)
    is_deletable: bool = False
    uniques: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns of each unique constraint that an insert may meet, by its name."""
    nested: Mapping[str, NestedShape] = field(default_factory=dict)
    """The rows that can be inserted along with a row, by the name of the field that leads to them."""


@dataclass(frozen=True, slots=True)
class CompositeShape:
    """A composite type as an object type, as an input object, or as both. `sql` is its name in SQL."""

    sql: str
    output_name: str | None
    input_name: str | None
    description: str | None
    fields: Mapping[str, FieldShape]
    inputs: Mapping[str, ArgumentShape]


@dataclass(frozen=True, slots=True)
class Surface:
    """Everything that one role sees."""

    relations: Mapping[Name, RelationShape]
    composites: Mapping[int, CompositeShape]
    query: Mapping[str, FieldShape]
    mutation: Mapping[str, FieldShape]
    has_introspection: bool = field(default=True)
