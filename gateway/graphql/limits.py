"""How large an operation may be. What is too large is refused before it is validated, and no query runs.

A limit is set by the variable that is named after it: `depth` by `GRAPHQL_MAX_DEPTH`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from gateway.settings import ApiSettings

_QUOTED = r"""\"\"\"(?:\\\"\"\"|[^\"]|\"(?!\"\"))*\"\"\"|\"(?:\\.|[^\"\\\n])*\"|#[^\n]*"""
_TOKEN = re.compile(rf"{_QUOTED}|\w+|[^\w\s,]", re.DOTALL)
_BRACKET = re.compile(rf"{_QUOTED}|([(\[{{])|([)\]}}])", re.DOTALL)
_BRACKETS_PER_LEVEL = 3
_NOUNS = {
    "document_bytes": "bytes",
    "variables_bytes": "bytes of variables",
    "depth": "levels",
    "root_fields": "root fields",
    "repetitions": "repetitions of one key",
    "conditions": "objects in variables",
    "cost": "rows",
    "first": "rows on one page",
    "introspections": "introspections of the schema",
    "introspection_depth": "levels of lists in an introspection",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest operation that is carried out."""

    document_bytes: int = 65_536
    variables_bytes: int = 262_144
    """Everything of the request but the document."""
    tokens: int = 2_500
    definitions: int = 100
    depth: int = 20
    fields: int = 1_000
    aliases: int = 100
    root_fields: int = 25
    repetitions: int = 25
    """How often one key may be written in one object."""
    conditions: int = 500
    """Objects in the variables that filters and orders are made of."""
    cost: int = 2_000_000
    """Rows that may be asked for, the sizes of nested pages multiplied."""
    first: int = 10_000
    """What `first` and `last` may be; a page is never larger than `max_rows` either way."""
    introspections: int = 1
    introspection_depth: int = 2
    indexable_filters: bool = False
    """Whether filters have no comparison that row security keeps from an index, unless a comment says so."""

    def check(self, limit: str, found: int) -> None:
        """Refuse where `found` is more than `limit` allows. Raises `Refusal`."""
        if found > getattr(self, limit):
            raise self.exceeded(limit)

    def exceeded(self, limit: str) -> Refusal:
        """The refusal of an operation over `limit`."""
        most, name = getattr(self, limit), f"GRAPHQL_MAX_{limit.upper()}"
        message = f"The operation exceeds the limit of {most} {_NOUNS.get(limit, limit)} ({name})."
        return Refusal(Code.TOO_LARGE, message, "Split it into several.", limit=(name, most))


def limits_of(settings: ApiSettings) -> Limits:
    """The limits that `settings` sets."""
    most = {name: getattr(settings, f"graphql_max_{name}") for name in Limits.__slots__ if name != "indexable_filters"}
    return Limits(**most, indexable_filters=settings.graphql_indexable_filters)


def check_text(text: str, limits: Limits) -> None:
    """Refuse a document by its text alone, before it is parsed."""
    limits.check("document_bytes", len(text.encode("utf-8", "surrogatepass")))
    depth, most = 0, limits.depth * _BRACKETS_PER_LEVEL
    for found in _BRACKET.finditer(text):
        depth += {1: 1, 2: -1}.get(found.lastindex or 0, 0)
        if depth > most:
            raise limits.exceeded("depth")
    limits.check("tokens", count_tokens(text))


def count_tokens(text: str) -> int:
    """About how many tokens a document has."""
    return len(_TOKEN.findall(text))
