"""`python -m tests.bench [--quick] [--only PARTS]`: brings stacks up, loads data, measures, prints figures.

The part `gateway` measures the gateway beside pgbench; the others measure feeds and jobs on many users.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from daira.servers.wheels import postgres_bin
from tests.bench import capture, ceiling, data, figures, inside, translate
from tests.bench.cases import CASES, Case
from tests.bench.figures import Figure
from tests.bench.planning import planning
from tests.bench.report import HEAD, Line
from tests.bench.rounds import Bench, Plan
from tests.bench.scale import run as scale
from tests.bench.yardstick import Script
from tests.support.servers import directory
from tests.support.stacks import Stack, running_stack

QUICK = Plan(connections=(16,), rounds=1, seconds=1.0, requests=2_000)
QUICK_SIZE = data.Size(users=2_000, posts=30_000)
QUICK_SECONDS = 2.0
TOKEN_SECONDS = 86_400
QUIET = {"LOG_LEVEL": "WARNING", "RATE_LIMIT_API": "1000000000/1m"}
GATEWAY = "gateway"
PARTS = (GATEWAY, *scale.PARTS)


def main(arguments: list[str]) -> int:
    """The exit code: 1 when an answer was wrong or a target was missed."""
    parser = _parser()
    given = parser.parse_args(arguments)
    parts = given.only.split(",") if given.only else [*PARTS]
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"there is no part {', '.join(unknown)}: {', '.join(PARTS)}")
    cases = [case for case in CASES if given.case in case.name]
    if not cases:
        parser.error(f"no case has {given.case!r} in its name: {', '.join(case.name for case in CASES)}")
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before anything of the bench runs")
    is_met = GATEWAY not in parts or _gateway(given, cases)
    if any(part in parts for part in scale.PARTS):
        is_met = _crowd(given, parts) and is_met
    return 0 if is_met else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small data, short rounds; the figures mean nothing")
    parser.add_argument("--only", default="", metavar="PARTS", help=f"these parts only, of {','.join(PARTS)}")
    parser.add_argument(
        "--case", default="", metavar="NAME", help="gateway: the cases with NAME in their names, no figures"
    )
    parser.add_argument(
        "--rounds", type=int, default=Plan.rounds, help="gateway: rounds for each line, for their median"
    )
    parser.add_argument("--seconds", type=float, help="length of a round, of the feeds, and of the sustained load")
    parser.add_argument("--users", type=int, default=100_000, help="how many people the other parts are measured on")
    parser.add_argument("--data", type=Path, default=Path(".bench"), help="where their data is kept for the next time")
    return parser


def _gateway(given: argparse.Namespace, cases: Sequence[Case]) -> bool:
    """Measures the gateway beside pgbench; tells whether all targets are met."""
    plan = QUICK if given.quick else Plan(rounds=given.rounds, seconds=given.seconds or Plan.seconds)
    with directory("bench") as root, running_stack(root / "data", "--no-demo", env=QUIET) as stack:
        bench = _loaded(stack, QUICK_SIZE if given.quick else data.Size())
        _print_ceiling(plan)
        growth = None if given.case else _growth(stack, bench)
        lines = _measure(bench, cases, plan)
        told = [] if growth is None else _tell(stack, growth)
    wrong = [line for line in lines if line.gateway.errors or not (given.quick or line.met)]
    for line in wrong:
        print(f"{line.case}, {line.connections} connections: {line.gateway.example or 'target missed'}")
    return not wrong and (given.quick or all(figure.met for figure in told))


def _crowd(given: argparse.Namespace, parts: Sequence[str]) -> bool:
    """Measures feeds and jobs on many users; tells whether all targets are met. A quick one leaves no data behind."""
    if not given.quick:
        return all(figure.met for figure in scale.measure(scale.Wish(parts, given.users, given.seconds, given.data)))
    with directory("bench-crowd") as root:
        told = scale.measure(scale.Wish(parts, QUICK_SIZE.users, QUICK_SECONDS, root, processes=(1,)))
    return not any(figure.value for figure in told if figure.name == figures.WRONG)


def _loaded(stack: Stack, size: data.Size) -> Bench:
    begun = time.perf_counter()
    keys = data.load(inside.addresses(stack).admin, size)
    print(f"{size.users} users and {size.posts} posts loaded in {time.perf_counter() - begun:.0f} s")
    return _bench(stack, keys)


def _measure(bench: Bench, cases: Sequence[Case], plan: Plan) -> list[Line]:
    print(HEAD, flush=True)
    lines = []
    for line in bench.lines(cases, plan):
        print(line.text(), flush=True)
        lines.append(line)
    return lines


def _growth(stack: Stack, bench: Bench) -> Figure:
    """Measured first, before the rounds leave the process room that it has already grown into."""
    rows = min(figures.ROWS, bench.keys.size.posts // 2)
    return figures.streaming(stack.port, stack.pid("gateway"), bench.tokens[0], rows)


def _tell(stack: Stack, growth: Figure) -> list[Figure]:
    told = [*figures.hit_rates(stack.port), *planning(inside.addresses(stack).gateway), growth]
    print(*(figure.text() for figure in told), sep="\n", flush=True)
    return told


def _bench(stack: Stack, keys: data.Keys) -> Bench:
    signer = inside.signer(stack)
    until = int(time.time()) + TOKEN_SECONDS
    tokens = [signer.make(keys.reader(number), exp=until) for number in range(data.READERS)]
    script = partial(_script, stack, keys, tokens)
    return Bench(stack.port, tokens, postgres_bin() / "pgbench", inside.addresses(stack).gateway, keys, script)


def _script(stack: Stack, keys: data.Keys, tokens: Sequence[str], case: Case) -> Script:
    reader, key = case.draw(keys, 0)
    captured = asyncio.run(capture.capture(inside.gateway_environment(stack), case, case.ask(key), tokens[reader]))
    return translate.script(case, keys, key, keys.reader(reader), captured)


def _print_ceiling(plan: Plan) -> None:
    request = CASES[0].ask(1).encode("x" * 300)
    for connections in plan.connections:
        reached = ceiling.ceiling(request, connections, plan.seconds).rate
        print(f"the load generator alone, {connections} connections: {reached:,.0f} requests a second")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
