"""POST, PATCH, PUT and DELETE on relations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from gateway.http import Headers, Response
from gateway.rest import handlers
from gateway.rest.asked import UNBOUNDED, Bounds, content_headers, content_range, preference_applied, run
from gateway.rest.body import Payload, payload_of
from gateway.rest.errors import RestError
from gateway.rest.lexer import lex, selects_all
from gateway.rest.media import choose
from gateway.rest.mutation import Write, compile_write
from gateway.rest.parser import parse
from gateway.rest.plans import Compiled
from gateway.rest.preferences import Count, Resolution, Return
from gateway.rest.respond import answered, body_of, outcome_of, plan_answer, singular
from gateway.rest.timing import mark

if TYPE_CHECKING:
    from gateway.rest.asked import Asked, Context
    from gateway.rest.lexer import Lexed
    from gateway.rest.media import Media
    from gateway.rest.preferences import Preferences
    from gateway.rest.respond import Outcome

_NO_BODY = Payload("[]")


async def write(context: Context, asked: Asked) -> Response:
    """What the write did."""
    lexed, method = lex(asked.request.query), asked.request.method
    payload = _NO_BODY if method == "DELETE" else _payload(asked, lexed)
    mark("parse")
    media = _media(context, asked, lexed)
    bounds = _bounds(method, asked.preferences, is_single=media.single) if media.plan is None else UNBOUNDED
    wanted = _write(method, payload, asked.preferences, is_guarded=bounds.matter)
    plan = _plan(context, asked, lexed, wanted)
    rows = await run(context, asked, plan, (*lexed.values, payload.text), bounds)
    if plan.media.plan is not None:
        return plan_answer(rows, plan.media)
    outcome = outcome_of(rows)
    _check(method, outcome, bounds, is_single=plan.media.single)
    return _answer(context, asked, plan, wanted, outcome)


def columns_in(lexed: Lexed) -> tuple[str, ...] | None:
    """`columns=` of a query string."""
    if not any(isinstance(part, str) and part.startswith("columns=") for part in lexed.shape):
        return None
    return parse(lexed.shape).columns or None


def _payload(asked: Asked, lexed: Lexed) -> Payload:
    return payload_of(asked.facts.content_type, asked.request.body, columns_in(lexed))


def _write(method: str, payload: Payload, preferences: Preferences, *, is_guarded: bool) -> Write:
    resolution = preferences.resolution if method == "POST" else None
    kept = (resolution, preferences.missing, preferences.returns)
    return Write(method, payload.keys, *kept, is_guarded, payload.is_empty)


def _bounds(method: str, preferences: Preferences, *, is_single: bool) -> Bounds:
    if method == "PUT" or is_single:
        return Bounds(1, 1)
    most = preferences.limit_affected if method in ("PATCH", "DELETE") else None
    return UNBOUNDED if most is None else Bounds(0, most)


def _plan(context: Context, asked: Asked, lexed: Lexed, wanted: Write) -> Compiled:
    key = (asked.name, lexed.shape, asked.facts.accept, wanted)
    plan = context.plans.find(asked.catalog.version, key)
    if plan is not None:
        return plan
    return context.plans.keep(
        key, compile_write(asked.catalog, asked.name, lexed, wanted, _media(context, asked, lexed))
    )


def _media(context: Context, asked: Asked, lexed: Lexed) -> Media:
    own = handlers.of_relation(asked.catalog, asked.name, is_whole=selects_all(lexed))
    return choose(asked.facts.accept, own, plans=context.settings.pgrst_db_plan_enabled, feature=asked.catalog.feature)


def _check(method: str, outcome: Outcome, bounds: Bounds, *, is_single: bool) -> None:
    """Raises the reason why the guard has undone the write."""
    if method == "PUT" and outcome.page_total != 1:
        raise RestError(400, "PGRST115", "Payload values do not match URL in primary key column(s)")
    if is_single and (error := singular(outcome)):
        raise error
    if outcome.page_total > bounds.most:
        raise exceeded(outcome.page_total)


def exceeded(rows: int) -> RestError:
    """PGRST124."""
    message = "Query result exceeds max-affected preference constraint"
    return RestError(400, "PGRST124", message, f"The query affects {rows} rows")


def _answer(context: Context, asked: Asked, plan: Compiled, wanted: Write, outcome: Outcome) -> Response:
    has_body = wanted.returns is Return.REPRESENTATION
    headers: Headers = (*_location(asked, outcome), *_range(asked, outcome), *_applied(context, asked, wanted))
    if has_body:
        headers = (*content_headers(context, asked, plan), *headers)
    body = body_of(outcome, plan.media) if has_body else b""
    return answered(_status(wanted, outcome), headers, body, outcome)


def _status(wanted: Write, outcome: Outcome) -> int:
    has_body = wanted.returns is Return.REPRESENTATION
    if wanted.method in ("PATCH", "DELETE"):
        return 200 if has_body else 204
    inserted = outcome.page_total - int(outcome.more[1] or b"0")
    if wanted.method == "PUT":
        return 201 if inserted > 0 else 200 if has_body else 204
    return 200 if wanted.resolution is Resolution.MERGE and inserted <= 0 else 201


def _location(asked: Asked, outcome: Outcome) -> Headers:
    if not outcome.more[0]:
        return ()
    pairs = json.loads(outcome.more[0]).items()
    query = "&".join(f"{quote(key, safe='')}=eq.{quote(value or '', safe='')}" for key, value in pairs)
    return ((b"location", f"/{quote(asked.name[1], safe='')}?{query}".encode()),)


def _range(asked: Asked, outcome: Outcome) -> Headers:
    total = outcome.page_total if asked.preferences.count is Count.EXACT else None
    match asked.request.method:
        case "PATCH":
            return content_range(0, outcome.page_total - 1, total)
        case "PUT":
            return ()
        case _:
            return content_range(1, 0, total)


def _applied(context: Context, asked: Asked, wanted: Write) -> Headers:
    preferences = asked.preferences
    relation = asked.catalog.relations[asked.name]
    is_upsert = bool(relation.primary_key or relation.key) or "on_conflict=" in asked.request.query
    most = preferences.limit_affected if wanted.method in ("PATCH", "DELETE") else None
    more: list[Resolution | Return | None] = [preferences.returns]
    if wanted.method == "POST" and is_upsert:
        more.append(wanted.resolution)
    missing = preferences.missing if wanted.method in ("POST", "PATCH") else None
    return preference_applied(context, preferences, *more, missing, max_affected=most)
