"""What a write means once its names are resolved. Types only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.plan.model import ALWAYS

if TYPE_CHECKING:
    from gateway.catalog.model import Name
    from gateway.plan.model import Condition, Expression


@dataclass(frozen=True, slots=True)
class Linked:
    """The value of `column` of a row that an earlier statement has kept; `place` is where the body says which one."""

    kept: int
    place: str
    column: str


@dataclass(frozen=True, slots=True)
class Given:
    """A column that the body gives; `default` is the SQL of what stands where an object lacks it, if that counts.

    `reader` is the function that makes the value of its JSON, where its type has one. Where it is `linked`, the value
    is that of another row, and the body's own where there is none.
    """

    name: str
    type: str
    default: str | None = None
    reader: Name | None = None
    linked: Linked | None = None


@dataclass(frozen=True, slots=True)
class Objects:
    """The rows of the JSON array of objects in `slot`."""

    slot: int
    columns: tuple[Given, ...]
    use_defaults: bool = False
    places: tuple[str, ...] = ()
    """Further keys of the objects: the numbers of the rows that they are linked to."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """What happens where `columns` are taken: the row is updated, or left alone where `is_ignored`.

    `updated` are the columns that take their new value where `where` holds for the row; None is all that are given.
    """

    columns: tuple[str, ...]
    is_ignored: bool
    updated: tuple[str, ...] | None = None
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Returned:
    """A column that the written rows give."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows of `table`, those of `objects` for which `where` holds (their alias is `body`).

    One row of defaults where no columns are given and `objects` is None; no row at all where `is_empty`.
    """

    table: Name
    alias: str
    objects: Objects | None
    conflict: Conflict | None
    returned: tuple[Returned, ...]
    where: Condition = ALWAYS
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Update:
    """The rows of `table` for which `where` holds get the values of the first of `objects`."""

    table: Name
    alias: str
    objects: Objects
    where: Condition
    returned: tuple[Returned, ...]


@dataclass(frozen=True, slots=True)
class Delete:
    """The rows of `table` for which `where` holds go."""

    table: Name
    alias: str
    where: Condition
    returned: tuple[Returned, ...]


@dataclass(frozen=True, slots=True)
class Untouched:
    """An update that gives no column a value: no row of `table` changes."""

    table: Name
    alias: str
    returned: tuple[Returned, ...]


Mutation = Insert | Update | Delete | Untouched
BODY = "body"
UPDATED = "daira.updated"
"""The setting in which an upsert counts the rows that were there."""
