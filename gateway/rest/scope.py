"""What the parts of one plan share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.plan.model import Value
from gateway.rest.relationships import Ways, ways_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Catalog, Relation
    from gateway.plan.joins import Joined
    from gateway.rest.intent import SelectItem
    from gateway.rest.targets import Targets


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings allow a read."""

    max_rows: int | None = None
    aggregates: bool = False
    legacy_names: bool = True
    """Whether an embed that has an alias is known by the name of its target as well."""


@dataclass
class Slots:
    """How the request's values are encoded, by slot, and the constants, whose slots count on from `first_constant`.

    Everything that goes into one statement shares one of these.
    """

    first_constant: int
    encoders: dict[int, Callable[[str], str]] = field(default_factory=dict)
    constants: list[str] = field(default_factory=list)

    def constant(self, text: str, type_: str | None = "text") -> Value:
        """`text` as one more value."""
        self.constants.append(text)
        return Value(self.first_constant + len(self.constants) - 1, type_)

    def count(self, slot: int, encoder: Callable[[str], str]) -> Value:
        """The number of rows in `slot`."""
        self.encoders[slot] = encoder
        return Value(slot, "bigint")


@dataclass
class Planning:
    """One read on its way to a plan."""

    catalog: Catalog
    schema: str
    targets: Targets
    slots: Slots
    rules: Rules
    aliases: int = 0

    @property
    def ways(self) -> Ways:
        """The relationships of the catalogue."""
        return ways_of(self.catalog)

    def alias(self) -> str:
        """A name for one more source."""
        self.aliases += 1
        return f"t{self.aliases - 1}"


@dataclass
class Level:
    """One resource of a read: its rows stand under `alias`, errors call it `name`."""

    relation: Relation
    alias: str
    name: str
    is_table: bool
    """Whether a row under `alias` has the relation's own row type."""
    items: tuple[SelectItem, ...] = ()
    joins: dict[int, Joined] = field(default_factory=dict)
    """The joins of embeds, by the place of the embed among `items`."""
    more: list[Joined] = field(default_factory=list)
    tested: set[str] = field(default_factory=set)
    """The aliases of joins that conditions look at."""
