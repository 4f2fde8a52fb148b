"""The compiled plans of request shapes, kept until the catalogue changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.lanes import LaneKind, Statement
from gateway.plan.compile import rows
from gateway.rest.parser import parse
from gateway.rest.planner import plan_read
from gateway.rest.values import as_text
from gateway.sql.nodes import Node, render, sql

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog, Name
    from gateway.plan.model import Select
    from gateway.rest.lexer import Lexed, Shape

_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class CompiledRead:
    """One statement; `binds` says which slot goes to $1, $2, ... and how its text is written."""

    statement: Statement
    binds: tuple[tuple[int, Callable[[str], str]], ...]
    constants: tuple[str, ...]
    offset: int | None
    """The slot of the outermost offset."""

    def params(self, values: Sequence[str]) -> list[str]:
        """The parameters of the statement. Raises `RestError` for a value that can't stand where it does."""
        known = (*values, *self.constants) if self.constants else values
        return [encode(known[slot]) for slot, encode in self.binds]


class ReadPlans:
    """An LRU from request shape to compiled plan."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[Name, Shape], CompiledRead] = OrderedDict()
        self._version = 0
        self.hits = self.misses = 0

    def __len__(self) -> int:
        return len(self._plans)

    def find(self, catalog: Catalog, name: Name, lexed: Lexed) -> CompiledRead:
        """The plan of reading `name` in this shape. Raises `RestError` where there can be none."""
        if catalog.version != self._version:
            self._plans.clear()
            self._version = catalog.version
        key = (name, lexed.shape)
        plan = self._plans.get(key)
        if plan is not None:
            self.hits += 1
            self._plans.move_to_end(key)
            return plan
        self.misses += 1
        return self._add(key, compile_read(catalog, name, lexed))

    def _add(self, key: tuple[Name, Shape], plan: CompiledRead) -> CompiledRead:
        self._plans[key] = plan
        if len(self._plans) > _LIMIT:
            self._plans.popitem(last=False)
        return plan


def compile_read(catalog: Catalog, name: Name, lexed: Lexed) -> CompiledRead:
    """The statement for a shape; its row is the number of rows and the rows as a JSON array."""
    intent = parse(lexed.shape)
    planned = plan_read(catalog, name, intent, len(lexed.values))
    rendered = render(_counted(planned.select))
    binds = tuple((slot, planned.encoders.get(slot, as_text)) for slot in rendered.slots)
    offset = next((page.offset for path, page in intent.pages if not path), None)
    return CompiledRead(Statement(rendered.text, LaneKind.READ), binds, planned.constants, offset)


def _counted(select: Select) -> Node:
    return sql("select count(*), coalesce(json_agg(t), '[]')::text from ({}) as t", rows(select))
