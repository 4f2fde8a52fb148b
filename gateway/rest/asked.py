"""What every kind of request works with, and the way to the database that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gateway.lanes import NO_SETTINGS, LaneKind
from gateway.rest.limits import check_cost
from gateway.rest.preferences import NO_PREFERENCES, Tx, applied
from gateway.rest.session import LEAST_SETTING, MOST_SETTING, isolation_of
from gateway.rest.timing import mark

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence
    from enum import Enum

    from gateway.catalog.model import Catalog, Name
    from gateway.http import Headers, Request
    from gateway.lanes import Identity, Lanes, Rows
    from gateway.rest.plans import Compiled, Plans
    from gateway.rest.preferences import Preferences
    from gateway.rest.request import Facts
    from gateway.rest.session import Session
    from gateway.settings import ApiSettings

_NO_LIMIT = 2**62
_READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Context:
    """What serves requests, replaced whole with the settings."""

    lanes: Lanes
    settings: ApiSettings
    session: Session
    plans: Plans
    max_plan_cost: float | None = None
    """Above it a statement is refused before it runs."""


class Asked(NamedTuple):
    """One request of one caller; `name` is the relation or function that it is for."""

    identity: Identity
    request: Request
    facts: Facts
    catalog: Catalog
    name: Name

    @property
    def preferences(self) -> Preferences:
        """What the caller would like."""
        return self.facts.preferences

    @property
    def range(self) -> str | None:
        """The Range header, which counts with GET alone."""
        return self.facts.range if self.request.method == "GET" else None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many rows a write may answer before it is undone."""

    least: int = 0
    most: int = _NO_LIMIT

    @property
    def matter(self) -> bool:
        """Whether anything is excluded."""
        return self.least > 0 or self.most < _NO_LIMIT

    def settings(self) -> Mapping[str, str]:
        """The settings that the guard reads."""
        return {LEAST_SETTING: str(self.least), MOST_SETTING: str(self.most)} if self.matter else NO_SETTINGS


UNBOUNDED = Bounds()


async def run(
    context: Context,
    asked: Asked,
    plan: Compiled,
    values: Sequence[str],
    bounds: Bounds = UNBOUNDED,
    own: Mapping[str, str] = NO_SETTINGS,
) -> Rows:
    """The rows of `plan`; `own` are settings of the function that is called."""
    mark("plan")
    preferences, session = asked.preferences, context.session
    if plan.statement.kind is LaneKind.READ or plan.media.plan is not None:
        session = session.holding(None)
    settings = session.settings(asked.name[0], asked.request, preferences)
    if own or bounds is not UNBOUNDED:
        settings = {**settings, **own, **bounds.settings()}
    level = (isolation_of(own) if own else None) or _isolation(context, asked)
    if plan.statement.kind is LaneKind.LONG and asked.request.method in _READS:
        around = session.reading(level)
    else:
        around = session.around(preferences, level, guarded=bounds is not UNBOUNDED)
    if context.max_plan_cost is not None:
        await afford(context, asked, plan, values)
    rows = await context.lanes.run(asked.identity, plan.statement, plan.params(values), settings, around)
    mark("transaction")
    return rows


async def afford(context: Context, asked: Asked, plan: Compiled, values: Sequence[str]) -> None:
    """Raises DR002 where `plan` is expected to cost more than the role may spend."""
    if context.max_plan_cost is not None and plan.media.plan is None:
        settings = context.session.settings(asked.name[0], asked.request, asked.preferences)
        params = plan.params(values)
        await check_cost(context.lanes, asked.identity, plan.statement, params, settings, context.max_plan_cost)


def stream(context: Context, asked: Asked, plan: Compiled, values: Sequence[str]) -> AsyncGenerator[Rows, None]:
    """The rows of `plan` in chunks, read from the database only as fast as they are taken."""
    settings = context.session.settings(asked.name[0], asked.request, asked.preferences)
    around = context.session.reading(_isolation(context, asked))
    return context.lanes.stream(asked.identity, plan.statement, plan.params(values), settings, around)


def _isolation(context: Context, asked: Asked) -> str | None:
    roles = context.lanes.role_settings
    return isolation_of(roles.get(asked.identity.role, NO_SETTINGS)) if roles else None


def preference_applied(
    context: Context, preferences: Preferences, *more: Enum | None, max_affected: int | None = None
) -> Headers:
    """The header that says which preferences counted; count, tx, handling and timezone do everywhere."""
    if preferences is NO_PREFERENCES:
        return ()
    tx: Tx | None = context.session.applied_tx(preferences)
    value = applied(
        preferences.count,
        tx,
        preferences.handling,
        *more,
        timezone=preferences.timezone,
        max_affected=max_affected,
    )
    return () if value is None else ((b"preference-applied", value),)


def content_headers(context: Context, asked: Asked, plan: Compiled) -> Headers:
    """The type of the body, and its schema where there are several or one was asked for."""
    headers: Headers = ((b"content-type", plan.media.content_type),)
    if len(context.settings.pgrst_db_schemas) > 1 or asked.facts.profile(asked.request.method) is not None:
        headers += ((b"content-profile", asked.name[0].encode()),)
    return headers


def content_range(least: int, most: int, total: int | None) -> Headers:
    """`least-most/total`; `*` stands for no rows and for a number that isn't known."""
    span = b"%d-%d" % (least, most) if most >= least and total != 0 else b"*"
    return ((b"content-range", span + (b"/*" if total is None else b"/%d" % total)),)
