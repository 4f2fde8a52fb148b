"""GET, HEAD and POST on functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.http import Response
from gateway.rest import functions, handlers
from gateway.rest.asked import UNBOUNDED, Bounds, content_headers, preference_applied, run
from gateway.rest.body import text_of
from gateway.rest.call import (
    Arguments,
    Shape,
    compile_call,
    from_body,
    from_pairs,
    is_write,
    split_query,
)
from gateway.rest.errors import RestError
from gateway.rest.lexer import decode, lex, selects_all
from gateway.rest.media import choose
from gateway.rest.ranges import content_range, lex_ranged, ranged_status
from gateway.rest.reading import rules_of
from gateway.rest.respond import answered, body_of, outcome_of, plan_answer, singular
from gateway.rest.statement import Result
from gateway.rest.timing import mark
from gateway.rest.writes import columns_in, exceeded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.catalog.model import Function
    from gateway.http import Headers
    from gateway.rest.asked import Asked, Context
    from gateway.rest.lexer import Lexed
    from gateway.rest.plans import Compiled
    from gateway.rest.respond import Outcome

_MANY = frozenset({Result.ROWS, Result.SCALARS})


async def call(context: Context, asked: Asked) -> Response:
    """What the function gives."""
    if asked.request.method not in ("GET", "HEAD", "POST"):
        raise RestError(405, "PGRST101", f"Cannot use the {asked.request.method} method on RPC")
    lexed, function, arguments = _resolved(asked)
    mark("parse")
    plan, bounds = _plan(context, asked, lexed, function, arguments)
    own = _settings(context, function)
    rows = await run(context, asked, plan, (*lexed.values, *arguments.values), bounds, own)
    if plan.media.plan is not None:
        return plan_answer(rows, plan.media)
    outcome = outcome_of(rows)
    if plan.media.single and (error := singular(outcome)):
        raise error
    if outcome.page_total > bounds.most:
        raise exceeded(outcome.page_total)
    return _answer(context, asked, plan, lexed, function, outcome)


def _resolved(asked: Asked) -> tuple[Lexed, Function, Arguments]:
    request, catalog = asked.request, asked.catalog
    variadics = frozenset(filter(None, (functions.variadic_of(f) for f in catalog.functions.get(asked.name, ()))))
    if request.method != "POST":
        query, pairs = split_query(request.query, decode)
        arguments = from_pairs(pairs, variadics)
        return (
            lex_ranged(query, asked.range),
            functions.find(catalog, asked.name, arguments.keys, None),
            arguments,
        )
    lexed, content_type = lex(request.query), asked.facts.content_type
    arguments = from_body(content_type, request.body, variadics, columns_in(lexed))
    function = functions.find(catalog, asked.name, arguments.keys, content_type)
    if functions.takes_body(catalog, function, content_type):
        raw = arguments.values[0] if content_type in functions.RAW_BODIES else text_of(request.body or b"{}")
        arguments = Arguments((), (raw,), is_body=True)
    return lexed, function, arguments


def _plan(
    context: Context, asked: Asked, lexed: Lexed, function: Function, arguments: Arguments
) -> tuple[Compiled, Bounds]:
    preferences, method = asked.preferences, asked.request.method
    media = choose(
        asked.facts.accept,
        handlers.of_function(asked.catalog, function, is_whole=selects_all(lexed)),
        plans=context.settings.pgrst_db_plan_enabled,
        feature=asked.catalog.feature,
    )
    bounds = _bounds(asked, function, is_single=media.single) if media.plan is None else UNBOUNDED
    passed = (arguments.keys, arguments.is_body, asked.facts.content_type if arguments.is_body else "")
    key = (function.oid, method == "POST", passed, lexed.shape, asked.facts.accept, preferences.count, bounds.matter)
    plan = context.plans.find(asked.catalog.version, key)
    if plan is None:
        shape = Shape(function, method, asked.facts.content_type, arguments, preferences.count, bounds.matter)
        plan = context.plans.keep(key, compile_call(asked.catalog, lexed, shape, media, rules_of(context.settings)))
    return plan, bounds


def _bounds(asked: Asked, function: Function, *, is_single: bool) -> Bounds:
    most = asked.preferences.limit_affected
    if most is not None and functions.result_of(asked.catalog, function) not in _MANY:
        raise RestError(
            400,
            "PGRST128",
            "Function must return SETOF or TABLE when max-affected preference is used with handling=strict",
        )
    if not is_write(function, asked.request.method):
        return UNBOUNDED if most is None else Bounds(0, most)
    if is_single:
        return Bounds(1, 1)
    return UNBOUNDED if most is None else Bounds(0, most)


def _settings(context: Context, function: Function) -> Mapping[str, str]:
    hoisted = context.settings.pgrst_db_hoisted_tx_settings
    return {name: value for name, value in function.settings if name in hoisted}


def _answer(
    context: Context, asked: Asked, plan: Compiled, lexed: Lexed, function: Function, outcome: Outcome
) -> Response:
    offset = int(lexed.values[plan.offset]) if plan.offset is not None else 0
    most = asked.preferences.limit_affected
    headers: Headers = (
        (b"content-range", content_range(offset, outcome.page_total, outcome.total)),
        *preference_applied(context, asked.preferences, max_affected=most),
    )
    if functions.result_of(asked.catalog, function) is Result.VOID:
        return answered(204, headers, b"", outcome)
    status = ranged_status(offset, outcome.page_total, outcome.total)
    headers = (*content_headers(context, asked, plan), *headers)
    return answered(status, headers, body_of(outcome, plan.media), outcome)
