"""`python -m tests.bench [--quick]`: brings a stack up, loads the data set, measures, prints the table."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from functools import partial

from daira.servers.wheels import postgres_bin
from tests.bench import capture, ceiling, data, inside, translate
from tests.bench.cases import CASES, Case
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
    given = parser.parse_args(arguments)
    plan = QUICK if given.quick else Plan(rounds=given.rounds, seconds=given.seconds)
    print(f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f} before anything of the bench runs")
    with directory("bench") as root, running_stack(root / "data", "--no-demo", env=QUIET) as stack:
        lines = _measure(stack, plan, QUICK_SIZE if given.quick else data.Size())
    wrong = [line for line in lines if line.gateway.errors or not (given.quick or line.met)]
    for line in wrong:
        print(f"{line.case}, {line.connections} connections: {line.gateway.example or 'target missed'}")
    return 1 if wrong else 0


def _measure(stack: Stack, plan: Plan, size: data.Size) -> list[Line]:
    begun = time.perf_counter()
    keys = data.load(inside.addresses(stack).admin, size)
    print(f"{size.users} users and {size.posts} posts loaded in {time.perf_counter() - begun:.0f} s")
    _print_ceiling(plan)
    bench = _bench(stack, keys)
    print(HEAD, flush=True)
    lines = []
    for line in bench.lines(CASES, plan):
        print(line.text(), flush=True)
        lines.append(line)
    return lines


def _bench(stack: Stack, keys: data.Keys) -> Bench:
    signer = inside.signer(stack)
    until = int(time.time()) + TOKEN_SECONDS
    tokens = [signer.make(keys.reader(number), exp=until) for number in range(data.READERS)]
    script = partial(_script, stack, keys, tokens[0])
    return Bench(stack.port, tokens, postgres_bin() / "pgbench", inside.addresses(stack).gateway, keys, script)


def _script(stack: Stack, keys: data.Keys, token: str, case: Case) -> Script:
    key = case.draw(keys)
    captured = asyncio.run(capture.capture(inside.gateway_environment(stack), case, case.ask(key), token))
    return translate.script(case, keys, key, keys.reader(0), captured)


def _print_ceiling(plan: Plan) -> None:
    request = CASES[0].ask(1).encode("x" * 300)
    for connections in plan.connections:
        reached = ceiling.ceiling(request, connections, plan.seconds).rate
        print(f"the load generator alone, {connections} connections: {reached:,.0f} requests a second")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
