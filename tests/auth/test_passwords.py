"""Password hashing: limits, equal work, and shedding load."""

from __future__ import annotations

import asyncio
import time

import pytest

from gateway.auth.passwords import Hasher, check_password
from gateway.problems import Fault, ProblemError


@pytest.mark.parametrize("password", ["12345678", "كلمة سر طويلة", "ب" * 36, "a" * 72])
def test_passwords_that_are_taken(password: str) -> None:
    check_password(password)


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("", Fault.PASSWORD_TOO_SHORT),
        ("1234567", Fault.PASSWORD_TOO_SHORT),
        ("ب" * 37, Fault.PASSWORD_TOO_LONG),
        ("a" * 73, Fault.PASSWORD_TOO_LONG),
    ],
)
def test_passwords_that_are_refused(password: str, fault: Fault) -> None:
    with pytest.raises(ProblemError, match=fault.code):
        check_password(password)


async def test_a_hash_verifies_its_password_and_no_other() -> None:
    hasher = Hasher(4)
    stored = await hasher.hash("securepass123")
    assert await hasher.verify("securepass123", stored)
    assert not await hasher.verify("securepass124", stored)
    assert not await hasher.verify("a" * 73, await hasher.hash("a" * 72))


async def test_an_unknown_account_costs_as_much_as_a_known_one() -> None:
    hasher = Hasher(10, threads=1)
    stored = await hasher.hash("securepass123")

    async def seconds(known: str | None) -> float:
        begun = time.process_time()
        for _ in range(3):
            assert not await hasher.verify("wrong", known)
        return time.process_time() - begun

    assert await seconds(None) == pytest.approx(await seconds(stored), rel=0.6)


async def test_a_hash_of_another_cost_is_outdated() -> None:
    stored = await Hasher(4).hash("securepass123")
    assert Hasher(5).is_outdated(stored)
    assert not Hasher(4).is_outdated(stored)


async def test_more_work_than_can_wait_is_refused() -> None:
    hasher = Hasher(12, threads=1)
    results = await asyncio.gather(*(hasher.verify("x", None) for _ in range(40)), return_exceptions=True)
    refused = [each for each in results if isinstance(each, ProblemError)]
    assert len(refused) == 40 - 17
    assert refused[0].problem.status == 503
    assert int(refused[0].problem.headers["retry-after"]) > 0
    assert not await hasher.verify("x", None)
