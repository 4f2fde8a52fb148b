"""What a read means once its names are resolved. Types only; REST and GraphQL both plan into these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from gateway.plan.joins import Beside, Joined
from gateway.plan.operators import Operator as Operator
from gateway.plan.operators import Quantifier as Quantifier
from gateway.plan.operators import Test as Test
from gateway.plan.values import Made

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.plan.values import NamedCall, Whole


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """Column `column` of the source known as `alias`."""

    alias: str
    column: str


@dataclass(frozen=True, slots=True)
class RowOf:
    """The whole row of the source known as `alias`."""

    alias: str


@dataclass(frozen=True, slots=True)
class Value:
    """The request's value in `slot`; cast to the SQL type `type` where the context does not give it one."""

    slot: int
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A text that the schema gives, such as a type's name."""

    text: str


@dataclass(frozen=True, slots=True)
class Cast:
    """`expression` as the SQL type `type`."""

    expression: Expression
    type: str


@dataclass(frozen=True, slots=True)
class JsonPath:
    """Steps into a JSON value, each a key or a position; the last one yields text where `as_text`."""

    expression: Expression
    steps: tuple[Value | Constant | Whole, ...]
    as_text: bool


@dataclass(frozen=True, slots=True)
class Call:
    """`function` of positional arguments; a computed field is a call on its row."""

    function: Name
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Attribute `name` of a composite value."""

    expression: Expression
    name: str


Expression = ColumnOf | RowOf | Value | Constant | Cast | JsonPath | Call | Attribute | Made


@dataclass(frozen=True, slots=True)
class Compare:
    """`left operator right`, or `left operator any/all(right)`."""

    left: Expression
    operator: Operator
    right: Expression
    quantifier: Quantifier | None = None


@dataclass(frozen=True, slots=True)
class Is:
    """`expression is test`."""

    expression: Expression
    test: Test


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of `conditions`; true where there are none."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `conditions`; false where there are none."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite, unknown staying unknown."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether `select` has a row."""

    select: Select


Condition = Compare | Is | AllOf | AnyOf | Not | Exists
ALWAYS = AllOf(())


class Nulls(Enum):
    """Where nulls stand in an order."""

    FIRST = "nulls first"
    LAST = "nulls last"


@dataclass(frozen=True, slots=True)
class Order:
    """One term of an order; PostgreSQL's own place for nulls where `nulls` is None."""

    expression: Expression
    descending: bool = False
    nulls: Nulls | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A relation to read from."""

    name: Name


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function to read from; arguments by name, absent ones take their defaults."""

    name: Name
    arguments: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Unnest:
    """The rows of an array of composites; with their place as the column `ordinality` where `numbered`."""

    array: Expression
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Calling:
    """The rows that a call gives; a composite value is one row of its attributes."""

    call: Call | NamedCall


@dataclass(frozen=True, slots=True)
class Rowset:
    """The rows of another select; its keys are the columns."""

    select: Select


@dataclass(frozen=True, slots=True)
class Nothing:
    """One row without columns."""


@dataclass(frozen=True, slots=True)
class Cte:
    """The rows of the common table expression `name`, which the code names, not the request."""

    name: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows that an earlier statement of the transaction has kept, each a value of the type `row`.

    A name is that of the relation whose rows they are. Their place is the column `ordinality` where `numbered`.
    """

    row: Name | str
    numbered: bool = False


Source = Table | FunctionCall | Unnest | Calling | Rowset | Nothing | Cte | Kept


class Shape(Enum):
    """How the rows of a nested select stand under their key."""

    OBJECT = auto()
    """The one row as an object, or null."""
    ARRAY = auto()
    """All rows as an array of objects, empty where there are none."""


@dataclass(frozen=True, slots=True)
class Field:
    """`expression` under `key`."""

    key: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Group:
    """Members of the same row as an object of their own under `key`.

    The object is null where `present` is null, or does not hold where it is a condition.
    """

    key: str
    members: tuple[Member, ...]
    present: Expression | Condition | None = None


@dataclass(frozen=True, slots=True)
class Nested:
    """Related rows under `key`; `required` drops the outer row where there are none."""

    key: str
    select: Select
    shape: Shape
    required: bool = False

    @property
    def alias(self) -> str:
        """The name under which the outer row finds them."""
        return f"{self.select.alias}_"


Member = Field | Group | Nested


@dataclass(frozen=True, slots=True)
class Select:
    """Rows of `source`, each as an object of `members`.

    The correlation of a nested select with its outer row is part of `where`. `alias` is unique within the plan.
    """

    source: Source
    alias: str
    members: tuple[Member, ...]
    where: Condition = ALWAYS
    order: tuple[Order, ...] = ()
    limit: Expression | None = None
    offset: Expression | None = None
    joins: tuple[Joined, ...] = ()
    beside: tuple[Beside, ...] = ()
    group: tuple[Expression, ...] = ()
    labels: tuple[tuple[str, Value], ...] = ()
    """For members whose key is no identifier: the value that is written in its stead where the row becomes JSON."""
