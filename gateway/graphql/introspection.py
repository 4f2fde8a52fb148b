"""Answers `__schema` and `__type` from the role's schema; no statement runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from graphql import DocumentNode, FieldNode, NameNode, OperationDefinitionNode, SelectionSetNode, execute_sync

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.selection import Collector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLSchema
    from graphql.execution.values import VariableValues

    from gateway.graphql.document import Operation
    from gateway.graphql.selection import Selected


def introspect(schema: GraphQLSchema, operation: Operation, variables: VariableValues, keys: tuple[str, ...]) -> bytes:
    """The JSON object of the introspection fields, which are under `keys`, of `operation`."""
    selected = Collector(operation.fragments, variables.coerced).collect(
        (operation.node.selection_set,), frozenset({schema.query_type.name if schema.query_type else ""})
    )
    asked = SelectionSetNode(selections=tuple(_field(field) for field in selected if field.key in keys))
    node = operation.node
    alone = OperationDefinitionNode(
        operation=node.operation, variable_definitions=node.variable_definitions, selection_set=asked
    )
    document = DocumentNode(definitions=(alone, *operation.fragments.values()))
    given = {name: source.value for name, source in variables.sources.items() if name in variables.coerced}
    result = execute_sync(schema, document, variable_values=given)
    if result.errors or result.data is None:
        raise Refusal(Code.VALIDATION_FAILED, "The introspection failed.", details=result.errors or ())
    return json.dumps({key: result.data[key] for key in keys}, ensure_ascii=False).encode()


def _field(selected: Selected) -> FieldNode:
    below = tuple(node for part in selected.below for node in part.selections)
    return FieldNode(
        alias=NameNode(value=selected.key),
        name=NameNode(value=selected.name),
        arguments=selected.arguments,
        selection_set=SelectionSetNode(selections=below) if below else None,
    )


def merged(parts: Sequence[bytes]) -> bytes:
    """JSON objects as one."""
    return b"{" + b", ".join(part[1:-1] for part in parts if len(part) > len(b"{}")) + b"}"
