"""DIR/stack.json: which processes make up the stack that runs there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from daira.home import Home, write_private
from daira.processes import Identity


@dataclass(frozen=True)
class ServiceRecord:
    """One running part. `pid` and `started` are None for a server that was there before us."""

    title: str
    address: str
    port: int
    version: str
    pid: int | None = None
    started: int | None = None
    restarts: int = 0

    @property
    def identity(self) -> Identity | None:
        if self.pid is None or self.started is None:
            return None
        return Identity(self.pid, self.started)


@dataclass(frozen=True)
class StackRecord:
    """The supervisor and its services by name, in the order in which they started."""

    supervisor: Identity
    services: dict[str, ServiceRecord] = field(default_factory=dict)


def write_record(home: Home, record: StackRecord) -> None:
    """Replaces the record. Raises StackError."""
    write_private(home.record, json.dumps(asdict(record), indent=2) + "\n")


def read_record(home: Home) -> StackRecord | None:
    """The record of the last start, or None when there is none or it makes no sense."""
    try:
        held = json.loads(home.record.read_text())
        services = {name: ServiceRecord(**service) for name, service in held["services"].items()}
        return StackRecord(Identity(**held["supervisor"]), services)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
