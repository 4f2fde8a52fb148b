"""The directory in which a local stack keeps its data, secrets, logs and records."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daira.errors import StackError, from_os_error

NEEDED_BYTES = 500 * 2**20
SOCKET_DIR_BYTES = 80


@dataclass(frozen=True)
class Home:
    """Paths under one data directory, which is absolute."""

    root: Path

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def record(self) -> Path:
        return self.root / "stack.json"

    @property
    def keys(self) -> Path:
        return self.root / "secrets.json"

    @property
    def ports(self) -> Path:
        return self.root / "ports.json"

    @property
    def lock_file(self) -> Path:
        return self.root / "lock"

    @property
    def mail(self) -> Path:
        return self.root / "mail"

    def log(self, name: str) -> Path:
        """The log of one service."""
        return self.logs / f"{name}.log"

    def sockets(self) -> Path:
        """A directory for unix sockets whose name is short enough for them (a socket's path has at most 107 bytes)."""
        inside = self.root / "run"
        if len(os.fsencode(inside)) <= SOCKET_DIR_BYTES:
            return inside
        name = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:10]
        return Path(tempfile.gettempdir()) / f"daira-{os.getuid()}-{name}"

    def forget_sockets(self) -> None:
        """Removes the directory of sockets where it is outside of ours."""
        if not self.sockets().is_relative_to(self.root):
            shutil.rmtree(self.sockets(), ignore_errors=True)

    def prepare(self) -> None:
        """Makes the directories. Raises StackError when they can't be made or too little space is left."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise from_os_error(error, f"making {self.root}") from error
        free = shutil.disk_usage(self.root).free
        if free < NEEDED_BYTES:
            raise StackError(
                f"Only {free // 2**20} MB are free at {self.root}; {NEEDED_BYTES // 2**20} MB are needed.",
                "Free some space, or choose another place with --data.",
            )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the directory for one `daira up`. The kernel frees it with the process, so it is never stale."""
        try:
            handle = os.open(self.lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise from_os_error(error, f"opening {self.lock_file}") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise StackError(
                f"A stack is already running on {self.root}.", f"Stop it with `daira down --data {self.root}`."
            ) from error
        finally:
            os.close(handle)

    def is_locked(self) -> bool:
        """Whether a `daira up` holds the directory at this moment."""
        if not self.lock_file.exists():
            return False
        with self.lock_file.open() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False


def home_at(data: Path) -> Home:
    """The home in this directory, which need not exist yet."""
    return Home(data.expanduser().absolute())


def write_private(path: Path, text: str) -> None:
    """Replaces a file in one step, readable by its owner only. Raises StackError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(handle, "w") as stream:
            stream.write(text)
        Path(name).replace(path)
    except OSError as error:
        raise from_os_error(error, f"writing {path}") from error
