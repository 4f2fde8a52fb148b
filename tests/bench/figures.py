"""What is told after the table: of the gateway's caches, of planning, and of memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

ROWS = 100_000
WRONG = "wrong answers"
_RESET_PEAK = "5"
_READ = 1 << 16


@dataclass(frozen=True)
class Figure:
    """One line: a value, and the bound that it has to stay under, or the least that it has to reach."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    remark: str = ""
    least: float | None = None

    @property
    def met(self) -> bool:
        is_enough = self.least is None or self.value >= self.least
        return is_enough and (self.bound is None or self.value < self.bound)

    def text(self) -> str:
        """The line."""
        verdict = self._asked and self._asked + ("  ok" if self.met else "  MISSED")
        return f"{self.name:<64}{self.value:>9.2f} {self.unit}{verdict}{self.remark}"

    @property
    def _asked(self) -> str:
        if self.least is not None:
            return f"  (at least {self.least:g} {self.unit}".rstrip() + ")"
        return "" if self.bound is None else f"  (under {self.bound:g} {self.unit}".rstrip() + ")"


def hit_rates(port: int) -> Iterator[Figure]:
    """How often a request found its plan, since the gateway started."""
    page = _get(port, "/metrics", {}).decode()
    families = {family.name: family for family in text_string_to_metric_families(page)}
    found = {(s.labels["cache"], s.labels["result"]): s.value for s in families["daira_cache_lookups"].samples}
    for cache, title in (("rest_plans", "plan cache (REST)"), ("graphql_operations", "operation cache (GraphQL)")):
        hits, misses = found[cache, "hit"], found[cache, "miss"]
        share = 100 * hits / max(1, hits + misses)
        yield Figure(f"{title}, hits", share, "%", remark=f"  ({hits:,.0f} hits, {misses:,.0f} misses)")


def streaming(port: int, gateway: int, token: str, rows: int = ROWS) -> Figure:
    """By how much the process `gateway` grows at most while it answers `rows` posts, line by line."""
    before = _status(gateway, "VmRSS")
    Path(f"/proc/{gateway}/clear_refs").write_text(_RESET_PEAK)
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/x-ndjson"}
    answered = _get(port, f"/rest/v1/posts?select=id,content,created_at&limit={rows}", headers).count(b"\n")
    assert answered == rows, f"{answered} rows streamed, not {rows}"
    grown = (_status(gateway, "VmHWM") - before) / 1024
    return Figure(f"growth of the gateway while {rows:,} rows stream as NDJSON", grown, "MB", 64)


def _get(port: int, path: str, headers: dict[str, str]) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = b"".join(iter(lambda: answer.read(_READ), b""))
        assert answer.status == 200, body[:600]
        return body
    finally:
        connection.close()


def _status(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
