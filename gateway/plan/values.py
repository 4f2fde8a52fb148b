"""Values that are made of other values. Types only; `gateway.plan.model` unites them with the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.plan.model import Condition, Expression, Order, Select


@dataclass(frozen=True, slots=True)
class NamedCall:
    """`function` of arguments by name; absent ones take their defaults."""

    function: Name
    arguments: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A number that the schema gives, such as the largest page."""

    number: int


@dataclass(frozen=True, slots=True)
class Tuple:
    """Several values as one, to be compared from the left."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """`parts` as a JSON array in base64: an opaque name of a row or of a position."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Relabelled:
    """`expression`, or each element of it where `many`, with each label of `pairs` replaced by its partner."""

    expression: Expression
    pairs: tuple[tuple[str, str], ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class FromJson:
    """The JSON object in `slot` as a value of the composite type `type`; an array of objects where `many`."""

    slot: int
    type: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Coalesce:
    """The first of `parts` that is not null."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether `condition` holds, as a value."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Scalar:
    """The one value of the one row of `select`."""

    select: Select


@dataclass(frozen=True, slots=True)
class Numbered:
    """The place of a row among its fellows, from 1."""


class AggregateFunction(Enum):
    """An aggregate; its value is PostgreSQL's name."""

    COUNT = "count"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    ANY = "bool_or"
    EVERY = "bool_and"
    JSON = "json_agg"
    ARRAY = "array_agg"


@dataclass(frozen=True, slots=True)
class Aggregate:
    """`function` over the rows for which `where` holds, in `order`; of the rows themselves where `of` is None."""

    function: AggregateFunction
    of: Expression | None
    order: tuple[Order, ...] = ()
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class FirstOf:
    """The first element of an array."""

    array: Expression


@dataclass(frozen=True, slots=True)
class RowJson:
    """The row of `select`, which stands under `alias`, as a JSON object; comparable where `binary`."""

    select: Select
    alias: str
    binary: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A JSON array, empty where it is null; comparable where `binary`."""

    array: Expression
    binary: bool = False


@dataclass(frozen=True, slots=True)
class EachOf:
    """`function` of every text of `array`, as an array."""

    function: Name
    array: Expression


@dataclass(frozen=True, slots=True)
class Parts:
    """A JSON object of a composite value's attributes; each is written as the form beside its name says, if any."""

    attributes: tuple[tuple[str, Form | None], ...]


@dataclass(frozen=True, slots=True)
class Elements:
    """A JSON array of an array's elements."""

    of: Form


Form = Parts | Elements | tuple[str, str]
"""How a value is written as JSON; a pair names the function that does it."""


@dataclass(frozen=True, slots=True)
class Written:
    """`expression` as JSON."""

    expression: Expression
    form: Form


Made = (
    NamedCall
    | Whole
    | Tuple
    | Encoded
    | Relabelled
    | FromJson
    | Coalesce
    | Holds
    | Scalar
    | Numbered
    | Aggregate
    | FirstOf
    | RowJson
    | Listed
    | EachOf
    | Written
)
