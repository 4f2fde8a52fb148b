"""`python -m tests.bench [--quick] [--only NAME]`: brings a stack up, loads the data, measures, prints the table."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from functools import partial

from daira.servers.wheels import postgres_bin
from tests.bench import capture, ceiling, data, figures, inside, translate
from tests.bench.cases import CASES, Case
from tests.bench.figures import Figure
from tests.bench.planning import planning
from tests.bench.report import HEAD, Line
from tests.bench.rounds import Bench, Plan
from tests.bench.yardstick import Script
from tests.support.servers import directory
from tests.support.stacks import Stack, running_stack

QUICK = Plan(connections=(16,), rounds=1, seconds=1.0, requests=2_000)
QUICK_SIZE = data.Size(users=2_000, posts=30_000)
TOKEN_SECONDS = 86_400
QUIET = {"LOG_LEVEL": "WARNING", "RATE_LIMIT_API": "1000000000/1m"}


def main(arguments: list[str]) -> int:
    """The exit code: 1 when an answer was wrong or a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small data, one short round; the shares mean nothing")
    parser.add_argument("--rounds", type=int, default=Plan.rounds, help="rounds for each line; medians are printed")
    parser.add_argument("--seconds", type=float, default=Plan.seconds, help="length of a round")
    parser.add_argument("--only", default="", metavar="NAME", help="the cases with NAME in their names, and no figures")
    given = parser.parse_args(arguments)
    cases = [case for case in CASES if given.only in case.name]
    if not cases:
        parser.error(f"no case has {given.only!r} in its name: {', '.join(case.name for case in CASES)}")
    plan = QUICK if given.quick else Plan(rounds=given.rounds, seconds=given.seconds)
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before anything of the bench runs")
    with directory("bench") as root, running_stack(root / "data", "--no-demo", env=QUIET) as stack:
        bench = _loaded(stack, QUICK_SIZE if given.quick else data.Size())
        _print_ceiling(plan)
        growth = None if given.only else _growth(stack, bench)
        lines = _measure(bench, cases, plan)
        told = [] if growth is None else _tell(stack, growth)
    wrong = [line for line in lines if line.gateway.errors or not (given.quick or line.met)]
    for line in wrong:
        print(f"{line.case}, {line.connections} connections: {line.gateway.example or 'target missed'}")
    return 1 if wrong or not (given.quick or all(figure.met for figure in told)) else 0


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
