"""What one role may ask for: depth of embedding, rows, and the planner's estimate of a statement's cost.

Set in the database by `alter role x set daira.max_embed_depth = 2`, `daira.max_rows`, `daira.max_plan_cost`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.lanes import Statement
from gateway.rest.errors import RestError
from gateway.rest.intent import SelectEmbed
from gateway.rest.lexer import lex
from gateway.rest.parser import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gateway.lanes import Identity, Lanes
    from gateway.rest.intent import SelectItem


@dataclass(frozen=True)
class Limits:
    """None is without limit."""

    embed_depth: int | None = None
    rows: int | None = None
    plan_cost: float | None = None


def read_limits(found: Mapping[str, str]) -> Limits:
    """The limits among the settings of a role. Raises ValueError for what is no number."""
    depth, rows, cost = (found.get(name) for name in ("max_embed_depth", "max_rows", "max_plan_cost"))
    return Limits(
        None if depth is None else int(depth),
        None if rows is None else int(rows),
        None if cost is None else float(cost),
    )


def check_depth(query: str, limit: int) -> None:
    """Raises DR001 where `select` embeds deeper than `limit`."""
    depth = _depth(parse(lex(query).shape).select)
    if depth > limit:
        message = f"The request embeds {depth} levels deep; this role may embed {limit}"
        raise RestError(400, "DR001", message, None, "Ask for fewer levels at once.")


async def check_cost(
    lanes: Lanes,
    identity: Identity,
    statement: Statement,
    params: Sequence[str],
    settings: Mapping[str, str],
    limit: float,
) -> None:
    """Raises DR002 where the planner expects `statement` to cost more than `limit`; it isn't run."""
    explaining = Statement(f"explain (format json) {statement.text}", statement.kind)
    rows = await lanes.run(identity, explaining, params, settings)
    cost = json.loads(rows.value() or b"[]")[0]["Plan"]["Total Cost"]
    if cost > limit:
        message = f"The request is expected to cost {cost:.2f}; this role may spend {limit:.2f}"
        raise RestError(400, "DR002", message, None, "Ask for fewer rows, or filter by an indexed column.")


def _depth(items: Sequence[SelectItem]) -> int:
    return max((1 + _depth(item.items) for item in items if isinstance(item, SelectEmbed)), default=0)
