"""The rounds: the gateway and pgbench in turn, so that both meet the same noise of the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from tests.bench import load, yardstick
from tests.bench.cases import Case, Shares
from tests.bench.data import Keys
from tests.bench.report import Line, summarise

REQUESTS = 30_000
MOST_PER_SECOND = 6_000
BLOCK = 1_000_000


@dataclass(frozen=True)
class Plan:
    """How long it is measured: rounds of so many seconds for each side, at these numbers of connections."""

    connections: Sequence[int] = (16, 64)
    rounds: int = 3
    seconds: float = 5.0
    requests: int = REQUESTS


@dataclass(frozen=True)
class Bench:
    """What is measured: the gateway's port, the readers' tokens, and the database for pgbench."""

    port: int
    tokens: Sequence[str]
    pgbench: Path
    conninfo: str
    keys: Keys
    script: Callable[[Case], yardstick.Script]
    blocks: Iterator[int] = field(default_factory=lambda: count(BLOCK, BLOCK))
    """Numbers from which a side of a round may count; no two share any. The script was made with number 0."""

    def lines(self, cases: Sequence[Case], plan: Plan) -> Iterator[Line]:
        """Measures every case at every number of connections."""
        for case in cases:
            requests = [] if case.once else self._requests(case, plan.requests)
            script = self.script(case)
            for connections in plan.connections:
                rounds = [self._round(case, requests, script, connections, plan.seconds) for _ in range(plan.rounds)]
                yield summarise(case.name, connections, rounds, case.targets.get(connections, Shares()))

    def _round(
        self, case: Case, requests: Sequence[bytes], script: yardstick.Script, connections: int, seconds: float
    ) -> tuple[load.Measured, load.Measured]:
        asked = load.Load(self.port, requests, connections, seconds, case.marker)
        if case.once:
            asked = replace(asked, requests=self._requests(case, int(MOST_PER_SECOND * (seconds + asked.warm_up))))
        ours = load.measure(asked)
        return ours, yardstick.run(self.pgbench, self.conninfo, script, connections, seconds, next(self.blocks))

    def _requests(self, case: Case, number: int) -> list[bytes]:
        start = next(self.blocks)
        draws = (case.draw(self.keys, serial) for serial in range(start, start + number))
        return [case.ask(draw.key).encode(self.tokens[draw.reader]) for draw in draws]
