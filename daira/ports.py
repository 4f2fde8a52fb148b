"""Ports of the local servers: free ones on the first start, the same ones afterwards while they stay free."""

from __future__ import annotations

import json
import random
import socket
from contextlib import ExitStack
from dataclasses import asdict, dataclass, fields

from daira.errors import StackError
from daira.home import Home, write_private

LOOPBACK = "127.0.0.1"
_RANGE = range(15000, 32000)
_TRIES = 100


@dataclass(frozen=True)
class Ports:
    """Stored addresses of uploads name the port of the object store, so ports are kept between starts."""

    postgres: int
    valkey: int
    s3: int
    s3_grpc: int
    filer: int
    filer_grpc: int
    master: int
    master_grpc: int
    volume: int
    volume_grpc: int
    worker: int
    mail: int
    clickhouse: int


def choose_ports(home: Home) -> Ports:
    """The ports of the last start where they are still free, and new ones for the rest."""
    kept = _read(home)
    with ExitStack() as held:
        chosen = {field.name: _hold(held, kept.get(field.name, 0)) for field in fields(Ports)}
    ports = Ports(**chosen)
    write_private(home.ports, json.dumps(asdict(ports), indent=2) + "\n")
    return ports


def recorded_ports(home: Home) -> Ports:
    """The ports of the last start. Raises StackError when there has been none."""
    try:
        return Ports(**_read(home))
    except TypeError as error:
        raise StackError(f"No stack was ever started on {home.root}.", "Start one with `daira up`.") from error


def require_free(host: str, port: int) -> None:
    """Raises StackError when something else listens there."""
    with ExitStack() as held:
        if _bound(held, host, port) is None:
            raise StackError(
                f"Port {port} is in use.",
                "Stop what listens there, or choose another port: `daira up --port N` or `make dev PORT=N`.",
            )


def _read(home: Home) -> dict[str, int]:
    try:
        kept = json.loads(home.ports.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {name: port for name, port in kept.items() if isinstance(port, int)} if isinstance(kept, dict) else {}


def free_port() -> int:
    """A free port of this machine. Raises StackError when there is none."""
    with ExitStack() as held:
        return _hold(held, 0)


def _hold(held: ExitStack, wanted: int) -> int:
    """The wanted port or another one. The kernel's own choice would come from the range of outgoing connections,
    one of which may take the port again before the server gets to it."""
    for candidate in (wanted, *random.sample(_RANGE, _TRIES)):
        if candidate and _bound(held, LOOPBACK, candidate):
            return candidate
    raise StackError("No port is free.", "Stop some servers.")


def _bound(held: ExitStack, host: str, port: int) -> int | None:
    listener = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        return None
    return int(listener.getsockname()[1])
