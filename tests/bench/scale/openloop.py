"""An open-loop load: every request has its time, whatever has become of those before it.

Latency counts from that time, so a pause of the server is told by all the requests that it delayed, and not by one for
each connection. The generator runs in a process of its own and looks at every answer.
"""

from __future__ import annotations

import gc
import heapq
import select
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

from tests.bench.load import RECEIVE, SILENCE, is_whole, percentile

_OK = (b"HTTP/1.1 200", b"HTTP/1.1 201")


@dataclass(frozen=True)
class Stream:
    """Requests of one kind, so many a second at even distances; `marker` stands in every right answer."""

    name: str
    rate: float
    requests: Sequence[bytes] = field(repr=False)
    marker: bytes


@dataclass(frozen=True)
class Schedule:
    """What is sent over so many keep-alive connections. What is due in the first `warm_up` seconds is not counted."""

    port: int
    streams: Sequence[Stream]
    connections: int = 64
    warm_up: float = 0.0
    host: str = "127.0.0.1"


@dataclass(frozen=True)
class Answered:
    """What came back of one stream: answers a second, latencies in milliseconds, wrong answers."""

    name: str
    number: int
    rate: float
    p50: float
    p99: float
    slowest: float
    errors: int
    example: str


@contextmanager
def sending(schedule: Schedule) -> Iterator[Future[list[Answered]]]:
    """Sends in a process of its own; the future has one result for each stream."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(send, schedule)


def send(schedule: Schedule) -> list[Answered]:
    """Sends in this process."""
    gc.freeze()
    return _Run(schedule).go()


@dataclass(frozen=True, order=True)
class _Arrival:
    due: int
    stream: int
    request: bytes = field(compare=False)


@dataclass
class _Sent:
    arrival: _Arrival
    answer: bytes = b""


@dataclass
class _Count:
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    example: str = ""
    last: int = 0


class _Run:
    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._peers = [_connect(schedule) for _ in range(schedule.connections)]
        self._idle = deque(self._peers)
        self._busy: dict[socket.socket, _Sent] = {}
        self._counts = [_Count() for _ in schedule.streams]
        self._began = time.perf_counter_ns()

    def go(self) -> list[Answered]:
        """Sends everything and waits for the last answer."""
        waiting = deque(heapq.merge(*map(self._arrivals, range(len(self._counts)))))
        try:
            while waiting or self._busy:
                while waiting and self._idle and waiting[0].due <= time.perf_counter_ns():
                    self._start(waiting.popleft())
                self._receive(self._patience(waiting))
        finally:
            for peer in self._peers:
                peer.close()
        return [self._told(stream, count) for stream, count in zip(self._schedule.streams, self._counts, strict=True)]

    def _arrivals(self, number: int) -> Iterator[_Arrival]:
        stream = self._schedule.streams[number]
        step = 1e9 / stream.rate
        for place, request in enumerate(stream.requests):
            yield _Arrival(self._began + int(place * step), number, request)

    def _start(self, arrival: _Arrival) -> None:
        peer = self._idle.popleft()
        self._busy[peer] = _Sent(arrival)
        peer.sendall(arrival.request)

    def _patience(self, waiting: deque[_Arrival]) -> float:
        """Seconds until something is to be sent; only answers matter while all connections are busy."""
        if not waiting or not self._idle:
            return SILENCE
        return max(0.0, (waiting[0].due - time.perf_counter_ns()) / 1e9)

    def _receive(self, seconds: float) -> None:
        # select and not epoll, which rounds up to milliseconds
        ready, _, _ = select.select([*self._busy], [], [], seconds)
        if not ready and seconds >= SILENCE:
            raise TimeoutError(f"no answer for {SILENCE:.0f} seconds")
        for peer in ready:
            sent = self._busy[peer]
            data = peer.recv(RECEIVE)
            sent.answer += data
            if not data or is_whole(sent.answer):
                self._finish(peer, sent, is_open=bool(data))

    def _finish(self, peer: socket.socket, sent: _Sent, *, is_open: bool) -> None:
        now, due = time.perf_counter_ns(), sent.arrival.due
        del self._busy[peer]
        self._idle.append(peer if is_open else _connect(self._schedule))
        count, stream = self._counts[sent.arrival.stream], self._schedule.streams[sent.arrival.stream]
        if stream.marker not in sent.answer or not sent.answer.startswith(_OK):
            count.errors += 1
            count.example = count.example or sent.answer[:600].decode("utf-8", "replace")
        if due >= self._began + self._schedule.warm_up * 1e9:
            count.latencies.append((now - due) / 1e6)
            count.last = max(count.last, now)

    def _told(self, stream: Stream, count: _Count) -> Answered:
        ordered = sorted(count.latencies)
        took = (count.last - self._began) / 1e9 - self._schedule.warm_up
        return Answered(
            stream.name,
            len(ordered),
            rate=len(ordered) / max(took, 1e-9),
            p50=percentile(ordered, 0.5),
            p99=percentile(ordered, 0.99),
            slowest=ordered[-1] if ordered else 0.0,
            errors=count.errors,
            example=count.example,
        )


def _connect(schedule: Schedule) -> socket.socket:
    peer = socket.create_connection((schedule.host, schedule.port))
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return peer
