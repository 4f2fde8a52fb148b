"""Makes the plan of an operation for one shape of its variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.changes import stages_of_change
from gateway.graphql.cost import costs, known_cost
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.origins import FromFunction
from gateway.graphql.planner import Planner
from gateway.graphql.request import Request, Use
from gateway.graphql.results import Affected
from gateway.graphql.selection import Collector
from gateway.graphql.slots import Slots
from gateway.graphql.stages import Stage, stages_of_call
from gateway.graphql.steps import Plan, step_of
from gateway.lanes import LaneKind
from gateway.plan.compile import rows_as_object

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphql import GraphQLSchema
    from graphql.execution.values import VariableValues

    from gateway.graphql.cost import Cost
    from gateway.graphql.document import Operation
    from gateway.graphql.limits import Limits
    from gateway.graphql.selection import Selected
    from gateway.graphql.steps import Step
    from gateway.graphql.surface import FieldShape, Surface

_INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True)
class Sight:
    """What a role sees, and how much it may ask for."""

    surface: Surface
    schema: GraphQLSchema
    limits: Limits


def make_plan(sight: Sight, operation: Operation, variables: VariableValues) -> Plan:
    """The plan for variables of this shape. Raises `Refusal`."""
    return _Making(sight, operation, variables).plan(variables)


def steps_apart(sight: Sight, operation: Operation, variables: VariableValues) -> list[tuple[str, Step]]:
    """Each field of a query as a statement of its own, by its key in the answer."""
    making = _Making(sight, operation, variables)
    return [(field.key, step) for field in making.known for step in making.steps([field])]


class _Making:
    def __init__(self, sight: Sight, operation: Operation, variables: VariableValues) -> None:
        self._sight = sight
        self._collector = Collector(operation.fragments, variables.coerced)
        self._is_mutation = operation.is_mutation
        self._parent = "Mutation" if operation.is_mutation else "Query"
        selected = self._collector.collect((operation.node.selection_set,), frozenset({self._parent}))
        self.known = [field for field in selected if field.name not in _INTROSPECTION]
        self._introspected = [field for field in selected if field.name in _INTROSPECTION]

    def plan(self, variables: VariableValues) -> Plan:
        if self._introspected and not self._sight.surface.has_introspection:
            raise _no_introspection(self._introspected[0].name)
        costs = self._costs(variables)
        return Plan(tuple(self.steps(self.known)), tuple(field.key for field in self._introspected), costs)

    def steps(self, selected: Sequence[Selected]) -> Iterator[Step]:
        if self._is_mutation:
            for field in selected:
                yield from self._changing(field)
        elif selected:
            request = self._request()
            answer = Planner(request).root(self._parent, self._fields, selected)
            yield step_of(Stage(rows_as_object(answer)), request.slots, LaneKind.READ)

    def _costs(self, variables: VariableValues) -> tuple[Cost, ...]:
        """What is asked for, unless that is never too much. Raises `Refusal` where it is too much this time."""
        limits = self._sight.limits
        asked = costs(self._request(), self._parent, self._fields, self.known)
        known = known_cost(asked)
        if known is not None and known <= limits.cost:
            return ()
        limits.check("cost", sum(cost.rows(variables) for cost in asked))
        return asked

    @property
    def _fields(self) -> Mapping[str, FieldShape]:
        return self._sight.surface.mutation if self._is_mutation else self._sight.surface.query

    def _request(self) -> Request:
        return Request(self._sight.surface, self._sight.schema, self._collector, Slots(), self._sight.limits)

    def _changing(self, field: Selected) -> Iterator[Step]:
        """The statements of one field, planned together: they share the slots of their parameters."""
        request = self._request()
        for stage in tuple(self._stages(request, field)):
            yield step_of(stage, request.slots, LaneKind.WRITE)

    def _stages(self, request: Request, field: Selected) -> Iterator[Stage]:
        planner, use = Planner(request), Use(request, self._parent, field)
        shape = self._fields.get(field.name)
        if shape is not None and isinstance(shape.result, Affected):
            yield from stages_of_change(planner, use, shape.result)
            return
        answer = planner.root(self._parent, self._fields, [field])
        if shape is not None and isinstance(shape.origin, FromFunction):
            call = use.call(shape.origin.function, shape.arguments)
            yield from stages_of_call(self._sight.surface, shape.result, call, answer)
        else:
            yield Stage(rows_as_object(answer))


def _no_introspection(field: str) -> Refusal:
    hint = "It is turned on by comment on schema ... is '@graphql({\"introspection\": true})'."
    return Refusal(Code.VALIDATION_FAILED, f'Unknown field "{field}" on type Query', hint)
