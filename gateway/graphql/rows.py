"""Where the columns of a row are found while it is planned, and how a value is written into the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.leaves import EnumShape, Leaf, Scalar
from gateway.plan.model import Attribute, Cast, ColumnOf, RowOf
from gateway.plan.values import Relabelled

if TYPE_CHECKING:
    from gateway.plan.model import Expression

WHOLE = "~row"
"""The column that holds the row itself where a page of rows has been cut out first."""
_AS_TEXT = frozenset({Scalar.BIG_INT, Scalar.BIG_FLOAT, Scalar.JSON})


@dataclass(frozen=True, slots=True)
class AliasRow:
    """A row of the source known as `alias`."""

    alias: str

    def column(self, name: str) -> Expression:
        """The value of one column."""
        return ColumnOf(self.alias, name)

    def whole(self) -> Expression:
        """The row as one value, as functions of rows take it."""
        return RowOf(self.alias)


@dataclass(frozen=True, slots=True)
class PagedRow:
    """A row of a page that was cut out of a source; the row as one value is a column of its own."""

    alias: str

    def column(self, name: str) -> Expression:
        """The value of one column."""
        return ColumnOf(self.alias, name)

    def whole(self) -> Expression:
        """The row as one value, as functions of rows take it."""
        return ColumnOf(self.alias, WHOLE)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A composite value."""

    value: Expression

    def column(self, name: str) -> Expression:
        """The value of one attribute."""
        return Attribute(self.value, name)

    def whole(self) -> Expression:
        """The value itself."""
        return self.value


PlanRow = AliasRow | PagedRow | ValueRow


def output(leaf: Leaf, value: Expression, *, as_json: bool = False) -> Expression:
    """`value` as the answer has it: large numbers and documents as strings, enums under their GraphQL names.

    JSON documents are left as they are where `as_json`.
    """
    if isinstance(leaf.type, EnumShape):
        return Relabelled(value, _pairs(leaf.type), leaf.is_list) if _renames(leaf.type) else value
    if leaf.type in _AS_TEXT and not (as_json and leaf.type is Scalar.JSON):
        return Cast(value, "text[]" if leaf.is_list else "text")
    return value


def _renames(enum: EnumShape) -> bool:
    return any(name != label for name, label in enum.labels)


def _pairs(enum: EnumShape) -> tuple[tuple[str, str], ...]:
    return tuple((label, name) for name, label in enum.labels)
