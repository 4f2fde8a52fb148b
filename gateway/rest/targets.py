"""Finds which resource of a read its filters, orders and pages belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gateway.rest.errors import RestError
from gateway.rest.intent import Page, SelectEmbed

if TYPE_CHECKING:
    from gateway.rest.intent import OrderTerm, Path, ReadIntent, SelectItem, Term

Place = tuple[int, ...]
"""The way to a resource: at each level, the place of the embed among the items."""


@dataclass
class Targets:
    """What a request asks of each resource."""

    filters: dict[Place, list[Term]] = field(default_factory=dict)
    orders: dict[Place, tuple[OrderTerm, ...]] = field(default_factory=dict)
    pages: dict[Place, Page] = field(default_factory=dict)
    outdated: dict[str, str] = field(default_factory=dict)
    """Names of targets that were used in the stead of their aliases, with these."""


def targets_of(intent: ReadIntent, *, legacy_names: bool) -> Targets:
    """Everything by its resource. Raises PGRST108 for a resource that isn't selected."""
    found = Targets()

    def place(path: Path) -> Place:
        return _place(intent.select, path, found, legacy_names)

    for path, term in intent.filters:
        found.filters.setdefault(place(path), []).append(term)
    for path, terms in intent.orders:
        found.orders[place(path)] = terms
    for path, page in intent.pages:
        found.pages[place(path)] = page
    return found


def embed_named(items: tuple[SelectItem, ...], name: str, *, legacy_names: bool = True) -> int | None:
    """The place of the embed known as `name`."""
    embeds = [(at, item) for at, item in enumerate(items) if isinstance(item, SelectEmbed)]
    known = [at for at, item in embeds if item.name == name]
    if not known and legacy_names:
        known = [at for at, item in embeds if item.target == name]
    return known[0] if known else None


def not_embedded(name: str) -> RestError:
    """PGRST108."""
    hint = f"Verify that '{name}' is included in the 'select' query parameter."
    return RestError(400, "PGRST108", f"'{name}' is not an embedded resource in this request", None, hint)


def _place(items: tuple[SelectItem, ...], path: Path, found: Targets, legacy_names: bool) -> Place:
    place: list[int] = []
    for name in path:
        at = embed_named(items, name, legacy_names=legacy_names)
        if at is None:
            raise not_embedded(name)
        embed = items[at]
        assert isinstance(embed, SelectEmbed)  # noqa: S101 - embed_named finds nothing else
        if embed.name != name:
            found.outdated[name] = embed.name
        place.append(at)
        items = embed.items
    return tuple(place)
