"""The compiled plans of request shapes, kept until the catalogue changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gateway.lanes import LaneKind, Statement
from gateway.plan.compile import header, row_json, rows
from gateway.rest.counting import explained, total
from gateway.rest.media import JSON_MEDIA, Form, Media
from gateway.rest.parser import parse
from gateway.rest.planner import DEFAULT_RULES, plan_read
from gateway.rest.preferences import Count
from gateway.rest.statement import SCALAR, Result, answer, lines
from gateway.rest.values import as_text
from gateway.sql.nodes import ident, render, sql

if TYPE_CHECKING:
    from collections.abc import Hashable

    from gateway.catalog.model import Catalog, Name
    from gateway.plan.model import Select
    from gateway.rest.lexer import Lexed
    from gateway.rest.planner import Planned
    from gateway.rest.scope import Rules
    from gateway.sql.nodes import Node

_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Compiled:
    """One statement; `binds` says which slot goes to $1, $2, ... and how its text is written."""

    statement: Statement
    binds: tuple[tuple[int, Callable[[str], str]], ...]
    constants: tuple[str, ...]
    media: Media
    offset: int | None = None
    """The slot of the outermost offset."""
    estimate: Compiled | None = None
    """A statement of its own that says how many rows are to be expected."""
    header: tuple[str, ...] = ()
    """The keys of the rows."""
    outdated: tuple[tuple[str, str], ...] = ()
    """Names in the query string that deserve a warning."""

    def params(self, values: Sequence[str]) -> list[str]:
        """The parameters of the statement. Raises `RestError` for a value that can't stand where it does."""
        known = (*values, *self.constants) if self.constants else values
        return [encode(known[slot]) for slot, encode in self.binds]


class Plans:
    """An LRU from what decides a plan to the compiled plan."""

    def __init__(self) -> None:
        self._plans: OrderedDict[Hashable, Compiled] = OrderedDict()
        self._version = 0
        self.hits = self.misses = 0

    def __len__(self) -> int:
        return len(self._plans)

    def find(self, version: int, key: Hashable) -> Compiled | None:
        """The plan kept under `key` since the catalogue has `version`."""
        if version != self._version:
            self._plans.clear()
            self._version = version
        plan = self._plans.get(key)
        if plan is None:
            self.misses += 1
        else:
            self.hits += 1
            self._plans.move_to_end(key)
        return plan

    def clear(self) -> None:
        """Forget all of them."""
        self._plans.clear()

    def keep(self, key: Hashable, plan: Compiled) -> Compiled:
        """Remember `plan`; the one unused longest goes."""
        self._plans[key] = plan
        if len(self._plans) > _LIMIT:
            self._plans.popitem(last=False)
        return plan


def compile_read(
    catalog: Catalog,
    name: Name,
    lexed: Lexed,
    media: Media = JSON_MEDIA,
    count: Count | None = None,
    rules: Rules = DEFAULT_RULES,
) -> Compiled:
    """The statement for a shape of a read."""
    intent = parse(lexed.shape)
    planned = plan_read(catalog, name, intent, len(lexed.values), rules)
    shown, result = labelled(planned.select, media)
    statement = answer(shown, media, result, total(planned, count, rules.max_rows), header=header(planned.select))
    if media.streamed and media.plan is None:
        statement = lines(rows(planned.select), media)
    kind = LaneKind.READ if media.plan is None and not media.streamed else LaneKind.LONG
    offset = next((page.offset for path, page in intent.pages if not path), None)
    compiled = _compiled(statement, planned, media, kind)
    estimate = None
    if count in (Count.PLANNED, Count.ESTIMATED) and media.plan is None:
        estimate = _compiled(explained(planned), planned, media, LaneKind.READ)
    keys = _keys(planned, len(lexed.values))
    return replace(compiled, offset=offset, estimate=estimate, outdated=planned.outdated, header=keys)


def _keys(planned: Planned, first_constant: int) -> tuple[str, ...]:
    """The keys of the rows as the request names them."""
    labels = {key: planned.constants[value.slot - first_constant] for key, value in planned.select.labels}
    return tuple(labels.get(member.key, member.key) for member in planned.select.members)


def labelled(select: Select, media: Media) -> tuple[Node, Result]:
    """The rows of a plan; as finished objects where some keys can't be names of columns."""
    if not select.members and media.form is Form.JSON:
        return sql("select json_build_object() as {} from ({}) as o", ident(SCALAR), rows(select)), Result.SCALARS
    if not select.labels or media.form is not Form.JSON:
        return rows(select), Result.ROWS
    return sql("select {} as {} from ({}) as o", row_json(select, "o"), ident(SCALAR), rows(select)), Result.SCALARS


def _compiled(statement: Node, planned: Planned, media: Media, kind: LaneKind) -> Compiled:
    rendered = render(statement)
    binds = tuple((slot, planned.encoders.get(slot, as_text)) for slot in rendered.slots)
    return Compiled(Statement(rendered.text, kind), binds, planned.constants, media)
