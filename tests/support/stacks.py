"""The whole platform as `daira up` runs it, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from daira.home import Home, home_at
from daira.ports import LOOPBACK, free_port
from daira.processes import start_time
from daira.record import StackRecord, read_record
from daira.servers import NotReadyError
from daira.servers.python import read_health

VARIABLES = (
    "DATABASE_URL",
    "REDIS_URL",
    "MINIO_ENDPOINT",
    "PGRST_DB_URI",
    "WORKER_DATABASE_URL",
    "SMTP_URL",
    "CLICKHOUSE_URL",
)


@dataclass
class Stack:
    """One data directory and the `daira up` on it, if one runs. Its output goes to files beside the directory."""

    data: Path
    port: int
    env: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def home(self) -> Home:
        return home_at(self.data)

    @property
    def record(self) -> StackRecord:
        record = read_record(self.home)
        assert record is not None, "there is no stack.json"
        return record

    def pid(self, name: str) -> int:
        """The process of one part."""
        pid = self.record.services[name].pid
        assert pid is not None, f"{name} runs elsewhere"
        return pid

    def output(self) -> str:
        return self.data.with_suffix(".out").read_text()

    def remarks(self) -> str:
        return self.data.with_suffix(".err").read_text()

    def start(self, *more: str) -> None:
        """Starts `daira up` and returns at once."""
        command = [sys.executable, "-m", "daira", "up", "--data", str(self.data), "--port", str(self.port), *more]
        with self.data.with_suffix(".out").open("wb") as out, self.data.with_suffix(".err").open("wb") as err:
            self.process = subprocess.Popen(command, stdout=out, stderr=err, env=self._environment())

    def wait_until_ready(self, seconds: float = 90.0) -> None:
        """Returns when the line `ready` is there."""
        until(lambda: "ready" in self.output() or self._ended(), seconds)
        assert "ready" in self.output(), self.remarks()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ends `daira up` and gives its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def daira(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs another command on this directory."""
        command = [sys.executable, "-m", "daira", *arguments, "--data", str(self.data)]
        return subprocess.run(command, capture_output=True, text=True, env=self._environment(), timeout=120)

    def is_well(self) -> bool:
        """Whether the health page says so."""
        try:
            page, _ = read_health(f"{self.url}/health")
        except NotReadyError:
            return False
        return bool(json.loads(page)["status"] == "ok")

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def _environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in VARIABLES} | dict(self.env)


@contextmanager
def running_stack(data: Path, *more: str, env: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """A stack that serves; stopped afterwards, and nothing may be left of it."""
    stack = Stack(data, free_port(), env or {})
    stack.start(*more)
    try:
        stack.wait_until_ready()
        yield stack
    finally:
        if stack.process and stack.process.poll() is None:
            stack.stop()
    assert processes_of(data) == []


def processes_of(data: Path) -> list[str]:
    """Command lines of the processes that mention the directory or work in it."""
    return [line for entry in Path("/proc").iterdir() if entry.name.isdigit() and (line := _mention(entry, data))]


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Waits for something to become true. Fails the test when it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)


def _mention(entry: Path, data: Path) -> str:
    try:
        line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        works_there = (entry / "cwd").resolve().is_relative_to(data)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""
    mentioned = str(data) in line or works_there
    return line if mentioned and start_time(int(entry.name)) and int(entry.name) != os.getpid() else ""
