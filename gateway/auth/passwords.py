"""Password hashing with bcrypt, in a pool of threads that refuses work rather than letting it pile up.

bcrypt reads 72 bytes at most. Longer passwords are refused instead of being hashed first: a plain pre-hash would let
hashes leaked elsewhere be tried against ours, and a keyed one would tie every password to a secret that could then
never be changed. An Arabic letter takes two bytes, so 36 of them fit.
"""

from __future__ import annotations

import asyncio
import math
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import bcrypt

from gateway.problems import Fault, ProblemError, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

MIN_CHARACTERS = 8
MAX_BYTES = 72
SECONDS_AT_COST_12 = 0.25
LONGEST_WAIT_S = 4.0

Result = TypeVar("Result")


def check_password(password: str) -> None:
    """Refuses a new password that is too short or too long; `password` is in NFKC already."""
    if len(password) < MIN_CHARACTERS:
        raise ProblemError(Fault.PASSWORD_TOO_SHORT, f"A password has at least {MIN_CHARACTERS} characters.")
    if len(password.encode()) > MAX_BYTES:
        raise ProblemError(
            Fault.PASSWORD_TOO_LONG, f"A password has at most {MAX_BYTES} bytes; an Arabic letter takes two."
        )


class Hasher:
    """Makes and checks bcrypt hashes of one cost."""

    def __init__(self, cost: int, threads: int | None = None) -> None:
        """`threads` hashes run at once (one per core unless given), and as many wait as finish in 4 s."""
        self._cost = cost
        threads = threads or os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="bcrypt", initializer=_yield_to_others)
        self._seconds = SECONDS_AT_COST_12 * 2.0 ** (cost - 12)
        self._capacity = threads + max(1, int(threads * LONGEST_WAIT_S / self._seconds))
        self._busy = 0
        self._nobody = f"$2b${cost:02d}${'.' * 53}"

    async def hash(self, password: str) -> str:
        """The modular hash of a password that `check_password` has passed."""
        return await self._run(lambda: bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._cost)).decode())

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether `stored` is a hash of `password`. For an unknown account (None) the same work is done in vain."""
        octets = password.encode()
        if len(octets) > MAX_BYTES:
            octets, stored = b"", None
        matches = await self._run(lambda: bcrypt.checkpw(octets, (stored or self._nobody).encode()))
        return matches and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with another cost than the present one."""
        return not stored.startswith(f"$2b${self._cost:02d}$")

    def close(self) -> None:
        """Let the threads go."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _run(self, work: Callable[[], Result]) -> Result:
        if self._busy >= self._capacity:
            wait_s = math.ceil(LONGEST_WAIT_S)
            raise unavailable(Fault.HASHING_BUSY, "Passwords are checked a few at a time.", wait_s)
        self._busy += 1
        # The place is given back by the thread's end, not by the caller's: a client that leaves frees no core.
        future = self._pool.submit(work)
        loop = asyncio.get_running_loop()
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._release))
        return await asyncio.wrap_future(future)

    def _release(self) -> None:
        self._busy -= 1


def _yield_to_others() -> None:
    """Lower this thread's priority (Linux has one per thread): requests are served while passwords are hashed."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
