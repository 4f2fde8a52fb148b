"""The statements of one mutation field: the one that writes, the one that guards a limit, the one that reads.

A statement does not see what it writes itself. So where an answer needs more than the written rows, these are kept for
the rest of the transaction, and a statement of its own reads the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.graphql.results import Many, Record, Row, Rows
from gateway.graphql.used import exchanged, readings
from gateway.plan.compile import all_rows, rows_as_object, source
from gateway.plan.model import Calling, Kept, Unnest
from gateway.plan.pieces import keeping
from gateway.sql.nodes import sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.graphql.results import Result
    from gateway.graphql.surface import Surface
    from gateway.plan.model import Select
    from gateway.plan.values import NamedCall
    from gateway.sql.nodes import Node


@dataclass(frozen=True, slots=True)
class Stage:
    """One statement; its one value is a part of the answer where it `answers`."""

    node: Node
    answers: bool = True


def stages_of_call(surface: Surface, result: Result, call: NamedCall, answer: Select) -> Iterator[Stage]:
    """The statements of the call of a function whose result is read by `answer`."""
    row = _row(surface, result)
    if row is None or (readings(answer) == 1 and not isinstance(result, Rows)):
        yield Stage(rows_as_object(answer))
        return
    is_array = isinstance(result, Many) and not result.is_set
    called = Unnest(call) if is_array else Calling(call)
    yield Stage(sql("select {}", keeping(all_rows(source(called)))), answers=False)
    by = {Calling(call): Kept(row), Unnest(call): Kept(row), Unnest(call, numbered=True): Kept(row, numbered=True)}
    yield Stage(rows_as_object(exchanged(answer, by)))


def _row(surface: Surface, result: Result) -> tuple[str, str] | str | None:
    match result:
        case Row(relation) | Rows(relation):
            return relation
        case Record(composite):
            return surface.composites[composite].sql
        case Many(of, _):
            return _row(surface, of)
        case _:
            return None
