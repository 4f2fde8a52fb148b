"""Finds the relationship that an embed means (https://docs.postgrest.org/en/stable/references/api/resource_embedding.html)."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gateway.rest.errors import RestError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.catalog.model import Catalog, ForeignKey, Name
    from gateway.rest.intent import SelectEmbed


@dataclass(frozen=True, slots=True)
class Relationship:
    """A way from one relation to another: rows of `target` whose columns equal the outer row's."""

    key: ForeignKey
    target: Name
    pairs: tuple[tuple[str, str], ...]
    """(column of the outer row, column of the target)."""
    to_one: bool

    def describe(self) -> dict[str, str]:
        """The candidate as it stands in the details of PGRST201."""
        kind = "many-to-one" if self.to_one else "one-to-many"
        columns = ", ".join(f"{outer} = {inner}" for outer, inner in self.pairs)
        return {"cardinality": kind, "embedding": self.target[1], "relationship": f"{self.key.name} using {columns}"}


def find(catalog: Catalog, outer: Name, embed: SelectEmbed) -> Relationship:
    """The one relationship from `outer` that `embed` means. Raises PGRST200 for none and PGRST201 for several."""
    found = [way for way in _ways(catalog, outer) if _is_meant(way, embed.target, embed.hint)]
    if not found:
        raise _none(catalog, outer, embed)
    if len(found) > 1:
        raise _several(outer, embed, found)
    return found[0]


def _ways(catalog: Catalog, outer: Name) -> Iterator[Relationship]:
    for key in catalog.keys_from(outer):
        yield Relationship(key, key.target, tuple(zip(key.columns, key.target_columns, strict=True)), to_one=True)
    for key in catalog.keys_to(outer):
        pairs = tuple(zip(key.target_columns, key.columns, strict=True))
        yield Relationship(key, key.table, pairs, to_one=key.is_one_to_one)


def _is_meant(way: Relationship, target: str, hint: str | None) -> bool:
    outer_column, inner_column = way.pairs[0]
    is_single = len(way.pairs) == 1
    names = {way.target[1], way.key.name}
    if is_single and way.key.columns[0] == outer_column and way.target == way.key.target:
        names.add(outer_column)
    hints = {way.key.name} | ({outer_column, inner_column} if is_single else set())
    return target in names and (hint is None or hint in hints)


def _none(catalog: Catalog, outer: Name, embed: SelectEmbed) -> RestError:
    schema, name = outer
    near = get_close_matches(embed.target, [way.target[1] for way in _ways(catalog, outer)], n=1)
    using = f" using the hint '{embed.hint}'" if embed.hint else ""
    return RestError(
        400,
        "PGRST200",
        f"Could not find a relationship between '{name}' and '{embed.target}' in the schema cache",
        f"Searched for a foreign key relationship between '{name}' and '{embed.target}'{using} in the schema "
        f"'{schema}', but no matches were found.",
        f"Perhaps you meant '{near[0]}' instead of '{embed.target}'." if near else None,
    )


def _several(outer: Name, embed: SelectEmbed, found: list[Relationship]) -> RestError:
    ways = ", ".join(f"'{embed.target}!{way.key.name}'" for way in found)
    return RestError(
        300,
        "PGRST201",
        f"Could not embed because more than one relationship was found for '{outer[1]}' and '{embed.target}'",
        [way.describe() for way in found],
        f"Try changing '{embed.target}' to one of the following: {ways}. Find the desired relationship in the "
        "'details' key.",
    )
