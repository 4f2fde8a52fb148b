"""How large a document may be. Everything is counted before it is validated, and what fragments repeat counts again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, InlineFragmentNode, OperationDefinitionNode

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import DocumentNode, SelectionSetNode

_QUOTED = r"""\"\"\"(?:\\\"\"\"|[^\"]|\"(?!\"\"))*\"\"\"|\"(?:\\.|[^\"\\\n])*\"|#[^\n]*"""
_TOKEN = re.compile(rf"{_QUOTED}|\w+|[^\w\s,]", re.DOTALL)
_BRACKET = re.compile(rf"{_QUOTED}|([(\[{{])|([)\]}}])", re.DOTALL)
_BRACKETS_PER_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest document that is carried out."""

    bytes: int = 65_536
    tokens: int = 2_500
    definitions: int = 100
    depth: int = 20
    fields: int = 1_000
    aliases: int = 100
    root_fields: int = 25
    repetitions: int = 25
    """How often one key may be written in one object."""
    conditions: int = 500
    """Objects in the variables that filters and orders are made of."""
    indexable_filters: bool = False
    """Whether filters have no comparison that row security keeps from an index, unless a comment says so."""


def check_text(text: str, limits: Limits) -> None:
    """Refuse a document by its text alone, before it is parsed."""
    refuse_over(len(text.encode("utf-8", "surrogatepass")), limits.bytes, "bytes")
    depth, most = 0, limits.depth * _BRACKETS_PER_LEVEL
    for found in _BRACKET.finditer(text):
        depth += {1: 1, 2: -1}.get(found.lastindex or 0, 0)
        if depth > most:
            raise exceeded(limits.depth, "levels")
    refuse_over(len(_TOKEN.findall(text)), limits.tokens, "tokens")


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document by what its operations amount to."""
    definitions = document.definitions
    refuse_over(len(definitions), limits.definitions, "definitions")
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    sizer = _Sizer(fragments)
    for node in definitions:
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
            _check(sizer.size(node.selection_set), limits)
        if isinstance(node, OperationDefinitionNode):
            refuse_over(sizer.size(node.selection_set).here.total(), limits.root_fields, "root fields")


def _check(size: Size, limits: Limits) -> None:
    refuse_over(size.depth, limits.depth, "levels")
    refuse_over(size.fields, limits.fields, "fields")
    refuse_over(size.aliases, limits.aliases, "aliases")
    refuse_over(size.repetitions, limits.repetitions, "repetitions of one key")


@dataclass(slots=True)
class Size:
    """What a selection amounts to, with its fragments written out. `here` counts the keys of its own level."""

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    repetitions: int = 0
    here: Counter[str] = field(default_factory=Counter)

    def add(self, other: Size, deeper: int) -> None:
        """Count a part that lies `deeper` levels below."""
        self.depth = max(self.depth, other.depth + deeper)
        self.fields += other.fields
        self.aliases += other.aliases
        self.repetitions = max(self.repetitions, other.repetitions)
        if not deeper:
            self.here.update(other.here)


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
                _add_field(size, node, self.size(node.selection_set) if node.selection_set else Size())
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


def _add_field(size: Size, node: FieldNode, below: Size) -> None:
    size.add(below, 1)
    size.depth = max(size.depth, 1)
    size.fields += 1
    size.aliases += node.alias is not None
    size.here[(node.alias or node.name).value] += 1


def refuse_over(found: int, most: int, what: str) -> None:
    """Refuse what has more than `most` of `what`."""
    if found > most:
        raise exceeded(most, what)


def exceeded(most: int, what: str) -> Refusal:
    """The refusal of an operation over a limit."""
    return Refusal(Code.TOO_LARGE, f"The operation exceeds the limit of {most} {what}.", "Split it into several.")
