"""The Procrastinate app: the tasks, their queues, how often each is tried, and which of them run by the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from procrastinate import App, BaseRetryStrategy, PsycopgConnector

from jobs import (
    accounts,
    ads_pacing,
    analytics,
    counters,
    deliveries,
    drafts,
    fanout,
    maintenance,
    media,
    messages,
    moderation,
    notifications,
    ranking,
    search,
    upkeep,
)
from jobs.correlation import without_id
from jobs.manager import Manager
from jobs.retry import Backoff

POOL_TIMEOUT = 3.0
URGENT, USUAL, IDLE = 10, 0, -10


@dataclass(frozen=True)
class TaskSpec:
    """One task: its name in the database, the coroutine that does it, its queue and, if it runs by the clock, its cron.

    A cron with six fields has seconds in the last. A task with a cron waits in its queue at most once. Of jobs that
    wait the worker takes that with the highest priority, then the oldest.
    """

    name: str
    run: Callable[..., Awaitable[Any]]
    queue: str
    cron: str | None = None
    priority: int = USUAL
    retry: BaseRetryStrategy = field(default_factory=Backoff)


TASKS = (
    TaskSpec("fanout.deliver", fanout.deliver, fanout.QUEUE),
    TaskSpec("fanout.rebuild", fanout.rebuild, fanout.RETURN_QUEUE),
    TaskSpec("fanout.mend", fanout.mend, maintenance.QUEUE, cron="*/5 * * * *"),
    TaskSpec("fanout.trim", fanout.trim, maintenance.QUEUE, cron="7,37 * * * *", priority=IDLE),
    TaskSpec("fanout.rest", fanout.rest, maintenance.QUEUE, cron="13 * * * *", priority=IDLE),
    TaskSpec("drafts.publish_due", drafts.publish_due, drafts.QUEUE, cron="* * * * * */5"),
    TaskSpec("counters.fold", counters.fold, counters.QUEUE, cron="* * * * * *"),
    TaskSpec("notifications.fold", notifications.fold, notifications.QUEUE, cron="* * * * * *"),
    TaskSpec("deliveries.push", deliveries.send_pushes, deliveries.QUEUE, cron="* * * * * */2"),
    TaskSpec("deliveries.mail", deliveries.send_mails, deliveries.QUEUE, cron="* * * * * */5"),
    TaskSpec("deliveries.digest", deliveries.send_digests, deliveries.QUEUE, cron="* * * * *"),
    TaskSpec("deliveries.announce_key", deliveries.announce_key, maintenance.QUEUE, cron="* * * * *"),
    TaskSpec("deliveries.remove_old", deliveries.remove_old, maintenance.QUEUE, cron="29 * * * *", priority=IDLE),
    TaskSpec("accounts.confirm_email", accounts.confirm_email, accounts.QUEUE, retry=Backoff(attempts=14)),
    TaskSpec("moderation.count_open", moderation.count_open, moderation.QUEUE, cron="* * * * *", priority=IDLE),
    TaskSpec("ads_pacing.pace", ads_pacing.pace, ads_pacing.QUEUE, cron="* * * * *"),
    TaskSpec("upkeep.check_partitions", upkeep.check_partitions, maintenance.QUEUE, cron="4 * * * *", priority=IDLE),
    TaskSpec("upkeep.check_counters", upkeep.check_counters, maintenance.QUEUE, cron="47 3 * * *", priority=IDLE),
    TaskSpec("upkeep.remove_sessions", upkeep.remove_sessions, maintenance.QUEUE, cron="53 3 * * *", priority=IDLE),
    TaskSpec("upkeep.drop_stories", upkeep.drop_stories, maintenance.QUEUE, cron="19 * * * *", priority=IDLE),
    TaskSpec("upkeep.look_for_uploads", upkeep.look_for_uploads, maintenance.QUEUE, cron="31 * * * *", priority=IDLE),
    TaskSpec("media.accept", media.accept_upload, media.QUEUE, retry=media.UntilItArrives()),
    TaskSpec("ranking.fold_views", ranking.fold_views, ranking.QUEUE, cron="*/5 * * * *"),
    TaskSpec("ranking.refresh_popular", ranking.refresh_popular, ranking.QUEUE, cron="2-57/5 * * * *"),
    TaskSpec(
        "ranking.refresh_usual_rates", ranking.refresh_usual_rates, ranking.QUEUE, cron="37 * * * *", priority=IDLE
    ),
    TaskSpec("analytics.export", analytics.export, analytics.QUEUE, cron="* * * * * */10"),
    TaskSpec("analytics.measure", analytics.measure, analytics.QUEUE, cron="* * * * *"),
    TaskSpec("analytics.fold_creator_days", analytics.fold_creator_days, analytics.QUEUE, cron="*/2 * * * *"),
    TaskSpec("analytics.drop_old", analytics.drop_old, maintenance.QUEUE, cron="37 4 * * *"),
    TaskSpec("search.index", search.index, maintenance.QUEUE, cron="* * * * * */2"),
    TaskSpec("search.refresh_trends", search.refresh_trends, maintenance.QUEUE, cron="*/5 * * * *"),
    TaskSpec(
        "search.refresh_district_trends",
        search.refresh_district_trends,
        maintenance.QUEUE,
        cron="3 * * * *",
        priority=IDLE,
    ),
    TaskSpec("search.refresh_weights", search.refresh_weights, maintenance.QUEUE, cron="41 * * * *", priority=IDLE),
    TaskSpec("messages.remove_expired", messages.remove_expired, maintenance.QUEUE, cron="* * * * *"),
    TaskSpec("messages.remove_old_keys", messages.remove_old_keys, maintenance.QUEUE, cron="23 3 * * *", priority=IDLE),
    TaskSpec("maintenance.recover", maintenance.recover, maintenance.QUEUE, cron="* * * * * */5", priority=URGENT),
    TaskSpec(
        "maintenance.add_partitions",
        maintenance.add_partitions,
        maintenance.QUEUE,
        cron="*/10 * * * *",
        priority=URGENT,
    ),
    TaskSpec("maintenance.remove_old", maintenance.remove_old, maintenance.QUEUE, cron="17 * * * *", priority=IDLE),
)

QUEUES = tuple(sorted({spec.queue for spec in TASKS}))


def make_app(database_url: str, concurrency: int, queues: Iterable[str] = (), tasks: Iterable[TaskSpec] = TASKS) -> App:
    """An app on the worker's database role, not yet opened; clock tasks only for `queues` (all of them when empty)."""
    app = App(connector=_connector(database_url, concurrency))
    app.job_manager = Manager(app.connector)
    served = frozenset(queues)
    for spec in tasks:
        _register(app, spec, by_clock=not served or spec.queue in served)
    return app


def _register(app: App, spec: TaskSpec, *, by_clock: bool) -> None:
    waits_once = spec.name if spec.cron else None
    declare = app.task(
        name=spec.name,
        queue=spec.queue,
        retry=spec.retry,
        pass_context=True,
        queueing_lock=waits_once,
        priority=spec.priority,
    )
    task = declare(without_id(spec.run))
    if spec.cron and by_clock:
        app.periodic(cron=spec.cron)(task)


def _connector(database_url: str, concurrency: int) -> PsycopgConnector:
    return PsycopgConnector(
        conninfo=database_url,
        kwargs={"options": "-c search_path=procrastinate -c statement_timeout=60s", "application_name": "daira worker"},
        min_size=1,
        max_size=concurrency + 2,
        timeout=POOL_TIMEOUT,
    )
