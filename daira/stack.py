"""Questions about a stack that runs: its addresses, what is up, how to stop it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping

from daira.environment import Addresses, local_addresses, user_environment
from daira.errors import StackError
from daira.home import Home
from daira.keys import read_keys
from daira.parts import Part
from daira.ports import recorded_ports
from daira.record import StackRecord, read_record
from daira.servers.model import NotReadyError
from daira.servers.postgres import place_in
from daira.servers.python import read_health
from daira.servers.seaweed import forget_sockets

STOP_SECONDS = 60.0
HOW_TO_HAVE_ANALYTICS = "Set CLICKHOUSE_URL, or run `make analytics` for an engine in the local stack."


def running_record(home: Home) -> StackRecord:
    """The record of the stack that runs there. Raises StackError when none does."""
    record = read_record(home)
    if record is None or not record.supervisor.is_alive():
        raise StackError(f"No stack runs on {home.root}.", f"Start one with `daira up --data {home.root}`.")
    return record


def addresses_of(home: Home) -> Addresses:
    """The addresses of a stack's servers, with credentials. Raises StackError."""
    keys, ports = read_keys(home), recorded_ports(home)
    return local_addresses(place_in(home, ports.postgres, keys.daira), ports, keys, user_environment())


def url_of(home: Home, part: Part) -> str:
    """One address. Raises StackError."""
    running_record(home)
    addresses = addresses_of(home)
    if part is Part.CLICKHOUSE:
        return _clickhouse_url(addresses)
    return {Part.POSTGRES: addresses.admin, Part.VALKEY: addresses.valkey, Part.S3: addresses.s3}[part]


def _clickhouse_url(addresses: Addresses) -> str:
    if addresses.clickhouse is None:
        raise StackError("Analytics is off: there is no ClickHouse.", HOW_TO_HAVE_ANALYTICS)
    return addresses.clickhouse


def admin_url(home: Home, environ: Mapping[str, str]) -> str:
    """The superuser's address: DATABASE_URL, or else that of the running stack. Raises StackError."""
    return environ.get("DATABASE_URL") or url_of(home, Part.POSTGRES)


def health_of(home: Home) -> tuple[str, bool]:
    """The gateway's health page, and whether all is well. Raises StackError when there is no gateway."""
    gateway = running_record(home).services.get("gateway")
    if gateway is None:
        raise StackError("The gateway has not started yet.", f"See {home.log('gateway')}.")
    try:
        return read_health(f"{gateway.address}/health")
    except NotReadyError as error:
        raise StackError(f"The gateway does not answer: {error}.", f"See {home.log('gateway')}.") from error


def stop_stack(home: Home, say: Callable[[str], None]) -> None:
    """Stops what a `daira up` has started, also when that has been killed itself. Raises StackError."""
    record = read_record(home)
    if record is None:
        say(f"No stack runs on {home.root}.")
        return
    if record.supervisor.is_alive():
        record.supervisor.send(signal.SIGTERM)
        _wait_until_free(home)
    _stop_orphans(home, record)
    say("Stopped.")


def _wait_until_free(home: Home) -> None:
    deadline = time.monotonic() + STOP_SECONDS
    while home.is_locked():
        if time.monotonic() > deadline:
            raise StackError("The stack does not stop.", f"See {home.logs}.")
        time.sleep(0.1)


def _stop_orphans(home: Home, record: StackRecord) -> None:
    numbers = {"postgres": signal.SIGINT, "s3": signal.SIGKILL}
    for name, service in reversed(record.services.items()):
        if service.identity:
            service.identity.stop(numbers.get(name, signal.SIGTERM))
    forget_sockets(recorded_ports(home))
    home.forget_sockets()
    home.record.unlink(missing_ok=True)
