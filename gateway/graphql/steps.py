"""The statements of an operation: what is sent to the database, and with which parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.slots import Constant, bind
from gateway.lanes import LaneKind, Statement
from gateway.sql.nodes import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql.execution.values import VariableValues

    from gateway.graphql.cost import Cost
    from gateway.graphql.slots import Binding, Slots
    from gateway.graphql.stages import Stage


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

    @property
    def size(self) -> int:
        """The length of its statements."""
        return sum(len(step.statement.text) for step in self.steps)


def step_of(stage: Stage, slots: Slots, kind: LaneKind) -> Step:
    """The statement of `stage`, whose parameters are in `slots`."""
    rendered, bindings = render(stage.node), slots.bindings()
    ordered = tuple(bindings[slot] for slot in rendered.slots)
    return Step(Statement(rendered.text, kind), ordered, _constants(ordered), stage.answers)


def _constants(bindings: tuple[Binding, ...]) -> Sequence[str | None] | None:
    texts = [binding.text for binding in bindings if isinstance(binding, Constant)]
    return texts if len(texts) == len(bindings) else None
