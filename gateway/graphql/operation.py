"""An operation ready to run: one plan for each shape of its variables, each one statement with its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from gateway.graphql.declared import Declared
from gateway.graphql.document import read_again
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.making import make_plan, steps_apart

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from graphql.execution.values import VariableValues

    from gateway.graphql.document import Operation
    from gateway.graphql.making import Sight
    from gateway.graphql.steps import Plan, Step

_MAX_PLANS = 64
_OPERATION_BYTES, _PLAN_BYTES = 1_500, 2_000
"""About the memory of an operation, and of a plan besides its text."""


class Asked(NamedTuple):
    """The text of a document, and which of its operations is asked for."""

    text: str
    name: str | None


class PreparedOperation:
    """A valid operation and its plans, of which it keeps a bounded number.

    The document is kept as text only, and read again for a plan after the first: its nodes would take far more memory,
    which the garbage collector would have to look through.
    """

    def __init__(self, operation: Operation, asked: Asked, sight: Sight) -> None:
        self.is_mutation = operation.is_mutation
        self._asked = asked
        self._operation: Operation | None = operation
        self._sight = sight
        self._declared = Declared(operation, sight.schema)
        self._plans: dict[Hashable, Plan] = {}
        self._size = self._own_size

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
        values = self._declared.read(given or {}, self._sight.limits)
        return values if values is not None else self._refuse(given or {})

    def plan(self, variables: VariableValues) -> Plan:
        """The plan for variables of this shape. Raises `Refusal`."""
        shape = self._declared.shape(variables.coerced)
        plan = self._plans.get(shape)
        if plan is None:
            plan = make_plan(self._sight, self.operation, variables)
            self._keep(shape, plan)
            self._operation = None
        if plan.costs:
            self._sight.limits.check("cost", sum(cost.rows(variables) for cost in plan.costs))
        return plan

    def apart(self, variables: VariableValues) -> list[tuple[str, Step]]:
        """Each field of a query as a statement of its own, by its key in the answer."""
        return steps_apart(self._sight, self.operation, variables)

    def _refuse(self, given: Mapping[str, Any]) -> NoReturn:
        placed = read_again(*self._asked, with_places=True).node.variable_definitions or ()
        errors = self._declared.errors(placed, given)
        raise Refusal(Code.BAD_INPUT, errors[0].message, details=errors)

    @property
    def _own_size(self) -> int:
        return _OPERATION_BYTES + 2 * len(self._asked.text)

    def _keep(self, shape: Hashable, plan: Plan) -> None:
        if len(self._plans) >= _MAX_PLANS:
            self._plans.clear()
            self._size = self._own_size
        self._size += _PLAN_BYTES + plan.size
        self._plans[shape] = plan
