"""The lanes of one kind: one queue in order of arrival, and connections that come back by themselves."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from typing import TYPE_CHECKING

from psycopg import OperationalError

from gateway.lanes.connect import connect, lane_conninfo
from gateway.lanes.lane import Lane
from gateway.lanes.model import GroupStats, LaneKind, LanesConfig, Unavailable

if TYPE_CHECKING:
    from gateway.lanes.work import Work

_BACKOFF_FIRST_S, _BACKOFF_CAP_S = 0.05, 1.0


class Group:
    """Hands each request to the least loaded lane that has room, else lets it wait."""

    def __init__(self, kind: LaneKind, config: LanesConfig) -> None:
        self._kind = kind
        self._size = config.sizes[kind]
        self._config = config
        self._conninfo = lane_conninfo(config.conninfo, kind, self._size.timeout_ms)
        self._lanes: list[Lane] = []
        self._waiting: deque[Work] = deque()
        self._keepers: list[asyncio.Task[None]] = []
        self._gone: dict[Lane, asyncio.Event] = {}
        self._idle = asyncio.Event()
        self._down: str | None = None
        self._closing = False
        self.completed = self.failed = self.retried = self.lost_works = self.connects = 0

    async def start(self) -> None:
        """Open the lanes; returns when each has been tried once, connected or not."""
        first_tries = [asyncio.Event() for _ in range(self._size.lanes)]
        self._keepers = [asyncio.create_task(self._keep(tried)) for tried in first_tries]
        await asyncio.gather(*(tried.wait() for tried in first_tries))

    def submit(self, work: Work) -> None:
        """Send `work` now or queue it. Raises `Unavailable` where it would wait in vain."""
        if self._closing:
            raise Unavailable("the server is shutting down")
        if self._down is not None and not self._lanes:
            raise Unavailable(self._down)
        if len(self._waiting) >= self._config.max_waiting:
            raise Unavailable(f"{len(self._waiting)} requests are waiting for the database")
        self._waiting.append(work)
        self._pump()

    def finished(self, work: Work) -> None:
        """A lane reports the outcome of `work`."""
        self.completed += 1
        self.failed += work.error is not None

    def drained(self) -> None:
        """A lane has room again."""
        if self._waiting:
            self._pump()
        if self._closing:
            self._note_idle()

    def lost(self, lane: Lane, works: list[Work]) -> None:
        """The connection of `lane` died with `works` in flight: reads go to the front of the queue once."""
        self._lanes.remove(lane)
        for work in reversed(works):
            if self._kind is LaneKind.READ and not work.retried and work.sink is None:
                work.again()
                self.retried += 1
                self._waiting.appendleft(work)
            else:
                self.lost_works += 1
                work.lose()
        self._gone.pop(lane).set()
        self._pump()

    def _pump(self) -> None:
        while self._waiting and (lane := self._lane_with_room()) is not None:
            work = self._waiting.popleft()
            if not work.future.done():
                lane.send(work)

    def _lane_with_room(self) -> Lane | None:
        best, least = None, self._size.depth
        for lane in self._lanes:
            if lane.load < least:
                best, least = lane, lane.load
        return best

    async def _keep(self, tried: asyncio.Event) -> None:
        delay = _BACKOFF_FIRST_S
        while True:
            try:
                gone = await self._open(tried)
            except OperationalError as error:
                self._refuse_all(f"no connection to the database: {str(error).strip().splitlines()[-1]}")
                await asyncio.sleep(delay * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret
                delay = min(delay * 2, _BACKOFF_CAP_S)
            else:
                await gone.wait()
                delay = _BACKOFF_FIRST_S

    async def _open(self, tried: asyncio.Event) -> asyncio.Event:
        try:
            conn = await connect(self._conninfo)
        finally:
            tried.set()
        lane = Lane(conn, self, self._config.max_prepared)
        self.connects += 1
        self._down = None
        self._lanes.append(lane)
        gone = self._gone[lane] = asyncio.Event()
        self._pump()
        return gone

    def _refuse_all(self, reason: str) -> None:
        if self._lanes:
            return
        self._down = reason
        waiting, self._waiting = self._waiting, deque()
        for work in waiting:
            work.fail(Unavailable(reason))

    async def close(self, timeout_s: float) -> None:
        """Take nothing new, finish what is in flight or waiting within `timeout_s`, then disconnect."""
        self._closing = True
        self._note_idle()
        try:
            await asyncio.wait_for(self._idle.wait(), timeout_s)
        except TimeoutError:
            self._waiting.clear()
        for keeper in self._keepers:
            keeper.cancel()
        for lane in tuple(self._lanes):
            lane.close()

    def _note_idle(self) -> None:
        if not self._waiting and not any(lane.load for lane in self._lanes):
            self._idle.set()

    def stats(self) -> GroupStats:
        """A snapshot for metrics."""
        return GroupStats(
            kind=self._kind,
            lanes=self._size.lanes,
            connected=len(self._lanes),
            in_flight=sum(lane.load for lane in self._lanes),
            waiting=len(self._waiting),
            completed=self.completed,
            failed=self.failed,
            retried=self.retried,
            lost=self.lost_works,
            connects=self.connects,
            prepared=sum(lane.prepared for lane in self._lanes),
        )
