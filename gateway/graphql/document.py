"""From the text of a document to one of its operations, parsed and validated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    parse,
    validate,
)

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.limits import check_text
from gateway.graphql.sizes import check_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import DocumentNode, GraphQLSchema

    from gateway.graphql.limits import Limits

_MAX_ERRORS = 20


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a valid document, with the fragments that it may use."""

    node: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]

    @property
    def is_mutation(self) -> bool:
        """Whether it may change something."""
        return self.node.operation is OperationType.MUTATION


def read_operation(text: str, name: str | None, schema: GraphQLSchema, limits: Limits) -> Operation:
    """The operation `name` of `text`, or its only one. Raises `Refusal`."""
    document = parsed(text, limits)
    errors = validate(schema, document, max_errors=_MAX_ERRORS)
    if errors:
        raise _invalid(Code.VALIDATION_FAILED, errors)
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    operations = [node for node in definitions if isinstance(node, OperationDefinitionNode)]
    return Operation(choose(operations, name), fragments)


def parsed(text: str, limits: Limits) -> DocumentNode:
    """The document of `text`, which keeps to the limits; nothing is known of its names. Raises `Refusal`."""
    check_text(text, limits)
    try:
        document = parse(text)
    except GraphQLSyntaxError as error:
        raise _invalid(Code.PARSE_FAILED, [error]) from None
    check_document(document, limits)
    return document


def choose(operations: Sequence[OperationDefinitionNode], name: str | None) -> OperationDefinitionNode:
    """The operation `name`, or the only one. Raises `Refusal`."""
    if name is None:
        if len(operations) == 1:
            return operations[0]
        raise Refusal(Code.NO_OPERATION, "The document has several operations.", "Give an operationName.")
    for node in operations:
        if node.name is not None and node.name.value == name:
            return node
    raise Refusal(Code.NO_OPERATION, f'The document has no operation "{name}".')


def _invalid(code: Code, errors: Sequence[GraphQLError]) -> Refusal:
    return Refusal(code, errors[0].message, details=errors)
