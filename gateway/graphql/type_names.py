"""Keeps the names of types apart: what comes first has a name, what comes later with the same one is left out."""

from __future__ import annotations

from gateway.graphql.leaves import Scalar
from gateway.graphql.naming import is_valid

_OF_RELATION = (
    "",
    "Connection",
    "Edge",
    "Filter",
    "ToManyFilter",
    "OrderBy",
    "InsertInput",
    "UpdateInput",
    "InsertResponse",
    "UpdateResponse",
    "DeleteResponse",
)
_OF_CONFLICT = ("OnConflict", "Constraint", "UpdateColumn")
_OF_AGGREGATE = ("Aggregate", *(f"{word}AggregateResult" for word in ("Sum", "Avg", "Min", "Max")))
_OF_VALUE = ("", "Filter", "ListFilter")
_OWN = {
    "Query",
    "Mutation",
    "Subscription",
    "Node",
    "PageInfo",
    "FilterIs",
    "OrderByDirection",
    "IndexableStringFilter",
}


class TypeNames:
    """The names that are taken."""

    def __init__(self) -> None:
        self._taken = _OWN | {scalar.value + suffix for scalar in Scalar for suffix in _OF_VALUE}

    def claim_relation(self, name: str, *, has_aggregate: bool) -> bool:
        """Take `name` and what is named after it; whether all of that was free."""
        return self._claim(name, _OF_RELATION + (_OF_AGGREGATE if has_aggregate else ()))

    def claim_conflicts(self, name: str) -> bool:
        """Take the names that are needed to say what happens where rows are taken; whether they were free."""
        return self._claim(name, _OF_CONFLICT)

    def claim_enum(self, name: str) -> bool:
        """Take `name` and the names of its filters; whether they were free."""
        return self._claim(name, _OF_VALUE)

    def claim(self, name: str) -> bool:
        """Take `name`; whether it was free."""
        return self._claim(name, ("",))

    def _claim(self, name: str, suffixes: tuple[str, ...]) -> bool:
        names = {name + suffix for suffix in suffixes}
        if not is_valid(name) or not names.isdisjoint(self._taken):
            return False
        self._taken |= names
        return True
