"""What the supervisor knows of a server."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass

from daira.processes import Launch


class NotReadyError(Exception):
    """The server does not serve yet; the text says why."""


@dataclass(frozen=True)
class Service:
    """One part of the stack. `launch` is None for a server that runs elsewhere and is only used.

    `address` is for people and holds no secret. `probe` talks to the server and gives its version, or raises
    NotReadyError. The server gets `stop_signal` and `patience` seconds before it is killed.
    """

    name: str
    title: str
    address: str
    port: int
    probe: Callable[[], str]
    launch: Launch | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
