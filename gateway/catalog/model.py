"""What the database says of itself, as immutable values. Types only.

A name of a relation, function or type is always the pair (schema, name).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Name = tuple[str, str]
TEXT_OID, JSON_OID, JSONB_OID = 25, 114, 3802


class RelationKind(Enum):
    """pg_class.relkind, as far as it can be selected from."""

    TABLE = "r"
    PARTITIONED = "p"
    VIEW = "v"
    MATERIALIZED_VIEW = "m"
    FOREIGN_TABLE = "f"


class TypeKind(Enum):
    """pg_type.typtype; arrays are told apart by `Type.element`."""

    BASE = "b"
    COMPOSITE = "c"
    DOMAIN = "d"
    ENUM = "e"
    PSEUDO = "p"
    RANGE = "r"
    MULTIRANGE = "m"


class Volatility(Enum):
    """pg_proc.provolatile."""

    IMMUTABLE = "i"
    STABLE = "s"
    VOLATILE = "v"


class ArgumentMode(Enum):
    """pg_proc.proargmodes."""

    IN = "i"
    OUT = "o"
    INOUT = "b"
    VARIADIC = "v"
    TABLE = "t"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a composite type."""

    name: str
    type: int


@dataclass(frozen=True, slots=True)
class Type:
    """A type that a column, an argument or a result has. `sql` is how it is written in SQL."""

    oid: int
    name: Name
    sql: str
    kind: TypeKind
    category: str
    element: int
    """oid of the element type of an array, else 0."""
    base: int
    """oid of the type under a domain, else 0."""
    relation: Name | None
    """The relation whose row type this is."""
    attributes: tuple[Attribute, ...]
    labels: tuple[str, ...]
    """The values of an enum, in order."""
    comment: str | None
    checks: tuple[str, ...] = ()
    """The constraints of a domain, as PostgreSQL writes them."""

    @property
    def is_array(self) -> bool:
        """Whether values are arrays of `element`."""
        return self.element != 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a relation."""

    name: str
    position: int
    type: int
    nullable: bool
    has_default: bool
    default: str | None
    """The SQL of what stands where nothing is given, also for an identity."""
    is_generated: bool
    """`generated always as (...)`: can never be written."""
    identity: str
    """'a' for `generated always as identity`, 'd' for `by default`, else ''."""
    comment: str | None


@dataclass(frozen=True, slots=True)
class Relation:
    """A table, view, materialized view or foreign table."""

    name: Name
    kind: RelationKind
    row_type: int
    columns: Mapping[str, Column]
    primary_key: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    insertable: bool
    updatable: bool
    deletable: bool
    comment: str | None
    has_row_security: bool = False
    """Whether a role may see some of its rows only."""
    key: tuple[str, ...] = ()
    """What tells rows apart: the primary key; of a view, the columns in which it shows those of its tables."""
    unique_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The columns of each unique constraint or index, by its name."""


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A foreign key of `table` to `target`; the pairs of `columns` and `target_columns` belong together."""

    name: str
    table: Name
    columns: tuple[str, ...]
    target: Name
    target_columns: tuple[str, ...]
    is_one_to_one: bool
    """Whether `columns` are unique in `table`."""
    comment: str | None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a function; `type` is an oid."""

    name: str
    type: int
    mode: ArgumentMode
    has_default: bool
    default: str | None = None
    """Its SQL."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function or procedure that can be called."""

    oid: int
    name: Name
    arguments: tuple[Argument, ...]
    returns: int
    returns_set: bool
    rows: float
    """The planner's estimate of rows of a set-returning function."""
    volatility: Volatility
    settings: tuple[tuple[str, str], ...]
    comment: str | None

    @property
    def inputs(self) -> tuple[Argument, ...]:
        """The arguments that a caller passes."""
        out = (ArgumentMode.OUT, ArgumentMode.TABLE)
        return tuple(argument for argument in self.arguments if argument.mode not in out)

    @property
    def outputs(self) -> tuple[Argument, ...]:
        """The columns of the result where it is declared by `out` arguments or `returns table`."""
        out = (ArgumentMode.OUT, ArgumentMode.INOUT, ArgumentMode.TABLE)
        return tuple(argument for argument in self.arguments if argument.mode in out)


@dataclass(frozen=True, slots=True)
class MediaHandler:
    """An aggregate that makes `media` of rows of `row_type`, of any rows where that is 0."""

    aggregate: Name
    media: str
    row_type: int
    is_binary: bool


@dataclass(frozen=True, slots=True)
class Catalog:
    """The whole schema cache. `version` differs from that of any other reading in this process."""

    version: int
    schemas: Mapping[str, str | None]
    """The exposed schemas, in their configured order, with their comments."""
    relations: Mapping[Name, Relation]
    foreign_keys: tuple[ForeignKey, ...]
    functions: Mapping[Name, tuple[Function, ...]]
    types: Mapping[int, Type]
    role_settings: Mapping[str, Mapping[str, str]]
    timezones: frozenset[str]
    view_keys: tuple[ForeignKey, ...] = ()
    """The foreign keys of tables as they hold for the views that show their columns."""
    computed: tuple[Function, ...] = ()
    """Functions of a row outside the exposed schemas, which serve as computed fields only."""
    casts: Mapping[tuple[int, int], Name] = field(default_factory=dict)
    """Functions that turn domains into json and text and back, by the oids of source and target."""

    media_handlers: tuple[MediaHandler, ...] = ()
    feature: Name | None = None
    """The function that writes a row as a GeoJSON feature, where PostGIS is there."""

    def to_json(self, type_: int) -> Name | None:
        """The function that writes values of a domain as JSON, where it has one."""
        return self.casts.get((type_, JSON_OID)) if self.casts else None

    def from_json(self, type_: int) -> Name | None:
        """The function that reads a domain from JSON, where it has one."""
        return self.casts.get((JSON_OID, type_)) if self.casts else None

    def from_text(self, type_: int) -> Name | None:
        """The function that reads a domain from text, where it has one."""
        return self.casts.get((TEXT_OID, type_)) if self.casts else None

    def type_of(self, oid: int) -> Type:
        """The type with this oid; every oid that the catalogue mentions is there."""
        return self.types[oid]

    def computed_fields(self, relation: Name) -> Mapping[str, Function]:
        """Functions whose only argument is a row of `relation`, by function name."""
        row_type = self.relations[relation].row_type
        return {
            name: function
            for (_, name), overloads in self.functions.items()
            for function in overloads
            if len(function.inputs) == 1 and function.inputs[0].type == row_type
        }


@dataclass(frozen=True, slots=True)
class TablePrivileges:
    """What a role may do with a relation: column names by verb, and whether it may delete."""

    select: frozenset[str]
    insert: frozenset[str]
    update: frozenset[str]
    delete: bool


@dataclass(frozen=True, slots=True)
class Privileges:
    """What one role may touch of the exposed schemas."""

    role: str
    tables: Mapping[Name, TablePrivileges]
    functions: frozenset[int]
    """oids of the functions that the role may execute."""
