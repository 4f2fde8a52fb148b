"""Queue media: an upload is published, or refused, as soon as it has arrived."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job

from jobs.database import fetch_rows
from jobs.retry import Backoff
from services.acceptance import Accepted, Missing, Outcome, Rejected, accept
from services.objects import ObjectStore, config_from

QUEUE = "media"


class NotYetError(Exception):
    """The file has not arrived; there is time left."""


@dataclass(frozen=True)
class UntilItArrives(BaseRetryStrategy):
    """Looks often in the first half minute, then every quarter of one; other errors back off as everywhere."""

    longest_s: float = 15.0
    otherwise: Backoff = field(default_factory=Backoff)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, NotYetError):
            return self.otherwise.get_retry_decision(exception=exception, job=job)
        wait_s = min(self.longest_s, 1.5 ** min(job.attempts, 20))
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=wait_s))


async def accept_upload(context: JobContext | App, media_id: int) -> str:
    """Accepts one upload; gives the status that it has then. Raises NotYetError while it may still come."""
    rows = await fetch_rows(context, "find_upload", media_id=media_id)
    if not rows:
        return "gone"
    [upload] = rows
    if upload["status"] not in ("requested", "uploaded"):
        return str(upload["status"])
    store = _store()
    outcome = await accept(store, upload["object_key"], upload["content_type"])
    status = _status(outcome, is_late=upload["is_late"])
    await fetch_rows(context, "finish_upload", object_key=upload["object_key"], status=status, **_facts(outcome))
    await store.discard(upload["object_key"])
    return status


def _status(outcome: Outcome, *, is_late: bool) -> str:
    match outcome:
        case Accepted():
            return "ready"
        case Rejected():
            return "rejected"
        case Missing() if is_late:
            return "expired"
    raise NotYetError("the file has not arrived")


def _facts(outcome: Outcome) -> dict[str, int | str | None]:
    return {
        "byte_size": outcome.byte_size if isinstance(outcome, Accepted) else None,
        "rejection": outcome.reason if isinstance(outcome, Rejected) else None,
    }


@cache
def _store() -> ObjectStore:
    """One store per worker process, from the variables MINIO_*."""
    return ObjectStore(config_from(os.environ))
