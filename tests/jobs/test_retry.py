from __future__ import annotations

import psycopg
import pytest
from procrastinate import exceptions
from procrastinate.jobs import Job

from jobs.retry import Backoff, PermanentError, is_permanent


def job(attempts: int) -> Job:
    return Job(id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts)


def database_error(cause: Exception) -> exceptions.ConnectorException:
    error = exceptions.ConnectorException()
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(("attempt", "least", "most"), [(0, 1, 3), (1, 2, 6), (3, 8, 24), (20, 450, 1350)])
def test_wait_doubles_up_to_the_cap_and_is_jittered(attempt: int, least: float, most: float) -> None:
    delays = [Backoff().delay(attempt) for _ in range(200)]
    assert least <= min(delays) < max(delays) <= most


def test_the_last_attempt_is_not_followed_by_another() -> None:
    backoff = Backoff(attempts=3)
    assert backoff.get_retry_decision(exception=OSError(), job=job(1)) is not None
    assert backoff.get_retry_decision(exception=OSError(), job=job(2)) is None


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (PermanentError("gone"), True),
        (ValueError("no number"), True),
        (database_error(psycopg.errors.UndefinedFunction()), True),
        (database_error(psycopg.errors.ForeignKeyViolation()), True),
        (exceptions.UniqueViolation(constraint_name="c", queueing_lock=None), True),
        (database_error(psycopg.errors.SerializationFailure()), False),
        (database_error(psycopg.errors.AdminShutdown()), False),
        (ConnectionError(), False),
    ],
)
def test_what_time_cannot_mend_is_permanent(error: Exception, permanent: bool) -> None:
    assert is_permanent(error) is permanent
