"""The rounds: the gateway and pgbench in turn, so that both meet the same noise of the machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import load, yardstick
from tests.bench.cases import Case
from tests.bench.data import READERS, Keys
from tests.bench.report import Line, summarise

REQUESTS = 30_000


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

    def lines(self, cases: Sequence[Case], plan: Plan) -> Iterator[Line]:
        """Measures every case at every number of connections."""
        for case in cases:
            requests = self._requests(case, plan.requests)
            script = self.script(case)
            for connections in plan.connections:
                rounds = [self._round(case, requests, script, connections, plan.seconds) for _ in range(plan.rounds)]
                yield summarise(case.name, connections, rounds, case.targets.get(connections))

    def _round(
        self, case: Case, requests: Sequence[bytes], script: yardstick.Script, connections: int, seconds: float
    ) -> tuple[load.Measured, load.Measured]:
        ours = load.measure(load.Load(self.port, requests, connections, seconds, case.marker))
        return ours, yardstick.run(self.pgbench, self.conninfo, script, connections, seconds)

    def _requests(self, case: Case, number: int) -> list[bytes]:
        draws = (self.tokens[random.randrange(READERS)] for _ in range(number))  # noqa: S311
        return [case.ask(case.draw(self.keys)).encode(token) for token in draws]
