"""An operation ready to run: one plan for each shape of its variables, each one statement with its parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphql import VariableNode, type_from_ast
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import Visitor, visit

from gateway.graphql.changes import stages_of_change
from gateway.graphql.cost import costs, known_cost
from gateway.graphql.document import read_again
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.given_shapes import is_whole, shape_of
from gateway.graphql.nodes import NODE, relation_of
from gateway.graphql.origins import FromFunction
from gateway.graphql.planner import Planner
from gateway.graphql.request import Request, Use
from gateway.graphql.results import Affected
from gateway.graphql.selection import Collector
from gateway.graphql.slots import Constant, Slots, bind
from gateway.graphql.stages import Stage, stages_of_call
from gateway.lanes import LaneKind, Statement
from gateway.plan.compile import rows_as_object
from gateway.sql.nodes import render

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from graphql import DirectiveNode, FieldNode, GraphQLError, GraphQLInputType, GraphQLSchema

    from gateway.graphql.cost import Cost
    from gateway.graphql.document import Operation
    from gateway.graphql.limits import Limits
    from gateway.graphql.selection import Selected
    from gateway.graphql.slots import Binding
    from gateway.graphql.surface import FieldShape, Surface

INTROSPECTION = frozenset({"__schema", "__type"})
_NO_VARIABLES = VariableValues({}, {})
_MAX_PLANS = 64
_OPERATION_BYTES, _PLAN_BYTES = 1_500, 2_000
"""About the memory of an operation, and of a plan besides its text."""
_MAX_ERRORS = 10


@dataclass(frozen=True, slots=True)
class Step:
    """A statement whose one value is a part of the `data` of the answer as a JSON object, and its parameters.

    `constants` are the parameters where no request changes them. Not every one of them `answers`.
    """

    statement: Statement
    bindings: tuple[Binding, ...]
    constants: Sequence[str | None] | None
    answers: bool = True

    def params(self, variables: VariableValues) -> Sequence[str | None]:
        """The parameters for these variables. Raises `Refusal`."""
        return bind(self.bindings, variables) if self.constants is None else self.constants


@dataclass(frozen=True, slots=True)
class Plan:
    """The statements of an operation, in order: one for a query, one or a few for each field of a mutation.

    `introspected` are the keys of the answer that graphql-core gives.
    """

    steps: tuple[Step, ...]
    introspected: tuple[str, ...]
    costs: tuple[Cost, ...] = ()
    """What it asks for, where the variables decide whether that is too much."""


class Asked(NamedTuple):
    """The text of a document, and which of its operations is asked for."""

    text: str
    name: str | None


class PreparedOperation:
    """A valid operation and its plans, of which it keeps a bounded number.

    The document is kept as text only, and read again for a plan after the first: its nodes would take far more memory,
    which the garbage collector would have to look through.
    """

    def __init__(
        self, operation: Operation, asked: Asked, surface: Surface, schema: GraphQLSchema, limits: Limits
    ) -> None:
        self.is_mutation = operation.is_mutation
        self._asked = asked
        self._operation: Operation | None = operation
        self._limits = limits
        self._surface = surface
        self._schema = schema
        self._definitions = tuple(operation.node.variable_definitions or ())
        named = ((node.variable.name.value, type_from_ast(schema, node.type)) for node in self._definitions)
        self._types = tuple((name, cast("GraphQLInputType", type_)) for name, type_ in named)
        self._deciding = _deciding(operation) if self._definitions else _Deciding()
        self._plans: dict[Hashable, Plan] = {}
        self._size = _OPERATION_BYTES + 2 * len(asked.text)

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return self._size

    @property
    def operation(self) -> Operation:
        """The operation itself."""
        return self._operation or read_again(*self._asked)

    def variables(self, given: Mapping[str, Any] | None) -> VariableValues:
        """The values of the operation's variables. Raises `Refusal` where one has not the declared type."""
        if not self._definitions:
            return _NO_VARIABLES
        self._check_size(given or {})
        try:
            values = get_variable_values(self._schema, self._definitions, dict(given or {}), _MAX_ERRORS)
        except RecursionError:
            raise Refusal(Code.BAD_INPUT, "The variables are nested too deeply.") from None
        if isinstance(values, list):
            raise Refusal(Code.BAD_INPUT, values[0].message, details=self._errors_of(given or {}))
        return values

    def _errors_of(self, given: Mapping[str, Any]) -> list[GraphQLError]:
        """What is wrong with variables, with the places of their definitions."""
        definitions = read_again(*self._asked, with_places=True).node.variable_definitions or ()
        found = get_variable_values(self._schema, definitions, dict(given), _MAX_ERRORS)
        return found if isinstance(found, list) else []

    def plan(self, variables: VariableValues) -> Plan:
        """The plan for variables of this shape. Raises `Refusal`."""
        shape = self._shape(variables.coerced) if self._types else ()
        plan = self._plans.get(shape)
        if plan is None:
            plan = self._make(self.operation, variables)
            self._keep(shape, plan)
            self._operation = None
        if plan.costs:
            self._limits.check("cost", sum(cost.rows(variables) for cost in plan.costs))
        return plan

    def apart(self, variables: VariableValues) -> list[tuple[str, Step]]:
        """Each field of a query as a statement of its own, by its key in the answer."""
        operation = self.operation
        collector = Collector(operation.fragments, variables.coerced)
        selected = collector.collect((operation.node.selection_set,), frozenset({"Query"}))
        known = [field for field in selected if field.name not in INTROSPECTION]
        return [(field.key, step) for field in known for step in self._steps(collector, "Query", [field])]

    def _keep(self, shape: Hashable, plan: Plan) -> None:
        if len(self._plans) >= _MAX_PLANS:
            self._plans.clear()
            self._size = _OPERATION_BYTES + 2 * len(self._asked.text)
        self._size += _PLAN_BYTES + sum(len(step.statement.text) for step in plan.steps)
        self._plans[shape] = plan

    def _check_size(self, given: Mapping[str, Any]) -> None:
        looked_into = [given[name] for name, type_ in self._types if name in given and not is_whole(type_)]
        self._limits.check("conditions", _objects(looked_into, self._limits.conditions))

    def _shape(self, values: Mapping[str, Any]) -> Hashable:
        return tuple((name, self._shape_of(name, type_, values[name])) for name, type_ in self._types if name in values)

    def _shape_of(self, name: str, type_: GraphQLInputType, value: Any) -> Hashable:
        if name in self._deciding.flags:
            return bool(value)
        return relation_of(value) if name in self._deciding.node_ids else shape_of(type_, value)

    def _make(self, operation: Operation, variables: VariableValues) -> Plan:
        collector = Collector(operation.fragments, variables.coerced)
        parent = "Mutation" if operation.is_mutation else "Query"
        selected = collector.collect((operation.node.selection_set,), frozenset({parent}))
        introspected = tuple(field.key for field in selected if field.name in INTROSPECTION)
        if introspected and not self._surface.has_introspection:
            raise _no_introspection(next(field.name for field in selected if field.name in INTROSPECTION))
        known = [field for field in selected if field.name not in INTROSPECTION]
        deciding = self._costs(self._request(collector), parent, known, variables)
        return Plan(tuple(self._steps(collector, parent, known)), introspected, deciding)

    def _costs(
        self, request: Request, parent: str, selected: Sequence[Selected], variables: VariableValues
    ) -> tuple[Cost, ...]:
        """What is asked for, unless that is never too much. Raises `Refusal` where it is too much this time."""
        asked = costs(request, parent, self._fields, selected)
        known = known_cost(asked)
        if known is not None and known <= self._limits.cost:
            return ()
        self._limits.check("cost", sum(cost.rows(variables) for cost in asked))
        return asked

    @property
    def _fields(self) -> Mapping[str, FieldShape]:
        return self._surface.mutation if self.is_mutation else self._surface.query

    def _request(self, collector: Collector) -> Request:
        return Request(self._surface, self._schema, collector, Slots(), self._limits)

    def _steps(self, collector: Collector, parent: str, selected: Sequence[Selected]) -> Iterator[Step]:
        if not self.is_mutation:
            if selected:
                request = self._request(collector)
                select = Planner(request).root(parent, self._surface.query, selected)
                yield _step(request, Stage(rows_as_object(select)), LaneKind.READ)
            return
        for field in selected:
            request = self._request(collector)
            for stage in tuple(self._stages(request, parent, field)):
                yield _step(request, stage, LaneKind.WRITE)

    def _stages(self, request: Request, parent: str, field: Selected) -> Iterator[Stage]:
        planner, use = Planner(request), Use(request, parent, field)
        shape = self._surface.mutation.get(field.name)
        if shape is not None and isinstance(shape.result, Affected):
            yield from stages_of_change(planner, use, shape.result)
            return
        answer = planner.root(parent, self._surface.mutation, [field])
        if shape is not None and isinstance(shape.origin, FromFunction):
            call = use.call(shape.origin.function, shape.arguments)
            yield from stages_of_call(self._surface, shape.result, call, answer)
        else:
            yield Stage(rows_as_object(answer))


def _step(request: Request, stage: Stage, kind: LaneKind) -> Step:
    rendered, bindings = render(stage.node), request.slots.bindings()
    ordered = tuple(bindings[slot] for slot in rendered.slots)
    return Step(Statement(rendered.text, kind), ordered, _constants(ordered), stage.answers)


def _constants(bindings: tuple[Binding, ...]) -> Sequence[str | None] | None:
    texts = [binding.text for binding in bindings if isinstance(binding, Constant)]
    return texts if len(texts) == len(bindings) else None


def _no_introspection(field: str) -> Refusal:
    hint = "It is turned on by comment on schema ... is '@graphql({\"introspection\": true})'."
    return Refusal(Code.VALIDATION_FAILED, f'Unknown field "{field}" on type Query', hint)


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
