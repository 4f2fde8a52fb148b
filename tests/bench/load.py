"""A light load generator: raw sockets, one epoll loop, requests that were built beforehand.

It runs in a process of its own and looks at every answer: status 200 or 201, the whole body, the marker that a right
answer has. The loop makes few calls on purpose: it shares the machine with what it measures.
"""

from __future__ import annotations

import select
import socket
import time
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing import get_context
from operator import itemgetter

RECEIVE = 1 << 15
SILENCE = 10.0
_OK = (b"HTTP/1.1 200", b"HTTP/1.1 201")


@dataclass(frozen=True)
class Load:
    """What to send: whole requests, taken in turn by `connections` keep-alive connections, one at a time on each."""

    port: int
    requests: Sequence[bytes]
    connections: int
    seconds: float
    marker: bytes
    warm_up: float = 0.5
    host: str = "127.0.0.1"


@dataclass(frozen=True)
class Measured:
    """What came back: answers a second, latencies in milliseconds, wrong answers, and the generator's own CPU share."""

    rate: float
    p50: float
    p99: float
    errors: int = 0
    cpu: float = 0.0
    example: str = ""


def measure(load: Load) -> Measured:
    """Runs the load in a process of its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, load).result()


def run(load: Load) -> Measured:
    """Warms up, then measures, in this process."""
    requests = cycle(load.requests)
    _Round(load, requests, load.warm_up).go()
    work, cpu, begun = _Round(load, requests, load.seconds), time.process_time(), time.perf_counter()
    work.go()
    took = time.perf_counter() - begun
    ordered = sorted(latency / 1e6 for latency in work.latencies)
    return Measured(
        rate=len(ordered) / took,
        p50=percentile(ordered, 0.5),
        p99=percentile(ordered, 0.99),
        errors=work.errors,
        cpu=(time.process_time() - cpu) / took,
        example=work.example,
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value that `share` of the ordered values do not exceed; 0 for none."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@dataclass
class _Round:
    load: Load
    requests: Iterator[bytes]
    seconds: float
    latencies: array[int] = field(default_factory=lambda: array("q"))
    errors: int = 0
    example: str = ""

    def go(self) -> None:
        """Keeps every connection busy for that long, then waits for what is outstanding."""
        peers = [socket.create_connection((self.load.host, self.load.port)) for _ in range(self.load.connections)]
        try:
            with select.epoll() as poll:
                self._drive(poll, {peer.fileno(): peer for peer in peers})
        finally:
            for peer in peers:
                peer.close()

    def _drive(self, poll: select.epoll, peers: dict[int, socket.socket]) -> None:
        clock, requests, latencies = time.perf_counter_ns, self.requests, self.latencies
        until, waiting, partial = clock() + int(self.seconds * 1e9), len(peers), dict.fromkeys(peers, b"")
        begun = {number: _start(poll, peer, next(requests)) for number, peer in peers.items()}
        while waiting:
            for number in _ready(poll):
                data = peers[number].recv(RECEIVE)
                if data and not is_whole(data := partial[number] + data):
                    partial[number] = data
                    continue
                now = clock()
                latencies.append(now - begun[number])
                if self._is_right(data) and now < until:
                    partial[number], begun[number] = b"", now
                    peers[number].send(next(requests))
                else:
                    waiting -= 1
                    poll.unregister(number)

    def _is_right(self, data: bytes) -> bool:
        """Counts a wrong answer; False when the connection is over."""
        if self.load.marker not in data or not data.startswith(_OK):
            self.errors += 1
            self.example = self.example or data[:600].decode("utf-8", "replace")
        return bool(data)


def _start(poll: select.epoll, peer: socket.socket, request: bytes) -> int:
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    poll.register(peer.fileno(), select.EPOLLIN)
    begun = time.perf_counter_ns()
    peer.sendall(request)
    return begun


def _ready(poll: select.epoll) -> Iterator[int]:
    if events := poll.poll(SILENCE):
        return map(itemgetter(0), events)
    raise TimeoutError(f"no answer for {SILENCE:.0f} seconds")


def is_whole(data: bytes) -> bool:
    """Whether this is an HTTP answer up to its end."""
    head_ends = data.find(b"\r\n\r\n")
    if head_ends < 0:
        return False
    at = data.find(b"content-length: ", 0, head_ends)
    if at < 0:
        at = data[:head_ends].lower().index(b"content-length: ")
    return len(data) >= head_ends + 4 + int(data[at + 16 : data.index(b"\r", at)])
