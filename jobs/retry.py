"""When a failed job is tried again: capped, jittered, exponential; never for an error that time can't mend."""

from __future__ import annotations

import random
from asyncio import CancelledError
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job


class PermanentError(Exception):
    """Raised by a task for which another attempt would end the same way."""


_PERMANENT = (
    PermanentError,
    UniqueViolation,
    psycopg.DataError,
    psycopg.IntegrityError,
    psycopg.ProgrammingError,
    TypeError,
    ValueError,
    LookupError,
)


@dataclass(frozen=True)
class Backoff(BaseRetryStrategy):
    """Waits min(cap, base * 2^n) seconds after attempt n (from 0), times a factor drawn from `jitter`."""

    attempts: int = 8
    base: float = 2.0
    cap: float = 900.0
    jitter: tuple[float, float] = (0.5, 1.5)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, CancelledError):  # this worker is stopping; another one goes on with the job
            return RetryDecision(retry_at=datetime.now(UTC))
        if job.attempts + 1 >= self.attempts or is_permanent(exception):
            return None
        return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=self.delay(job.attempts)))

    def delay(self, attempt: int) -> float:
        """Seconds to wait after the attempt of that number, counted from 0."""
        spread = random.uniform(*self.jitter)  # noqa: S311  (spreads load, keeps no secret)
        return float(min(self.cap, self.base * 2**attempt) * spread)


def is_permanent(exception: BaseException) -> bool:
    """Whether the exception, or the database error behind it, stays however often the job is tried."""
    return isinstance(exception, _PERMANENT) or isinstance(exception.__cause__, _PERMANENT)
