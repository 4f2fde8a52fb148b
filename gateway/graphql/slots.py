"""The parameters of a plan: each slot is a constant of the plan or comes from the request's variables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.given import Literal, Null, value_of
from gateway.plan.model import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql.execution.values import VariableValues

    from gateway.graphql.encode import Encoder
    from gateway.graphql.given import Origin, Whole


@dataclass(frozen=True, slots=True)
class Constant:
    """The same for every request."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Bound:
    """What `encode` makes of the value at `origin`."""

    origin: Origin
    encode: Encoder


Binding = Constant | Bound


class Slots:
    """Numbers the parameters of one plan; the same parameter has one slot."""

    def __init__(self) -> None:
        self._bindings: dict[tuple[object, ...], Binding] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def value(self, given: Whole | Null, encode: Encoder, type_: str) -> Value:
        """A value that an argument gives, as the SQL type `type_`."""
        return Value(self.slot(given, encode, type_), type_)

    def slot(self, given: Whole | Null, encode: Encoder, type_: str) -> int:
        """The slot of such a value. A parameter has one type, so values of different types have different slots."""
        if isinstance(given, Null):
            return self._number((type_, None), Constant(None))
        if isinstance(given.origin, Literal):
            encoded = encode(given.origin.value)
            return self._number((type_, encoded), Constant(encoded))
        return self._number((type_, repr(given.origin), encode), Bound(given.origin, encode))

    def constant(self, text: str | None, type_: str) -> Value:
        """A constant of the plan that is not part of the text of its statement."""
        return Value(self._number((type_, text), Constant(text)), type_)

    def bindings(self) -> tuple[Binding, ...]:
        """What goes into each slot."""
        return tuple(self._bindings.values())

    def _number(self, key: tuple[object, ...], binding: Binding) -> int:
        self._bindings.setdefault(key, binding)
        return self._numbers.setdefault(key, len(self._numbers))


def bind(bindings: Sequence[Binding], variables: VariableValues) -> list[str | None]:
    """The parameters of one request, in the order of `bindings`. Raises `Refusal` for a value that can't be sent."""
    return [
        binding.text if isinstance(binding, Constant) else binding.encode(value_of(binding.origin, variables))
        for binding in bindings
    ]
