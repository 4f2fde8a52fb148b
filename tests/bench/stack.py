"""A whole stack from `daira up`, as a user starts it, on a directory and a port of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daira.environment import Addresses, service_environment
from daira.home import Home, home_at
from daira.keys import read_keys
from daira.ports import recorded_ports
from daira.record import ServiceRecord, read_record
from daira.stack import addresses_of
from tests.support.servers import directory

OUTSIDE = ("DATABASE_URL", "REDIS_URL", "MINIO_ENDPOINT")


@dataclass(frozen=True)
class Stack:
    """A running stack: its directory, the gateway's address, and what the gateway was told."""

    home: Home
    port: int
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def addresses(self) -> Addresses:
        """The addresses of the servers, with credentials."""
        return addresses_of(self.home)

    def service(self, name: str) -> ServiceRecord:
        """What the supervisor has noted about a part: postgres, valkey, s3, worker or gateway."""
        record = read_record(self.home)
        assert record is not None
        return record.services[name]

    def kill(self, name: str) -> int:
        """kill -9 of a part; gives how often it had been started again before."""
        service = self.service(name)
        assert service.identity is not None
        service.identity.send(signal.SIGKILL)
        return service.restarts


@contextmanager
def running_stack(**variables: str) -> Iterator[Stack]:
    """`daira up` without demo data, with further environment variables; stopped afterwards. Nothing of it is left."""
    with directory("stack") as root:
        port = _free_port()
        with _up(root, port, {**_environment(), **variables}) as environment:
            yield Stack(home_at(root), port, environment)


@contextmanager
def _up(root: Path, port: int, environment: dict[str, str]) -> Iterator[Mapping[str, str]]:
    command = [sys.executable, "-m", "daira", "up", "--data", str(root), "--port", str(port), "--no-demo"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert any(line.startswith("ready ") for line in process.stdout), "daira up did not come up"
            home = home_at(root)
            yield service_environment(addresses_of(home), recorded_ports(home), read_keys(home), environment)
        finally:
            process.send_signal(signal.SIGINT)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OUTSIDE}


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
