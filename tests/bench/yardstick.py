"""pgbench running the SQL that the gateway runs, with the same settings in front: the physical limit of the design."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from psycopg.conninfo import make_conninfo

from gateway.lanes import LaneKind
from gateway.lanes.connect import lane_conninfo
from gateway.lanes.model import NOTHING_AROUND, Around
from tests.bench.load import Measured, percentile

THREADS = 2
SAMPLED = 0.25
TIMEOUT_MS = 10_000
NUMBERED = (r"\set turn :turn + 1", r"\set serial :start + :turn * :clients + :client_id")
_PARAMETER = re.compile(r"\$(\d+)")
_WOULD_BE_A_VARIABLE = re.compile(r"(?<!:):[A-Za-z_]")
_TPS = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_FAILED = re.compile(r"^number of failed transactions: (\d+)", re.MULTILINE)


@dataclass(frozen=True)
class Bound:
    """A statement with $1, $2, ... and, for each parameter, the pgbench expression that stands for it."""

    text: str
    parameters: Sequence[str]


@dataclass(frozen=True)
class Script:
    """One transaction: `\\set` lines that draw the keys, then the settings and the statement, sent as one pipeline."""

    draws: Sequence[str]
    settings: Bound
    statement: Bound
    variables: Mapping[str, str]
    kind: LaneKind
    around: Around = NOTHING_AROUND

    def text(self) -> str:
        """The script as pgbench reads it."""
        texts = self.around.first, self.around.before, self.around.after
        first, before, after = ([Bound(text, ())] if text else [] for text in texts)
        sent = [_inlined(bound) for bound in (*first, self.settings, *before, self.statement, *after)]
        return "\n".join([*NUMBERED, *self.draws, r"\startpipeline", *sent, r"\endpipeline"]) + "\n"


def run(pgbench: Path, conninfo: str, script: Script, connections: int, seconds: float, start: int = 0) -> Measured:
    """Runs the script, its transactions numbered from `start`; raises RuntimeError when pgbench fails.

    Its connections begin as those of the gateway's lanes do. pgbench parses before it sends the settings, so they also
    begin in the role that the script sets.
    """
    as_role = make_conninfo(conninfo, options="-c role=authenticated")
    like_a_lane = lane_conninfo(as_role, script.kind, TIMEOUT_MS)
    with TemporaryDirectory() as folder:
        source = Path(folder, "script.sql")
        source.write_text(script.text())
        done = subprocess.run(
            [
                *(pgbench, like_a_lane, "-n", "-M", "prepared", "-f", source, f"-c{connections}", f"-j{THREADS}"),
                *(f"-T{max(1, round(seconds))}", "-l", f"--log-prefix={folder}/log", f"--sampling-rate={SAMPLED}"),
                *(f"-D{name}={value}" for name, value in script.variables.items()),
                *("-Dturn=-1", f"-Dstart={start}", f"-Dclients={connections}"),
            ],
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"pgbench failed: {done.stderr[-2000:]}\n{script.text()}")
        output = done.stdout
        latencies = sorted(_latencies(Path(folder)))
    return Measured(
        rate=_number(_TPS, output),
        p50=percentile(latencies, 0.5),
        p99=percentile(latencies, 0.99),
        errors=round(_number(_FAILED, output)),
    )


def _inlined(bound: Bound) -> str:
    if mistaken := _WOULD_BE_A_VARIABLE.search(bound.text):
        raise ValueError(f"pgbench would take {mistaken.group()!r} for a variable in: {bound.text}")
    text = _PARAMETER.sub(lambda found: bound.parameters[int(found.group(1)) - 1], bound.text)
    return text.strip() + ";"


def _latencies(folder: Path) -> list[float]:
    lines = (line for log in folder.glob("log*") for line in log.read_text().splitlines())
    return [int(line.split()[2]) / 1e3 for line in lines]


def _number(pattern: re.Pattern[str], output: str) -> float:
    found = pattern.search(output)
    return float(found.group(1)) if found else 0.0
