"""Turns filters into conditions. What is empty or null where a filter is expected says nothing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from gateway.graphql.encode import array, leaf_encoder
from gateway.graphql.filters import AND, EVERY, IN, IS, NONE, NOT, OPERATORS, OR
from gateway.graphql.given import Items, Members, Null, Whole
from gateway.graphql.leaves import Leaf
from gateway.graphql.nodes import is_node
from gateway.graphql.origins import FromColumn, FromKey, FromLink
from gateway.graphql.results import Row, Rows
from gateway.plan.model import (
    AllOf,
    AnyOf,
    Cast,
    ColumnOf,
    Compare,
    Constant,
    Exists,
    Is,
    Operator,
    Quantifier,
    Select,
    Table,
    Test,
)
from gateway.plan.model import Not as Opposite
from gateway.plan.values import Holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gateway.catalog.model import Name
    from gateway.graphql.given import Given
    from gateway.graphql.request import Request
    from gateway.graphql.surface import FieldShape, RelationShape
    from gateway.plan.model import Condition, Expression

    Pairs = tuple[tuple[str, str], ...]

_TRUE = Cast(Constant("true"), "boolean")


class Filters:
    """Plans filters of one relation, whose rows are known as `alias`; those of partners are named after it."""

    def __init__(self, request: Request, shape: RelationShape, alias: str) -> None:
        self._request = request
        self._slots = request.slots
        self._shape = shape
        self._alias = alias
        self._partners = count()

    def all_of(self, given: Given | None) -> tuple[Condition, ...]:
        """The conditions that must all hold; none where the filter is empty."""
        members = given.members if isinstance(given, Members) else {}
        return tuple(found for name, value in members.items() for found in self._member(name, value))

    def _member(self, name: str, given: Given) -> Iterable[Condition]:
        if name in self._shape.fields:
            return self._field(self._shape.fields[name], given)
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

    def _field(self, field: FieldShape, given: Given) -> Iterable[Condition]:
        members = given.members if isinstance(given, Members) else {}
        match field.origin, field.result:
            case FromLink(pairs), Row(relation):
                return (Exists(self._partner(relation, pairs, given)),) if members else ()
            case FromLink(pairs), Rows(relation):
                asked = {name: value for name, value in members.items() if isinstance(value, Members)}
                return tuple(self._among(name, relation, pairs, value) for name, value in asked.items())
            case _:
                return self._comparisons(field, members)

    def _among(self, name: str, relation: Name, pairs: Pairs, given: Given) -> Condition:
        """Whether some, none or every of the partners match; what is unknown of one counts as no match."""
        if name == EVERY:
            return Opposite(Exists(self._partner(relation, pairs, given, is_match=False)))
        some = Exists(self._partner(relation, pairs, given))
        return Opposite(some) if name == NONE else some

    def _partner(self, relation: Name, pairs: Pairs, given: Given, *, is_match: bool = True) -> Select:
        alias = f"{self._alias}_{next(self._partners)}"
        shape = self._request.surface.relations[relation]
        linked = (Compare(ColumnOf(alias, there), Operator.EQ, ColumnOf(self._alias, here)) for here, there in pairs)
        wanted = Filters(self._request, shape, alias).all_of(given)
        if not is_match:
            wanted = (Compare(Holds(AllOf(wanted)), Operator.DISTINCT, _TRUE),)
        return Select(Table(relation), alias, (), AllOf((*linked, *wanted)))

    def _comparisons(self, field: FieldShape, operands: Mapping[str, Given]) -> Iterable[Condition]:
        for name, operand in operands.items():
            if not isinstance(operand, Whole | Null):
                raise TypeError("an operand is taken whole")
            if isinstance(field.origin, FromKey):
                yield from is_node(self._slots, self._shape, self._alias, operand)
            elif isinstance(field.origin, FromColumn) and isinstance(field.result, Leaf):
                column = _comparable(field.result, ColumnOf(self._alias, field.origin.column))
                yield from self._compare(column, field.result, name, operand)

    def _compare(self, column: Expression, leaf: Leaf, name: str, operand: Whole | Null) -> Iterable[Condition]:
        if name == IS:
            if isinstance(operand, Whole):
                yield Is(column, Test.NULL if operand.value == "NULL" else Test.NOT_NULL)
        elif name == IN:
            values = self._slots.value(operand, array, f"{leaf.base}[]")
            yield Compare(column, Operator.EQ, values, Quantifier.ANY)
        else:
            yield Compare(column, OPERATORS[name], self._slots.value(operand, leaf_encoder(leaf), leaf.base))


def _comparable(leaf: Leaf, column: ColumnOf) -> Expression:
    """Arrays of domains have no operators of their own."""
    return Cast(column, leaf.base) if leaf.is_list and leaf.sql != leaf.base else column
