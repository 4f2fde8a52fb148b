"""Child processes: started so that they can't outlive us, known by process id and start time, stopped with patience."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from daira.errors import StackError, from_os_error

_PR_SET_PDEATHSIG = 1
_START_TIME = 18  # field 22 of proc(5), counted after the state
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """The system user that a child runs as, when it may not be root."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Launch:
    """How a child is started: its command, directory, whole environment, log, user, and the signal of our death."""

    command: Sequence[str]
    cwd: Path
    env: Mapping[str, str]
    log: Path
    account: Account | None = None
    death_signal: signal.Signals = signal.SIGTERM
    owns_cwd: bool = False
    """Whatever still works in `cwd` is left over from a process that died: it is killed before the start."""


@dataclass(frozen=True)
class Identity:
    """A process that can't be mistaken for a later one with the same number. `started` is in ticks since boot."""

    pid: int
    started: int

    def is_alive(self) -> bool:
        return start_time(self.pid) == self.started

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, unless the process is gone."""
        if self.is_alive():
            os.kill(self.pid, number)

    def stop(self, number: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
        """Asks the process to end, and kills its group when it has not ended after so many seconds."""
        self.send(number)
        deadline = time.monotonic() + patience
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.send(signal.SIGKILL)


def start_time(pid: int) -> int | None:
    """When the process started, in ticks since boot; None when there is none, or only its corpse (proc(5))."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    state, *fields = stat.rpartition(")")[2].split()
    return None if state in "ZX" else int(fields[_START_TIME])


def identify(pid: int) -> Identity | None:
    """The identity of a running process."""
    started = start_time(pid)
    return None if started is None else Identity(pid, started)


def myself() -> Identity:
    """The identity of this process."""
    return Identity(os.getpid(), start_time(os.getpid()) or 0)


def launch(wanted: Launch) -> subprocess.Popen[bytes]:
    """Starts a child in a session of its own. Call it from the main thread: the kernel sends `death_signal` when
    the thread that forked ends. Raises StackError for a missing program and a full disk."""
    if wanted.owns_cwd:
        _clear(wanted.cwd)
    parent = os.getpid()
    account = wanted.account
    try:
        with wanted.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603  (the programs of our own wheels)
                list(wanted.command),
                cwd=wanted.cwd,
                env=dict(wanted.env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                preexec_fn=lambda: _die_with(parent, wanted.death_signal),
            )
    except FileNotFoundError as error:
        raise StackError(f"{error.filename} is missing.", "Install it again with `make install`.") from error
    except OSError as error:
        raise from_os_error(error, f"starting {Path(wanted.command[0]).name}") from error


def _clear(directory: Path) -> None:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").resolve() == directory.resolve():
                os.kill(int(entry.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # it has ended, or is somebody else's


def _die_with(parent: int, number: signal.Signals) -> None:
    """Runs in the child, after it has changed its user (which would clear the setting)."""
    _libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
