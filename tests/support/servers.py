"""Real servers for one test run, started by the same code as `daira up` starts them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daira.processes import launch
from daira.servers import NotReadyError, Service
from daira.servers.postgres import PostgresPlace, prepare_postgres

# No test pulls the plug of the machine, so commits need not reach the disk; a killed server still loses nothing.
TEST_SETTINGS = (
    ("fsync", "off"),
    ("max_connections", "200"),
    ("max_wal_size", "4GB"),
    ("log_min_duration_statement", "-1"),
)


@contextmanager
def directory(name: str) -> Iterator[Path]:
    """A temporary directory that the system user of PostgreSQL can pass; gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix=f"daira-{name}-"))
    path.chmod(0o711)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextmanager
def running(service: Service) -> Iterator[subprocess.Popen[bytes]]:
    """The service while it serves; stopped afterwards."""
    assert service.launch is not None
    process = launch(service.launch)
    try:
        wait_until_ready(service, process)
        yield process
    finally:
        stop(service, process)


def wait_until_ready(service: Service, process: subprocess.Popen[bytes], seconds: float = 60.0) -> None:
    """Returns when the service answers. Fails the test when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while True:
        problem = _problem(service)
        if problem is None:
            return
        assert process.poll() is None, f"{service.title} ended: {problem}; {_tail(service)}"
        assert time.monotonic() < deadline, f"{service.title} does not answer: {problem}; {_tail(service)}"
        time.sleep(0.05)


def _problem(service: Service) -> str | None:
    try:
        service.probe()
    except NotReadyError as error:
        return str(error)
    return None


def stop(service: Service, process: subprocess.Popen[bytes]) -> None:
    """Ends the process as `daira up` would."""
    process.send_signal(service.stop_signal)
    try:
        process.wait(service.patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def postgres_server(root: Path, settings: tuple[tuple[str, str], ...] = ()) -> Iterator[PostgresPlace]:
    """A PostgreSQL without passwords behind a socket that only we can reach."""
    place = PostgresPlace(root / "data", root / "run", root / "postgres.log", 0, None, (*TEST_SETTINGS, *settings))
    service, _remarks = prepare_postgres(place)
    with running(service):
        yield place


def _tail(service: Service) -> str:
    assert service.launch is not None
    return service.launch.log.read_text(errors="replace")[-2000:]
