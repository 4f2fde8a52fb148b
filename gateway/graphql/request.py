"""What planning works with: the surface, the fields of the document, their arguments, and the plan's parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from gateway.graphql.encode import AsRecord, leaf_encoder
from gateway.graphql.given import Null, Whole
from gateway.graphql.given_reading import read_literal
from gateway.graphql.leaves import Leaf
from gateway.plan.values import FromJson, NamedCall

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql import GraphQLObjectType, GraphQLSchema, SelectionSetNode

    from gateway.catalog.model import Name
    from gateway.graphql.given import Given
    from gateway.graphql.limits import Limits
    from gateway.graphql.selection import Collector, Selected
    from gateway.graphql.slots import Slots
    from gateway.graphql.surface import ArgumentShape, Surface
    from gateway.plan.model import Expression


@dataclass(frozen=True, slots=True)
class Request:
    """One operation under one shape of its variables."""

    surface: Surface
    schema: GraphQLSchema
    collector: Collector
    slots: Slots
    limits: Limits

    def collect(self, sets: Iterable[SelectionSetNode], *types: str) -> tuple[Selected, ...]:
        """The fields that `sets` select of an object that is of all of `types`."""
        return self.collector.collect(sets, frozenset(types))

    def null(self) -> Expression:
        """Null."""
        return self.slots.constant(None, "text")


@dataclass(frozen=True, slots=True)
class Use:
    """A field where it is used: `parent` is the name of the object type that has it."""

    request: Request
    parent: str
    selected: Selected

    def argument(self, name: str) -> Given | None:
        """What is given for the argument `name`: None where it is absent."""
        node = next((node for node in self.selected.arguments if node.name.value == name), None)
        if node is None:
            return None
        owner = cast("GraphQLObjectType", self.request.schema.type_map[self.parent])
        type_ = owner.fields[self.selected.name].args[name].type
        return read_literal(type_, node.value, self.request.collector.variables)

    def call(self, function: Name, shapes: Iterable[ArgumentShape]) -> NamedCall:
        """A call with the arguments that are given; the others take their defaults."""
        given = ((shape, self.argument(shape.name)) for shape in shapes)
        return NamedCall(
            function, tuple((shape.sql_name, self._passed(shape, value)) for shape, value in given if value is not None)
        )

    def compared(self, shape: ArgumentShape) -> Expression:
        """What is given for an argument that a column is compared with."""
        given = self.argument(shape.name)
        if not isinstance(given, Whole) or not isinstance(shape.type, Leaf):
            raise TypeError("a value to compare with is required")
        return self.request.slots.value(given, leaf_encoder(shape.type), shape.type.base)

    def _passed(self, shape: ArgumentShape, given: Given) -> Expression:
        if not isinstance(given, Whole | Null):
            raise TypeError("an argument of a function is taken whole")
        slots = self.request.slots
        if isinstance(shape.type, Leaf):
            return slots.value(given, leaf_encoder(shape.type), shape.type.sql)
        composites = self.request.surface.composites
        sql, many = composites[shape.type.composite].sql, shape.type.is_list
        if isinstance(given, Null):
            return slots.constant(None, f"{sql}[]" if many else sql)
        return FromJson(slots.slot(given, AsRecord(shape.type.composite, composites), "json"), sql, many)
