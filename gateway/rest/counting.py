"""How many rows there are in all (https://docs.postgrest.org/en/stable/references/api/pagination_count.html)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from gateway.plan.compile import rows
from gateway.plan.values import Whole
from gateway.rest.preferences import Count
from gateway.rest.statement import UNCOUNTED
from gateway.sql.nodes import Raw, sql

if TYPE_CHECKING:
    from gateway.lanes import Rows
    from gateway.rest.planner import Planned
    from gateway.sql.nodes import Node


def total(planned: Planned, count: Count | None, max_rows: int | None = None) -> Node:
    """The number of all rows beside those of a page; an estimate counts no further than it must."""
    if count is None or count is Count.PLANNED:
        return UNCOUNTED
    if not planned.is_paged:
        return Raw("count(*)")
    counted = planned.counted
    if count is Count.ESTIMATED and max_rows is not None:
        counted = replace(counted, limit=Whole(max_rows + 1))
    return sql("(select count(*) from ({}) as c)", rows(counted))


def explained(planned: Planned) -> Node:
    """A statement that says how many rows PostgreSQL expects."""
    return sql("explain (format json) {}", rows(planned.counted))


def expected(found: Rows) -> int:
    """The number that `explained` gave."""
    plan = json.loads(found.value() or b"[{}]")
    return int(plan[0].get("Plan", {}).get("Plan Rows", 0))


def settled(count: Count | None, known: int | None, estimate: int | None, max_rows: int | None) -> int | None:
    """The total to be answered, from what was counted and what PostgreSQL expects."""
    if estimate is None or (count is Count.ESTIMATED and known is not None and known <= (max_rows or -1)):
        return known
    return max(known or 0, estimate)
