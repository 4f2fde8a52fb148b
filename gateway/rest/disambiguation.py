"""Chooses the relationship that an embed means, and says which there are where it can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.rest.errors import RestError
from gateway.rest.similar import nearest

if TYPE_CHECKING:
    from gateway.catalog.model import ForeignKey, Name
    from gateway.rest.intent import SelectEmbed
    from gateway.rest.relationships import Pairs, Relationship, Ways


def find(ways: Ways, schema: str, origin: Name, embed: SelectEmbed) -> Relationship:
    """The one relationship from `origin` that `embed` means. Raises PGRST200 for none and PGRST201 for several."""
    known = [way for way in ways.from_relation.get(origin, ()) if way.target[0] == schema or way.function]
    found = [way for way in known if _is_meant(way, embed.target, embed.hint, ways)]
    if not found:
        raise _none(ways, schema, origin, embed)
    if len(found) > 1:
        raise _several(origin, embed, found)
    return found[0]


def _is_meant(way: Relationship, target: str, hint: str | None, ways: Ways) -> bool:
    if way.function is not None:
        return target == way.function.name[1]
    if hint is not None:
        return target == way.target[1] and _is_hinted(way, hint)
    if target == way.target[1]:
        return not way.is_self or way.is_reverse or way.junction is not None
    if way.key is None or way.target in ways.views:
        return False
    is_column = not way.is_reverse and len(way.pairs) == 1 and target == way.pairs[0][0]
    return is_column or (target == way.key.name and (not way.is_self or not way.is_reverse))


def _is_hinted(way: Relationship, hint: str) -> bool:
    if way.junction is not None:
        return hint == way.junction.table[1]
    if way.key is None or (way.is_self and not way.is_reverse):
        return False
    if hint == way.key.name:
        return True
    columns = way.pairs[0][1:] if way.is_self else way.pairs[0]
    return len(way.pairs) == 1 and hint in columns


def _none(ways: Ways, schema: str, origin: Name, embed: SelectEmbed) -> RestError:
    name, target = origin[1], embed.target
    using = f" using the hint '{embed.hint}'" if embed.hint else ""
    return RestError(
        400,
        "PGRST200",
        f"Could not find a relationship between '{name}' and '{target}' in the schema cache",
        f"Searched for a foreign key relationship between '{name}' and '{target}'{using} in the schema '{schema}', "
        "but no matches were found.",
        _meant(ways, schema, origin, target),
    )


def _meant(ways: Ways, schema: str, origin: Name, target: str) -> str | None:
    own = ways.from_relation.get(origin)
    if own is None:
        parents = [name for of_schema, name in ways.from_relation if of_schema == schema]
        near = nearest(origin[1], parents)
        return f"Perhaps you meant '{near}' instead of '{origin[1]}'." if near else None
    children = {way.target[1] for way in own}
    near = None if target in children else nearest(target, children)
    return f"Perhaps you meant '{near}' instead of '{target}'." if near else None


def _several(origin: Name, embed: SelectEmbed, found: list[Relationship]) -> RestError:
    ways = ", ".join(f"'{embed.target}!{_hint(way)}'" for way in found)
    return RestError(
        300,
        "PGRST201",
        f"Could not embed because more than one relationship was found for '{origin[1]}' and '{embed.target}'",
        [_describe(way) for way in found],
        f"Try changing '{embed.target}' to one of the following: {ways}. Find the desired relationship in the "
        "'details' key.",
    )


def _hint(way: Relationship) -> str:
    if way.junction is not None:
        return way.junction.table[1]
    return way.key.name if way.key is not None else way.target[1]


def _describe(way: Relationship) -> dict[str, str]:
    return {
        "cardinality": _cardinality(way),
        "embedding": f"{way.origin[1]} with {way.target[1]}",
        "relationship": _using(way),
    }


def _cardinality(way: Relationship) -> str:
    if way.junction is not None:
        return "many-to-many"
    if way.key is not None and way.key.is_one_to_one:
        return "one-to-one"
    return "many-to-one" if way.to_one else "one-to-many"


def _using(way: Relationship) -> str:
    if way.junction is not None:
        return f"{way.junction.table[1]} using {_columns(way.junction.first)} and {_columns(way.junction.second)}"
    name = way.key.name if way.key is not None else ""
    return f"{name} using {way.origin[1]}({_side(way.pairs, 0)}) and {way.target[1]}({_side(way.pairs, 1)})"


def _columns(key: ForeignKey) -> str:
    return f"{key.name}({', '.join(key.columns)})"


def _side(pairs: Pairs, which: int) -> str:
    return ", ".join(pair[which] for pair in pairs)
