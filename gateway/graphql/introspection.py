"""Answers `__schema` and `__type` from the role's schema; no statement runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graphql import DocumentNode, execute_sync

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLSchema
    from graphql.execution.values import VariableValues

    from gateway.graphql.document import Operation


def introspect(schema: GraphQLSchema, operation: Operation, variables: VariableValues, keys: tuple[str, ...]) -> bytes:
    """The JSON object of the introspection fields, which are under `keys`, of `operation`."""
    document = DocumentNode(definitions=(operation.node, *operation.fragments.values()))
    given = {name: source.value for name, source in variables.sources.items() if name in variables.coerced}
    result = execute_sync(schema, document, variable_values=given)
    if result.errors or result.data is None:
        raise Refusal(Code.VALIDATION_FAILED, "The introspection failed.", details=result.errors or ())
    return json.dumps({key: result.data[key] for key in keys}, ensure_ascii=False).encode()


def merged(parts: Sequence[bytes]) -> bytes:
    """JSON objects as one."""
    return b"{" + b", ".join(part[1:-1] for part in parts if len(part) > len(b"{}")) + b"}"
