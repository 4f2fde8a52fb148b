"""Operations carried out by the extension pg_graphql of the database, behind the same limits.

https://supabase.github.io/pg_graphql/sql_interface/
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import OperationDefinitionNode, OperationType

from gateway.graphql.cache import Key
from gateway.graphql.document import choose, parsed
from gateway.lanes import LaneKind, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gateway.graphql.cache import OperationCache
    from gateway.graphql.limits import Limits

_RESOLVE = 'select graphql.resolve($1, $2::jsonb, "operationName" => $3)::text'
_STATEMENTS = {
    True: Statement(_RESOLVE, LaneKind.WRITE),
    False: Statement(_RESOLVE, LaneKind.READ),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A document that keeps to the limits."""

    is_mutation: bool
    size: int


def check(text: str, name: str | None, limits: Limits, known: OperationCache[Checked]) -> Checked:
    """Whether the operation keeps to the limits; the extension validates it. Raises `Refusal`."""
    key = Key("", 0, text, name)
    found = known.find(key)
    if found is None:
        definitions = parsed(text, limits).definitions
        operation = choose([node for node in definitions if isinstance(node, OperationDefinitionNode)], name)
        found = Checked(operation.operation is OperationType.MUTATION, len(text))
        known.keep(key, found)
    return found


def resolving(
    checked: Checked, text: str, variables: Mapping[str, Any] | None, name: str | None
) -> tuple[Statement, tuple[str | None, ...]]:
    """The statement that carries an operation out, and its parameters; its one value is the whole answer."""
    return _STATEMENTS[checked.is_mutation], (text, json.dumps(variables or {}), name)
