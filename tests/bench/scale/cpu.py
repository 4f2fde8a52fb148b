"""Processor time of processes with all that they have started (proc(5))."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_FIRST = 11  # field 14 of proc(5), utime, counted after the state; stime, cutime and cstime follow


def processor_seconds(pid: int) -> float:
    """What a process, its children and theirs have used so far; 0 for one that is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    own = sum(map(int, fields[_FIRST : _FIRST + 4])) / _TICKS
    return own + sum(processor_seconds(int(child)) for child in children)


@dataclass(frozen=True)
class Meter:
    """Tells how many processors groups of processes have kept busy since the meter was made."""

    groups: Mapping[str, list[int]]
    began: float
    used: Mapping[str, float]

    def cores(self) -> dict[str, float]:
        """Processor seconds for each second that has passed, by group."""
        passed = time.perf_counter() - self.began
        return {name: (now - self.used[name]) / passed for name, now in _used(self.groups).items()}


def meter(**groups: list[int]) -> Meter:
    """A meter that begins now."""
    return Meter(groups, time.perf_counter(), _used(groups))


def _used(groups: Mapping[str, list[int]]) -> dict[str, float]:
    return {name: sum(map(processor_seconds, pids)) for name, pids in groups.items()}
