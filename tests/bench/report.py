"""Rounds become medians, medians become a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.cases import Shares
from tests.bench.load import Measured

EVEN = 4
_FIGURES = f"{'rate/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}"
HEAD = f"{'case':<42}{'conns':>6}  {'':<8}{_FIGURES}{'share':>8}{'issue 2':>9}{'issue 3':>9}{'issue 4':>9}"


@dataclass(frozen=True)
class Line:
    """One case at one number of connections: the gateway and pgbench, each the medians of its rounds."""

    case: str
    connections: int
    gateway: Measured
    pgbench: Measured
    share: float
    targets: Shares

    @property
    def met(self) -> bool:
        """The share reaches the targets without a wrong answer; the slowest hundredth is not far from the middle."""
        is_even = self.gateway.p99 <= EVEN * self.gateway.p50
        return is_even and not self.gateway.errors and self.share >= max(self._set, default=0)

    def text(self) -> str:
        """The two lines of the table."""
        targets = "".join(f"{'' if target is None else f'{target:.2f}':>9}" for target in self.targets)
        verdict = "" if not self._set else ("  ok" if self.met else "  MISSED")
        ours, theirs = _figures("gateway", self.gateway), _figures("pgbench", self.pgbench)
        first = f"{self.case:<42}{self.connections:>6}  {ours}{self.share:>8.2f}{targets}{verdict}"
        return f"{first}\n{'':<48}  {theirs}"

    @property
    def _set(self) -> list[float]:
        return [target for target in self.targets if target is not None]


def summarise(case: str, connections: int, rounds: Sequence[tuple[Measured, Measured]], targets: Shares) -> Line:
    """The line for the rounds (gateway, pgbench); the share is the median of the rounds' shares."""
    gateway, pgbench = (_middle(side) for side in zip(*rounds, strict=True))
    share = median(ours.rate / theirs.rate for ours, theirs in rounds)
    return Line(case, connections, gateway, pgbench, share, targets)


def _middle(rounds: Sequence[Measured]) -> Measured:
    return Measured(
        rate=median(measured.rate for measured in rounds),
        p50=median(measured.p50 for measured in rounds),
        p99=median(measured.p99 for measured in rounds),
        errors=sum(measured.errors for measured in rounds),
        cpu=median(measured.cpu for measured in rounds),
        example=next((measured.example for measured in rounds if measured.example), ""),
    )


def _figures(who: str, measured: Measured) -> str:
    return f"{who:<8}{measured.rate:>9,.0f}{measured.p50:>9.2f}{measured.p99:>9.2f}{measured.errors:>8}"
