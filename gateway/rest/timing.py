"""The phases of a request for the Server-Timing header; costs next to nothing where nobody asked for it."""

from __future__ import annotations

import time
from contextvars import ContextVar

_current: ContextVar[Timing | None] = ContextVar("timing", default=None)


class Timing:
    """Milliseconds by phase, each from the end of the one before."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._phases: dict[str, float] = {}

    def mark(self, phase: str) -> None:
        """`phase` ends here."""
        now = time.perf_counter()
        self._phases[phase] = self._phases.get(phase, 0.0) + (now - self._last) * 1000
        self._last = now

    def header(self) -> bytes:
        """The value of Server-Timing."""
        return ", ".join(f"{phase};dur={milliseconds:.1f}" for phase, milliseconds in self._phases.items()).encode()


def begin() -> Timing:
    """Times the request of this task from here on."""
    timing = Timing()
    _current.set(timing)
    return timing


def mark(phase: str) -> None:
    """`phase` (jwt, parse, plan, transaction, response) of the present request ends here."""
    timing = _current.get()
    if timing is not None:
        timing.mark(phase)
