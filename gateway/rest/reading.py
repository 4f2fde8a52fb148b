"""GET and HEAD on relations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from gateway.rest import handlers
from gateway.rest.asked import content_headers, preference_applied, run
from gateway.rest.counting import expected, settled
from gateway.rest.keyset import keyset_of
from gateway.rest.lexer import selects_all
from gateway.rest.location import content_location
from gateway.rest.media import Form, choose
from gateway.rest.plans import compile_read
from gateway.rest.preferences import Count
from gateway.rest.ranges import content_range, lex_ranged, ranged_status
from gateway.rest.respond import answered, body_of, outcome_of, plan_answer, singular
from gateway.rest.scope import Rules
from gateway.rest.streaming import streamed
from gateway.rest.tags import tagged
from gateway.rest.timing import mark

if TYPE_CHECKING:
    from gateway.http import Headers, Response
    from gateway.rest.asked import Asked, Context
    from gateway.rest.keyset import Keyset
    from gateway.rest.lexer import Lexed
    from gateway.rest.plans import Compiled
    from gateway.rest.respond import Outcome
    from gateway.settings import ApiSettings


async def read(context: Context, asked: Asked) -> Response:
    """The rows that the query string asks for."""
    keyset, lexed = _lexed(context, asked)
    mark("parse")
    plan = _plan(context, asked, lexed)
    if plan.media.streamed and plan.media.plan is None:
        return await streamed(context, asked, plan, lexed.values)
    rows = await run(context, asked, plan, lexed.values)
    if plan.media.plan is not None:
        return plan_answer(rows, plan.media)
    outcome = outcome_of(rows)
    if plan.media.single and (error := singular(outcome)):
        raise error
    total = outcome.total if plan.estimate is None else await _total(context, asked, plan.estimate, lexed, outcome)
    offset = int(lexed.values[plan.offset]) if plan.offset is not None else 0
    headers = (
        *content_headers(context, asked, plan),
        (b"content-range", content_range(offset, outcome.page_total, total)),
        (b"content-location", content_location(asked.name[1], asked.request.query)),
        *preference_applied(context, asked.preferences, asked.preferences.page),
        *(_warning(plan) if plan.outdated else ()),
    )
    status = ranged_status(offset, outcome.page_total, total)
    if keyset is not None and plan.media.form is Form.JSON and not plan.media.single:
        headers += keyset.next_link(outcome.body)
    return tagged(answered(status, headers, body_of(outcome, plan.media), outcome), asked.facts.known)


def _lexed(context: Context, asked: Asked) -> tuple[Keyset | None, Lexed]:
    if asked.preferences.page is None:
        return None, lex_ranged(asked.request.query, asked.range)
    return keyset_of(asked, context.settings.pgrst_jwt_secret)


def rules_of(settings: ApiSettings) -> Rules:
    """What the settings allow a read."""
    return Rules(
        settings.pgrst_db_max_rows, settings.pgrst_db_aggregates_enabled, settings.pgrst_url_use_legacy_target_names
    )


async def _total(context: Context, asked: Asked, estimating: Compiled, lexed: Lexed, outcome: Outcome) -> int | None:
    most, count = context.settings.pgrst_db_max_rows, asked.preferences.count
    is_enough = count is Count.ESTIMATED and outcome.total is not None and outcome.total <= (most or -1)
    if is_enough:
        return outcome.total
    estimate = expected(await run(context, asked, estimating, lexed.values))
    return settled(count, outcome.total, estimate, most)


def _warning(plan: Compiled) -> Headers:
    """What RFC 9111 called a miscellaneous persistent warning."""
    names = ", ".join(f"'{quote(name)}' -> '{quote(alias)}'" for name, alias in plan.outdated)
    text = f'299 - "Embeds with an alias are to be named by it, their target\'s name is deprecated: {names}"'
    return ((b"warning", text.encode()),)


def _plan(context: Context, asked: Asked, lexed: Lexed) -> Compiled:
    key = (asked.name, lexed.shape, asked.facts.accept, asked.preferences.count)
    plan = context.plans.find(asked.catalog.version, key)
    if plan is not None:
        return plan
    own = handlers.of_relation(asked.catalog, asked.name, is_whole=selects_all(lexed))
    media = choose(asked.facts.accept, own, plans=context.settings.pgrst_db_plan_enabled, feature=asked.catalog.feature)
    rules = rules_of(context.settings)
    return context.plans.keep(
        key, compile_read(asked.catalog, asked.name, lexed, media, asked.preferences.count, rules)
    )
