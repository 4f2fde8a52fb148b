"""Validates documents by the rules of the specification that can apply to them."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from graphql import ParallelVisitor, TypeInfo, TypeInfoVisitor, ValidationContext, specified_rules, visit

if TYPE_CHECKING:
    from graphql import ASTValidationRule, DocumentNode, GraphQLError, GraphQLSchema

_MAX_ERRORS = 20
_SPREADS, _FRAGMENTS, _VARIABLES, _DIRECTIVES, _SUBSCRIPTIONS = "...", "fragment", "$", "@", "subscription"
_NEEDS = {
    "SingleFieldSubscriptionsRule": _SUBSCRIPTIONS,
    "FragmentsOnCompositeTypesRule": _SPREADS,
    "PossibleFragmentSpreadsRule": _SPREADS,
    "KnownFragmentNamesRule": _SPREADS,
    "NoFragmentCyclesRule": _SPREADS,
    "UniqueFragmentNamesRule": _FRAGMENTS,
    "NoUnusedFragmentsRule": _FRAGMENTS,
    "VariablesAreInputTypesRule": _VARIABLES,
    "UniqueVariableNamesRule": _VARIABLES,
    "NoUndefinedVariablesRule": _VARIABLES,
    "NoUnusedVariablesRule": _VARIABLES,
    "VariablesInAllowedPositionRule": _VARIABLES,
    "KnownDirectivesRule": _DIRECTIVES,
    "UniqueDirectivesPerLocationRule": _DIRECTIVES,
    "DeferStreamDirectiveOnRootField": _DIRECTIVES,
    "DeferStreamDirectiveOnValidOperationsRule": _DIRECTIVES,
    "DeferStreamDirectiveLabel": _DIRECTIVES,
    "StreamDirectiveOnListField": _DIRECTIVES,
}
"""What stands in every document that a rule can find fault with. Rules that are not named here always apply."""
_MARKS = frozenset(_NEEDS.values())


class _Enough(Exception):
    """As many errors are known as are told."""


def errors_in(document: DocumentNode, text: str, schema: GraphQLSchema) -> list[GraphQLError]:
    """What is wrong with `document`, whose text is `text`.

    graphql-core's `validate` with fewer rules, which leaves nothing behind that only the garbage collector can free.
    """
    errors: list[GraphQLError] = []

    def add(error: GraphQLError) -> None:
        errors.append(error)
        if len(errors) == _MAX_ERRORS:
            raise _Enough

    types = TypeInfo(schema)
    context = ValidationContext(schema, document, types, add)
    present = frozenset(mark for mark in _MARKS if mark in text)
    rules = [rule(context) for rule in _rules(present)]
    together = ParallelVisitor(rules)
    visitor = TypeInfoVisitor(types, together)
    with suppress(_Enough):
        visit(document, visitor)
    for visited in (*rules, together, visitor):
        visited.enter_leave_map.clear()
    return errors


@lru_cache(maxsize=64)
def _rules(present: frozenset[str]) -> tuple[type[ASTValidationRule], ...]:
    return tuple(rule for rule in specified_rules if _NEEDS.get(rule.__name__) in {None, *present})
