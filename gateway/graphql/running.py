"""Carries operations out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from gateway.errors import status_of
from gateway.graphql.cache import OperationCache
from gateway.graphql.engine import Checked, check, resolving
from gateway.graphql.errors import Code, Refusal, dumped
from gateway.graphql.introspection import introspect, merged
from gateway.graphql.responses import of_database, trace
from gateway.lanes import DatabaseError
from gateway.settings import Engine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from graphql.execution.values import VariableValues

    from gateway.graphql.http import Asked
    from gateway.graphql.operation import PreparedOperation
    from gateway.graphql.options import Options
    from gateway.graphql.role_api import RoleApi
    from gateway.graphql.steps import Plan
    from gateway.graphql.steps import Step as PlannedStep
    from gateway.http import Request
    from gateway.lanes import Around, Identity, Lanes, Statement

Step = tuple["Statement", "Sequence[str | None]"]


class Ready(NamedTuple):
    """An operation with the plan for its variables."""

    prepared: PreparedOperation
    plan: Plan
    variables: VariableValues
    settings: Mapping[str, str]
    """What its transactions find set beside the identity."""
    around: Around
    """What they run around its statements."""


class Runner:
    """Carries operations out as the role of their caller sees them."""

    def __init__(self, lanes: Lanes, api: Callable[[str], Awaitable[RoleApi]], options: Options) -> None:
        self._lanes = lanes
        self._api = api
        self._options = options
        self._checked: OperationCache[Checked] = OperationCache(options.cache)

    async def run(self, identity: Identity, request: Request, text: str, asked: Asked) -> bytes:
        """The whole answer. Raises `Refusal`, `LaneError` or `CatalogUnavailable`."""
        if self._options.engine is Engine.PG_GRAPHQL:
            return await self._resolve(identity, request, text, asked)
        begun = time.perf_counter()
        api = await self._api(identity.role)
        prepared = api.prepare(text, asked.operation_name)
        _check_method(request.method, prepared.is_mutation)
        variables = prepared.variables(asked.variables)
        plan = prepared.plan(variables)
        steps = [(step.statement, step.params(variables)) for step in plan.steps]
        planned, ready = time.perf_counter(), Ready(prepared, plan, variables, *self._options.surroundings(request))
        parts, errors = await self._parts(identity, ready, steps)
        if plan.introspected:
            parts.append(introspect(api.shown, prepared.operation, variables, plan.introspected))
        data = parts[0] if len(parts) == 1 else merged(parts)
        return b'{"data":%b%b%b}' % (data, errors, self._trace(identity, begun, planned, steps))

    async def _parts(self, identity: Identity, ready: Ready, steps: Sequence[Step]) -> tuple[list[bytes], bytes]:
        """The parts of the data, and the errors where only some fields have failed."""
        try:
            return await self._all(identity, ready, steps), b""
        except DatabaseError as failure:
            fields = [] if _fails_whole(failure, ready) else ready.prepared.apart(ready.variables)
            if len(fields) + len(ready.plan.introspected) < 2:
                raise
            return await self._apart(identity, ready, fields)

    async def _all(self, identity: Identity, ready: Ready, steps: Sequence[Step]) -> list[bytes]:
        if len(steps) == 1:
            rows = await self._lanes.run(identity, *steps[0], ready.settings, ready.around)
            return [rows.value() or b"{}"]
        results = await self._lanes.run_all(identity, steps, ready.settings, ready.around) if steps else []
        return [rows.value() or b"{}" for rows, step in zip(results, ready.plan.steps, strict=True) if step.answers]

    async def _apart(
        self, identity: Identity, ready: Ready, fields: Sequence[tuple[str, PlannedStep]]
    ) -> tuple[list[bytes], bytes]:
        """Each field by itself; those that fail are null."""
        parts: list[bytes] = []
        errors: list[dict[str, Any]] = []
        for key, step in fields:
            try:
                params = step.params(ready.variables)
                rows = await self._lanes.run(identity, step.statement, params, ready.settings, ready.around)
                parts.append(rows.value() or b"{}")
            except DatabaseError as failure:
                parts.append(dumped({key: None}))
                errors.append(of_database(failure) | {"path": [key]})
        return parts, b', "errors": ' + dumped(errors) if errors else b""

    async def _resolve(self, identity: Identity, request: Request, text: str, asked: Asked) -> bytes:
        checked = check(text, asked.operation_name, self._options.limits, self._checked)
        _check_method(request.method, checked.is_mutation)
        step = resolving(checked, text, asked.variables, asked.operation_name)
        return (await self._lanes.run(identity, *step, *self._options.surroundings(request))).value() or b"{}"

    def _trace(self, identity: Identity, begun: float, planned: float, steps: Sequence[Step]) -> bytes:
        if identity.role not in self._options.trace_roles:
            return b""
        return trace(planned - begun, time.perf_counter() - planned, [statement.text for statement, _ in steps])


def _fails_whole(failure: DatabaseError, ready: Ready) -> bool:
    """Whether there is no use in trying the fields one by one: time is up, or the server is in trouble."""
    return ready.prepared.operation.is_mutation or status_of(failure.sqlstate) >= 500


def _check_method(method: str, is_mutation: bool) -> None:
    if is_mutation and method == "GET":
        raise Refusal(Code.BAD_REQUEST, "A mutation can't be sent by GET.", "Use POST.", 405)
