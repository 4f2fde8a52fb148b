"""What the operations of a document amount to, with what fragments repeat counted again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, OperationDefinitionNode

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode, SelectionSetNode

    from gateway.graphql.limits import Limits

_LISTS = frozenset({"types", "fields", "interfaces", "possibleTypes", "inputFields"})
_SCHEMA, _TYPE = "__schema", "__type"


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document by what its operations amount to."""
    definitions = document.definitions
    limits.check("definitions", len(definitions))
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    sizer = _Sizer(fragments)
    for node in definitions:
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
            _check(sizer.size(node.selection_set), limits)
        if isinstance(node, OperationDefinitionNode):
            limits.check("root_fields", sizer.size(node.selection_set).here.total())


def _check(size: Size, limits: Limits) -> None:
    limits.check("depth", size.depth)
    limits.check("fields", size.fields)
    limits.check("aliases", size.aliases)
    limits.check("repetitions", size.repetitions)
    limits.check("introspections", size.introspections)
    limits.check("introspection_depth", size.introspection_depth)


@dataclass(slots=True)
class Size:
    """What a selection amounts to, with its fragments written out. `here` counts the keys of its own level."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    repetitions: int = 0
    lists: int = 0
    """How many of the fields by which an introspection gives lists of types stand below each other."""
    introspections: int = 0
    introspection_depth: int = 0
    here: Counter[str] = field(default_factory=Counter)

    def add(self, other: Size, deeper: int) -> None:
        """Count a part that lies `deeper` levels below."""
        self.depth = max(self.depth, other.depth + deeper)
        self.fields += other.fields
        self.aliases += other.aliases
        self.introspections += other.introspections
        self.repetitions = max(self.repetitions, other.repetitions)
        self.lists = max(self.lists, other.lists)
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth)
        if not deeper:
            self.here.update(other.here)

    def add_field(self, node: FieldNode, below: Size) -> None:
        """Count a field and what lies below it."""
        name = node.name.value
        self.add(below, 1)
        self.depth = max(self.depth, 1)
        self.fields += 1
        self.aliases += node.alias is not None
        self.lists = max(self.lists, below.lists + (name in _LISTS))
        self.introspections += name == _SCHEMA
        if name in (_SCHEMA, _TYPE):
            self.introspection_depth = max(self.introspection_depth, below.lists)
        self.here[(node.alias or node.name).value] += 1


class _Sizer:
    """Sizes each fragment once, so that fragments which multiply each other cost nothing."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._sizes: dict[str, Size | None] = {}

    def size(self, selection_set: SelectionSetNode) -> Size:
        """The size of `selection_set`."""
        size = Size()
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                size.add_field(node, self.size(node.selection_set) if node.selection_set else Size())
            elif isinstance(node, InlineFragmentNode):
                size.add(self.size(node.selection_set), 0)
            elif isinstance(node, FragmentSpreadNode):
                size.add(self._fragment(node.name.value), 0)
        size.repetitions = max(size.repetitions, *size.here.values(), 0)
        return size

    def _fragment(self, name: str) -> Size:
        if name not in self._sizes:
            self._sizes[name] = None
            fragment = self._fragments.get(name)
            self._sizes[name] = self.size(fragment.selection_set) if fragment else Size()
        size = self._sizes[name]
        if size is None:
            raise Refusal(Code.VALIDATION_FAILED, f'Fragment "{name}" spreads itself.', status=200)
        return size
