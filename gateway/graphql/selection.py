"""Collects what an operation selects of one object, with fragments merged (https://spec.graphql.org/October2021/#CollectFields())."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    BooleanValueNode,
    DirectiveLocation,
    FieldNode,
    FragmentSpreadNode,
    GraphQLDirective,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    VariableNode,
)

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from graphql import ArgumentNode, DirectiveNode, FragmentDefinitionNode, SelectionNode, SelectionSetNode

AS_JSON = GraphQLDirective(
    "json", [DirectiveLocation.FIELD], description="Gives a value of type JSON as it is, not as a string"
)
_MAX_KEY = 63
"""Keys become identifiers in SQL, which are at most this long."""


@dataclass(frozen=True, slots=True)
class Selected:
    """One field of the answer: its key, the field's name and arguments, and the selections below it."""

    key: str
    name: str
    arguments: tuple[ArgumentNode, ...]
    below: tuple[SelectionSetNode, ...]
    as_json: bool = False
    """Whether JSON documents are given as they are, not as strings."""


@dataclass(frozen=True, slots=True)
class Collector:
    """Collects under the fragments of one document and the variables of one request."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def collect(self, sets: Iterable[SelectionSetNode], types: frozenset[str]) -> tuple[Selected, ...]:
        """The fields that `sets` select of an object that is of all of `types`. Raises `Refusal` for too long a key."""
        nodes: dict[str, list[FieldNode]] = {}
        for selection_set in sets:
            self._add(selection_set, types, nodes, set())
        return tuple(_selected(key, fields) for key, fields in nodes.items())

    def _add(
        self,
        selection_set: SelectionSetNode,
        types: frozenset[str],
        nodes: dict[str, list[FieldNode]],
        visited: set[str],
    ) -> None:
        for node in selection_set.selections:
            if not self._is_included(node):
                continue
            match node:
                case FieldNode():
                    nodes.setdefault((node.alias or node.name).value, []).append(node)
                case InlineFragmentNode():
                    condition = node.type_condition
                    if condition is None or condition.name.value in types:
                        self._add(node.selection_set, types, nodes, visited)
                case FragmentSpreadNode():
                    self._spread(node.name.value, types, nodes, visited)

    def _spread(self, name: str, types: frozenset[str], nodes: dict[str, list[FieldNode]], visited: set[str]) -> None:
        fragment = self.fragments[name]
        if name not in visited and fragment.type_condition.name.value in types:
            visited.add(name)
            self._add(fragment.selection_set, types, nodes, visited)

    def _is_included(self, node: SelectionNode) -> bool:
        for directive in node.directives or ():
            name = directive.name.value
            if name == GraphQLSkipDirective.name and self._condition(directive):
                return False
            if name == GraphQLIncludeDirective.name and not self._condition(directive):
                return False
        return True

    def _condition(self, directive: DirectiveNode) -> bool:
        (argument,) = directive.arguments or ()
        if isinstance(argument.value, VariableNode):
            return self.variables.get(argument.value.name.value) is True
        return isinstance(argument.value, BooleanValueNode) and argument.value.value


def _selected(key: str, nodes: list[FieldNode]) -> Selected:
    if len(key) > _MAX_KEY:
        raise Refusal(
            Code.TOO_LARGE, f'The name "{key[:_MAX_KEY]}..." is too long.', f"Use at most {_MAX_KEY} characters."
        )
    below = tuple(node.selection_set for node in nodes if node.selection_set is not None)
    as_json = any(directive.name.value == AS_JSON.name for node in nodes for directive in node.directives or ())
    return Selected(key, nodes[0].name.value, tuple(nodes[0].arguments or ()), below, as_json)
