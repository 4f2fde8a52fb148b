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
)

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.limits import check_text
from gateway.graphql.sizes import check_document
from gateway.graphql.validation import errors_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import DocumentNode, GraphQLSchema

    from gateway.graphql.limits import Limits


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
    errors = errors_in(document, text, schema)
    if errors:
        raise _invalid(Code.VALIDATION_FAILED, errors_in(parse(text), text, schema))
    return _operation(document, name)


def read_again(text: str, name: str | None, *, with_places: bool = False) -> Operation:
    """What `read_operation` gave for the same text and name, which is known to be valid."""
    return _operation(parse(text, no_location=not with_places), name)


def _operation(document: DocumentNode, name: str | None) -> Operation:
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    operations = [node for node in definitions if isinstance(node, OperationDefinitionNode)]
    return Operation(choose(operations, name), fragments)


def parsed(text: str, limits: Limits) -> DocumentNode:
    """The document of `text`, which keeps to the limits; nothing is known of its names. Raises `Refusal`.

    Its nodes do not know where they stand: a place leads to all tokens of the document, and would keep them.
    """
    check_text(text, limits)
    try:
        document = parse(text, no_location=True)
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
