"""`daira api` in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from daira.ports import free_port
from tests.rest.foreign import SECRET
from tests.support.stacks import until


class Process:
    """One `daira api`."""

    def __init__(self, url: str, **env: str) -> None:
        self.port, self.admin = free_port(), free_port()
        usual = {
            "PGRST_DB_URI": url,
            "PGRST_DB_SCHEMAS": "Odd Names, second",
            "PGRST_DB_ANON_ROLE": "Web Anon",
            "PGRST_JWT_SECRET": SECRET,
            "PGRST_ADMIN_SERVER_PORT": str(self.admin),
            "PGRST_LOG_LEVEL": "info",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "daira", "api", "--port", str(self.port)],
            env={**os.environ, **usual, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The answer under /rest/v1."""
        return httpx.get(f"http://127.0.0.1:{self.port}/rest/v1/{path}", headers=headers)

    def status(self, path: str, *, admin: bool = False) -> int:
        """The status of an answer; 0 where nobody listens."""
        address = f"http://127.0.0.1:{self.admin}/" if admin else f"http://127.0.0.1:{self.port}/rest/v1/"
        try:
            return httpx.get(address + path).status_code
        except httpx.ConnectError:
            return 0

    def worked_s(self) -> float:
        """Processor time since the launch, in seconds."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def until_answers(self, path: str = "orders", status: int = 200) -> None:
        """Returns when the path answers so."""
        until(lambda: self.status(path) == status)


@contextmanager
def running(url: str, **env: str) -> Iterator[Process]:
    """A process that is ended afterwards."""
    made = Process(url, **env)
    try:
        yield made
    finally:
        made.process.kill()
        made.process.communicate()
