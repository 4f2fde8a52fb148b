"""A server that does nothing but answer: shows what the load generator itself can reach on this machine."""

from __future__ import annotations

import select
import socket
import subprocess
import sys

from tests.bench.load import Load, Measured, measure

BODY = b'[{"id":"1","content":"' + b"x" * 180 + b'"}]'
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(BODY), BODY)


def ceiling(request: bytes, connections: int, seconds: float) -> Measured:
    """The generator against the do-nothing server."""
    with subprocess.Popen([sys.executable, "-m", "tests.bench.ceiling"], stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            return measure(Load(port, [request], connections, seconds, marker=b'"id"'))
        finally:
            server.kill()


def serve() -> None:
    """Answers every packet with the same bytes; prints its port first. Runs until it is killed."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    print(listener.getsockname()[1], flush=True)
    poll, peers = select.epoll(), {}
    poll.register(listener.fileno(), select.EPOLLIN)
    while True:
        for number, _ in poll.poll():
            if number == listener.fileno():
                peer, _ = listener.accept()
                peers[peer.fileno()] = peer
                poll.register(peer.fileno(), select.EPOLLIN)
            elif peers[number].recv(65536):
                peers[number].send(ANSWER)
            else:
                poll.unregister(number)
                peers.pop(number).close()


if __name__ == "__main__":
    serve()
