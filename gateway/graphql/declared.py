"""The variables that an operation declares: their values in a request, and what a plan depends on in these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from graphql import VariableNode, type_from_ast
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import Visitor, visit

from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given_shapes import is_whole, shape_of
from gateway.graphql.nodes import NODE, relation_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from graphql import DirectiveNode, FieldNode, GraphQLError, GraphQLInputType, GraphQLSchema, VariableDefinitionNode

    from gateway.graphql.document import Operation
    from gateway.graphql.limits import Limits

_NO_VARIABLES = VariableValues({}, {})
_MAX_ERRORS = 10


class Declared:
    """The variables of one operation under one schema."""

    def __init__(self, operation: Operation, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._definitions = tuple(operation.node.variable_definitions or ())
        named = ((node.variable.name.value, type_from_ast(schema, node.type)) for node in self._definitions)
        self._types = tuple((name, cast("GraphQLInputType", type_)) for name, type_ in named)
        self._deciding = _deciding(operation) if self._definitions else _Deciding()

    def read(self, given: Mapping[str, Any], limits: Limits) -> VariableValues | None:
        """Their values; None where one has not the declared type. Raises `Refusal` where they are too large."""
        if not self._definitions:
            return _NO_VARIABLES
        looked_into = [given[name] for name, type_ in self._types if name in given and not is_whole(type_)]
        limits.check("conditions", _objects(looked_into, limits.conditions))
        found = self._coerced(self._definitions, given)
        return found if isinstance(found, VariableValues) else None

    def errors(self, definitions: Sequence[VariableDefinitionNode], given: Mapping[str, Any]) -> list[GraphQLError]:
        """What is wrong with values, with the places of `definitions`."""
        found = self._coerced(definitions, given)
        return found if isinstance(found, list) else []

    def shape(self, values: Mapping[str, Any]) -> Hashable:
        """Everything about the values that a plan depends on."""
        return tuple((name, self._shape_of(name, type_, values[name])) for name, type_ in self._types if name in values)

    def _coerced(
        self, definitions: Sequence[VariableDefinitionNode], given: Mapping[str, Any]
    ) -> VariableValues | list[GraphQLError]:
        try:
            return get_variable_values(self._schema, definitions, dict(given), _MAX_ERRORS)
        except RecursionError:
            raise Refusal(Code.BAD_INPUT, "The variables are nested too deeply.") from None

    def _shape_of(self, name: str, type_: GraphQLInputType, value: Any) -> Hashable:
        if name in self._deciding.flags:
            return bool(value)
        return relation_of(value) if name in self._deciding.node_ids else shape_of(type_, value)


def _objects(value: Any, most: int) -> int:
    """How many objects `value` is made of; stops counting beyond `most`."""
    found, waiting = 0, [value]
    while waiting and found <= most:
        item = waiting.pop()
        found += isinstance(item, dict)
        waiting.extend(item.values() if isinstance(item, dict) else item if isinstance(item, list) else ())
    return found


def _deciding(operation: Operation) -> _Deciding:
    finder = _Deciding()
    for node in (operation.node, *operation.fragments.values()):
        visit(node, finder)
    return finder


class _Deciding(Visitor):
    """The variables whose values decide about the plan: in `@skip` and `@include`, and as the `nodeId` of `node`."""

    def __init__(self) -> None:
        super().__init__()
        self.flags: set[str] = set()
        self.node_ids: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        self.flags.update(_variables(node))

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        if node.name.value == NODE:
            self.node_ids.update(_variables(node))


def _variables(node: DirectiveNode | FieldNode) -> Iterator[str]:
    values = (argument.value for argument in node.arguments or ())
    return (value.name.value for value in values if isinstance(value, VariableNode))
