"""What the workers run beside everybody: the statements of all jobs that write."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator

import psycopg

from jobs.queries import query
from tests.support.databases import Database

OFTEN: tuple[tuple[str, dict[str, object]], ...] = (
    ("fold_part", {"part": 0, "batch": 500}),
    ("fold_part", {"part": 1, "batch": 500}),
    ("fold_part", {"part": 2, "batch": 500}),
    ("fold_part", {"part": 3, "batch": 500}),
    ("fold_notices", {"batch": 200}),
    ("fold_notices", {"batch": 200}),
    ("fold_views", {"batch": 500}),
    ("index_posts", {"batch": 100}),
    ("publish_due_drafts", {"batch": 5}),
    ("fold_creator_days", {"batch": 500}),
    ("seal_batches", {"batch": 500, "unsent": 100}),
    ("trim_timelines", {"batch": 5}),
    ("remove_expired_messages", {"batch": 50}),
    ("drop_expired", {"batch": 50}),
)
SOMETIMES: tuple[tuple[str, dict[str, object]], ...] = (
    ("refresh_trends", {}),
    ("refresh_district_trends", {}),
    ("refresh_weights", {}),
    ("refresh_popular", {}),
    ("refresh_usual_rates", {}),
    ("rest_timelines", {"batch": 10}),
    ("take_digests", {"batch": 10}),
    ("remove_old_deliveries", {"batch": 50}),
    ("remove_old_keys", {"batch": 50}),
    ("remove_old_message_keys", {"batch": 50}),
    ("remove_old_sessions", {"batch": 50}),
    ("look_for_uploads", {"batch": 50}),
    ("count_drift", {}),
    ("add_partitions", {"months": 3, "batch": 1}),
    ("bury_failed_jobs", {}),
)
WAITING = "select post_id from feed.undelivered order by random() limit 20"
RESTED = "update feed.activity set seen_at = now() - interval '8 days' where user_id = %s"


class Worker:
    """One worker, who runs statements in the role of the workers and counts what came of them."""

    def __init__(self, database: Database, number: int) -> None:
        self._database = database
        self._chance = random.Random(number)
        self.outcomes: Counter[str] = Counter()

    def work(self, until: float) -> None:
        """Runs statements of all kinds until then."""
        with self._database.connect("worker") as conn, self._database.connect() as eyes:
            while time.monotonic() < until:
                for name, arguments in self._choose(eyes):
                    self._run(conn, name, arguments)

    def _choose(self, eyes: psycopg.Connection) -> Iterator[tuple[str, dict[str, object]]]:
        yield from self._chance.sample(OFTEN, 4)
        yield self._chance.choice(SOMETIMES)
        for (post,) in eyes.execute(WAITING).fetchall():
            yield "fan_out", {"post_id": post}
        yield from self._deliveries(eyes)
        yield from self._timelines(eyes)

    def _deliveries(self, eyes: psycopg.Connection) -> Iterator[tuple[str, dict[str, object]]]:
        yield "take_deliveries", {"channel": self._chance.choice(["PUSH", "EMAIL"]), "batch": 20}
        taken = "select id from ops.deliveries where state = 'WAITING' order by random() limit 10"
        for (delivery,) in eyes.execute(taken).fetchall():
            yield "settle_delivery", {"id": delivery, "state": "SENT", "outcome": ""}

    def _timelines(self, eyes: psycopg.Connection) -> Iterator[tuple[str, dict[str, object]]]:
        """Somebody goes away, or comes back."""
        found = eyes.execute("select user_id, resting_since is null from feed.activity order by random()").fetchone()
        assert found is not None
        if found[1]:
            eyes.execute(RESTED, (found[0],))
        else:
            eyes.execute("select feed.see_user(%s)", (found[0],))
        yield "rest_timelines", {"batch": 10}
        yield "rebuild_timeline", {"user_id": found[0]}

    def _run(self, conn: psycopg.Connection, name: str, arguments: dict[str, object]) -> None:
        try:
            conn.execute(query(name).encode(), arguments)
            self.outcomes["done"] += 1
        except psycopg.Error as error:
            self.outcomes[f"{name}: {error.sqlstate} {error}"] += 1


def fold_all(database: Database) -> None:
    """Folds until nothing is left."""
    with database.connect("worker") as conn:
        while conn.execute("select ops.fold_counters(500)").fetchone() != (0,):
            pass
