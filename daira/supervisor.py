"""Starts the parts of a stack, starts again what dies, and stops what it started and nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from daira.errors import StackError
from daira.home import Home
from daira.processes import Identity, Launch, identify, launch, myself
from daira.record import ServiceRecord, StackRecord, write_record
from daira.servers import NotReadyError, Service

START_SECONDS = 90.0
EXTERNAL_SECONDS = 5.0
LOOK_SECONDS = 0.1
FIRST_DELAY = 0.2
LONGEST_DELAY = 5.0
CALM_SECONDS = 30.0


@dataclass
class Child:
    """A service that we started: its process, and when and how often it was started again."""

    service: Service
    launch: Launch
    process: subprocess.Popen[bytes]
    began: float
    delay: float = FIRST_DELAY
    restarts: int = 0
    due: float | None = None


class Supervisor:
    """Owns the child processes of one `daira up`. `say` takes a line for the user."""

    def __init__(self, home: Home, say: Callable[[str], None]) -> None:
        self._home = home
        self._say = say
        self._children: dict[str, Child] = {}
        self._record = StackRecord(myself())

    async def start(self, service: Service) -> str:
        """Starts a service and gives its version when it serves. Raises StackError when it does not."""
        if service.launch:
            process = launch(service.launch)
            self._children[service.name] = Child(service, service.launch, process, time.monotonic())
        version = await self._ready(service)
        self._write(service, version)
        return version

    async def watch(self) -> None:
        """Starts again whatever ends, for ever."""
        while True:
            for child in list(self._children.values()):
                self._look_after(child)
            await asyncio.sleep(LOOK_SECONDS)

    async def stop(self) -> None:
        """Ends the children, the last one started first."""
        for child in reversed(list(self._children.values())):
            await asyncio.to_thread(_stop, child)
        self._children.clear()
        self._home.record.unlink(missing_ok=True)

    async def _ready(self, service: Service) -> str:
        deadline = time.monotonic() + (START_SECONDS if service.launch else EXTERNAL_SECONDS)
        while True:
            self._require_alive(service)
            try:
                return await asyncio.to_thread(service.probe)
            except NotReadyError as error:
                if time.monotonic() > deadline:
                    raise self._failure(service, f"does not answer: {error}") from error
            await asyncio.sleep(0.05)

    def _require_alive(self, service: Service) -> None:
        child = self._children.get(service.name)
        if child and child.process.poll() is not None:
            raise self._failure(service, f"stopped while starting ({_ending(child.process.returncode)})")

    def _failure(self, service: Service, what: str) -> StackError:
        if service.launch is None:
            return StackError(f"{service.title} at {service.address} {what}.", "Start it, or unset its variable.")
        log = self._home.log(service.name)
        lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
        if any("No space left on device" in line for line in lines[-50:]):
            return StackError(
                f"{service.title} stopped: the disk is full.", "Free some space, or choose another place with --data."
            )
        last = f" It said: {lines[-1][:300].rstrip('.')}." if lines else ""
        return StackError(f"{service.title} {what}.{last}", f"See {log}.")

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.due is not None:
            if now >= child.due:
                self._restart(child)
            return
        status = child.process.poll()
        if status is None:
            return
        if now - child.began > CALM_SECONDS:
            child.delay = FIRST_DELAY
        child.due = now + child.delay
        self._say(f"{child.service.title} ended ({_ending(status)}); starting it again in {child.delay:.1f} s.")
        child.delay = min(child.delay * 2, LONGEST_DELAY)

    def _restart(self, child: Child) -> None:
        try:
            child.process = launch(child.launch)
            child.began, child.due, child.restarts = time.monotonic(), None, child.restarts + 1
            self._write(child.service, self._record.services[child.service.name].version)
        except StackError as error:
            self._say(str(error))
            child.due = time.monotonic() + LONGEST_DELAY if child.process.poll() is not None else None

    def _write(self, service: Service, version: str) -> None:
        child = self._children.get(service.name)
        entry = ServiceRecord(service.title, service.address, service.port, version)
        if child:
            known = identify(child.process.pid) or Identity(child.process.pid, -1)
            entry = replace(entry, pid=known.pid, started=known.started, restarts=child.restarts)
        self._record = replace(self._record, services=self._record.services | {service.name: entry})
        write_record(self._home, self._record)


def _stop(child: Child) -> None:
    if child.process.poll() is not None:
        return
    child.process.send_signal(child.service.stop_signal)
    try:
        child.process.wait(child.service.patience)
    except subprocess.TimeoutExpired:
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"exit code {status}"
