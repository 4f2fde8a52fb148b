"""No request yields a 5xx: a grammar of our own, and schemathesis on the OpenAPI document.

A run takes FUZZ_SECONDS (ten by default) with a fixed seed; FUZZ_SEED and FUZZ_REQUESTS change that.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.rest.foreign import foreign_api
from tests.rest.fuzz import READ_ONLY, Shot, shot
from tests.rest.process import Process, running
from tests.support.databases import Database

SECONDS = float(os.environ.get("FUZZ_SECONDS", "10"))
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "20000"))
SEED = int(os.environ.get("FUZZ_SEED", "7"))
AT_ONCE = 16
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "15"))
UNWRITABLE = {f"{method} /{READ_ONLY}" for method in ("POST", "PATCH", "DELETE")}


@pytest.fixture(scope="module")
async def target(foreign: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Everything switched on; every transaction may be undone by its request."""
    more = {
        "pgrst_db_plan_enabled": True,
        "pgrst_db_aggregates_enabled": True,
        "pgrst_db_tx_end": "rollback",
        "pgrst_db_anon_role": "Éditeur",
    }
    async with foreign_api(foreign, **more) as client:
        yield client


async def _fire(client: httpx.AsyncClient, aimed: Shot) -> tuple[int, str] | None:
    """The status and body of an answer that should not be."""
    try:
        answer = await client.request(
            aimed.method, f"http://gateway/rest/v1/{aimed.target}", headers=aimed.headers, content=aimed.body
        )
    except httpx.InvalidURL:
        return None
    return (answer.status_code, answer.text[:300]) if answer.status_code >= 500 else None


async def test_no_request_of_the_grammar_yields_a_5xx(target: httpx.AsyncClient) -> None:
    random_, until = random.Random(SEED), time.monotonic() + SECONDS
    fired, wrong = 0, []
    while fired < REQUESTS and time.monotonic() < until:
        shots = [shot(random_) for _ in range(AT_ONCE)]
        outcomes = await asyncio.gather(*(_fire(target, aimed) for aimed in shots))
        wrong += [(aimed, outcome) for aimed, outcome in zip(shots, outcomes, strict=True) if outcome]
        fired += AT_ONCE
    assert fired >= 200
    assert wrong == []


@pytest.fixture(scope="module")
def described(foreign: Database) -> Iterator[Process]:
    """A process whose OpenAPI document schemathesis reads. It logs nothing, as nobody reads what it would."""
    quiet = {"PGRST_LOG_LEVEL": "crit", "LOG_LEVEL": "CRITICAL"}
    more = {"PGRST_DB_TX_END": "rollback", "PGRST_DB_ANON_ROLE": "Éditeur"}
    with running(foreign.url_as("OddLogin"), **quiet, **more) as made:
        made.until_answers("")
        yield made


def test_no_request_by_the_document_yields_a_5xx(described: Process) -> None:
    schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{described.port}/rest/v1/")
    operations = [result.ok() for result in schema.get_all_operations()]
    until = time.monotonic() + SECONDS
    for operation in operations:
        if operation.label not in UNWRITABLE and time.monotonic() < until:
            _exercise(operation.as_strategy())
    assert len(operations) > 20


def _exercise(cases: SearchStrategy[Any]) -> None:
    @seed(SEED)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def check(case: Any) -> None:
        assert case.call().status_code < 500

    check()
