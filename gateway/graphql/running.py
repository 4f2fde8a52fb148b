"""Carries operations out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gateway.graphql.cache import OperationCache
from gateway.graphql.engine import Checked, check, resolving
from gateway.graphql.errors import Code, Refusal
from gateway.graphql.introspection import introspect, merged
from gateway.graphql.responses import trace
from gateway.settings import Engine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from gateway.graphql.http import Asked
    from gateway.graphql.options import Options
    from gateway.graphql.role_api import RoleApi
    from gateway.lanes import Identity, Lanes, Statement

Step = tuple["Statement", "Sequence[str | None]"]


class Runner:
    """Carries operations out as the role of their caller sees them."""

    def __init__(self, lanes: Lanes, api: Callable[[str], Awaitable[RoleApi]], options: Options) -> None:
        self._lanes = lanes
        self._api = api
        self._options = options
        self._checked: OperationCache[Checked] = OperationCache(options.cache)

    async def run(self, identity: Identity, method: str, text: str, asked: Asked) -> bytes:
        """The whole answer. Raises `Refusal`, `LaneError` or `CatalogUnavailable`."""
        if self._options.engine is Engine.PG_GRAPHQL:
            return await self._resolve(identity, method, text, asked)
        begun = time.perf_counter()
        api = await self._api(identity.role)
        prepared = api.prepare(text, asked.operation_name)
        _check_method(method, prepared.operation.is_mutation)
        variables = prepared.variables(asked.variables)
        plan = prepared.plan(variables)
        steps = [(step.statement, step.params(variables)) for step in plan.steps]
        planned = time.perf_counter()
        if len(steps) == 1 and not plan.introspected:
            rows = await self._lanes.run(identity, *steps[0])
            data = rows.value() or b"{}"
        else:
            introspected = introspect(api.schema, prepared.operation, variables, plan.introspected)
            results = await self._all(identity, steps)
            data = merged(
                (introspected, *(part for part, step in zip(results, plan.steps, strict=True) if step.answers))
            )
        return b'{"data":%b%b}' % (data, self._trace(identity, begun, planned, steps))

    async def _resolve(self, identity: Identity, method: str, text: str, asked: Asked) -> bytes:
        checked = check(text, asked.operation_name, self._options.limits, self._checked)
        _check_method(method, checked.is_mutation)
        step = resolving(checked, text, asked.variables, asked.operation_name)
        return (await self._lanes.run(identity, *step)).value() or b"{}"

    async def _all(self, identity: Identity, steps: Sequence[Step]) -> list[bytes]:
        results = await self._lanes.run_all(identity, steps) if steps else []
        return [rows.value() or b"{}" for rows in results]

    def _trace(self, identity: Identity, begun: float, planned: float, steps: Sequence[Step]) -> bytes:
        if identity.role not in self._options.trace_roles:
            return b""
        return trace(planned - begun, time.perf_counter() - planned, [statement.text for statement, _ in steps])


def _check_method(method: str, is_mutation: bool) -> None:
    if is_mutation and method == "GET":
        raise Refusal(Code.BAD_REQUEST, "A mutation can't be sent by GET.", "Use POST.", 405)
