"""What one role sees through GraphQL: every type and field with its name and what it stands for in SQL. Types only.

`Surface` stands between the catalogue and both the GraphQL schema (which validates documents) and the planner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.catalog.model import Name


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


class Verb(Enum):
    """What is done to rows; the value is the word in the names of GraphQL."""

    INSERT = "Insert"
    UPDATE = "Update"
    DELETE = "Delete"


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
