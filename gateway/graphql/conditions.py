"""Turns filters into conditions. What is empty or null where a filter is expected says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.encode import array, leaf_encoder
from gateway.graphql.filters import AND, IN, IS, NOT, OPERATORS, OR
from gateway.graphql.given import Items, Members, Null, Whole
from gateway.graphql.nodes import is_node
from gateway.graphql.surface import FromColumn, FromKey, Leaf
from gateway.plan.model import AllOf, AnyOf, ColumnOf, Compare, Is, Operator, Quantifier, Test
from gateway.plan.model import Not as Opposite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gateway.graphql.given import Given
    from gateway.graphql.slots import Slots
    from gateway.graphql.surface import FieldShape, RelationShape
    from gateway.plan.model import Condition


class Filters:
    """Plans filters of one relation, whose rows are known as `alias`."""

    def __init__(self, slots: Slots, shape: RelationShape, alias: str) -> None:
        self._slots = slots
        self._shape = shape
        self._alias = alias

    def all_of(self, given: Given | None) -> tuple[Condition, ...]:
        """The conditions that must all hold; none where the filter is empty."""
        members = given.members if isinstance(given, Members) else {}
        return tuple(found for name, value in members.items() for found in self._member(name, value))

    def _member(self, name: str, given: Given) -> Iterable[Condition]:
        if name in self._shape.fields:
            return self._comparisons(self._shape.fields[name], given)
        if name == AND:
            return self._each(given)
        if name == OR:
            either = self._each(given)
            return (AnyOf(either),) if either else ()
        inner = self.all_of(given) if name == NOT else ()
        return (Opposite(AllOf(inner)),) if inner else ()

    def _each(self, given: Given) -> tuple[Condition, ...]:
        filters = [self.all_of(item) for item in given.items] if isinstance(given, Items) else []
        return tuple(AllOf(conditions) for conditions in filters if conditions)

    def _comparisons(self, field: FieldShape, given: Given) -> Iterable[Condition]:
        operands = given.members if isinstance(given, Members) else {}
        for name, operand in operands.items():
            if not isinstance(operand, Whole | Null):
                raise TypeError("an operand is taken whole")
            if isinstance(field.origin, FromKey):
                yield from is_node(self._slots, self._shape, self._alias, operand)
            elif isinstance(field.origin, FromColumn) and isinstance(field.result, Leaf):
                yield from self._compare(ColumnOf(self._alias, field.origin.column), field.result, name, operand)

    def _compare(self, column: ColumnOf, leaf: Leaf, name: str, operand: Whole | Null) -> Iterable[Condition]:
        if name == IS:
            if isinstance(operand, Whole):
                yield Is(column, Test.NULL if operand.value == "NULL" else Test.NOT_NULL)
        elif name == IN:
            values = self._slots.value(operand, array, f"{leaf.base}[]")
            yield Compare(column, Operator.EQ, values, Quantifier.ANY)
        else:
            yield Compare(column, OPERATORS[name], self._slots.value(operand, leaf_encoder(leaf), leaf.base))
