"""The throttle that lives in the process."""

from __future__ import annotations

from gateway.auth import local_throttle
from gateway.auth.local_throttle import LocalThrottle
from gateway.auth.throttle import Rate


class Clock:
    """Time that moves when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_gives_as_many_as_the_rate_says_and_then_one_by_one() -> None:
    clock = Clock()
    throttle = LocalThrottle(Rate(4, 60), clock)
    assert [throttle.spend("a") for _ in range(5)] == [0.0, 0.0, 0.0, 0.0, 15.0]
    clock.now += 15
    assert [throttle.spend("a") for _ in range(2)] == [0.0, 15.0]


def test_origins_are_counted_apart() -> None:
    throttle = LocalThrottle(Rate(1, 60), Clock())
    assert [throttle.spend(key) for key in "abab"] == [0.0, 0.0, 60.0, 60.0]


def test_what_it_remembers_is_bounded() -> None:
    throttle = LocalThrottle(Rate(1, 60), Clock())
    for number in range(local_throttle.MAX_KEYS + 1):
        throttle.spend(str(number))
    assert throttle.spend("0") == 0.0
    assert throttle.spend(str(local_throttle.MAX_KEYS)) > 0
