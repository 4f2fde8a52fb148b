"""From what the gateway sends to PostgreSQL for one request to a pgbench script that draws its keys at random."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.bench.capture import Captured, Sent
from tests.bench.cases import Case
from tests.bench.data import Keys
from tests.bench.yardstick import Bound, Script


@dataclass
class _Variables:
    """Collects the constant parts of parameters as pgbench variables."""

    drawn: dict[str, str]
    constants: dict[str, str] = field(default_factory=dict)

    def bind(self, sent: Sent) -> Bound:
        return Bound(sent.text, [self._expression(value) for value in sent.parameters])

    def _expression(self, value: str | None) -> str:
        if value is None:
            return "null"
        for key, variable in self.drawn.items():
            if value == key:
                return variable
            if key in value:
                before, after = value.split(key, 1)
                return f"({self._constant(before)} || {variable} || {self._constant(after)})"
        return self._constant(value)

    def _constant(self, value: str) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return f":{name}"


def script(case: Case, keys: Keys, key: int, reader: int, captured: Captured) -> Script:
    """The script for a case, from what was sent for one `key` asked for by one `reader`."""
    variables = _Variables({str(reader): ":reader"} | ({str(key): ":key"} if key else {}))
    bound = variables.bind(captured.settings), variables.bind(captured.statement)
    return Script(case.draws, *bound, variables.constants | _numbers(keys), captured.kind, captured.around)


def _numbers(keys: Keys) -> dict[str, str]:
    numbers = {
        "authors": keys.size.authors,
        "first_user": keys.first_user,
        "user_step": keys.user_step,
        "first_post": keys.first_post,
        "post_step": keys.post_step,
        "reader_step": keys.reader(1) - keys.reader(0),
    }
    return {name: str(number) for name, number in numbers.items()}
