"""Golden operations: the document, the statement that it becomes, and the answer.

A document may begin with a comment that holds its options as JSON: variables, operation, role, user, schema, `varies`
where the answer is not the same each time, `fails` where the database refuses it, and `refused` where no statement is
made. `GOLDEN=write` in the environment writes the statements and answers anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from gateway.graphql.role_api import Compiled
from gateway.http import Request
from tests.graphql.conftest import JSON_BODY, Client, role_api
from tests.support.databases import Database

GOLDEN = Path(__file__).parent / "golden"
DOCUMENTS = sorted(GOLDEN.glob("*.graphql"), key=lambda path: ("mutation" in path.read_text(), path.name))
"""Changes come last, after every answer that they would change."""
_BREAK = re.compile(r" (?=(?:from \(|from \"|left join lateral|where|order by|limit) ?)")


@pytest.fixture(scope="module", autouse=True)
def more(people: Database) -> None:
    """What golden.sql adds."""
    with people.connect() as conn:
        conn.execute((GOLDEN.parent / "golden.sql").read_bytes())


def options(text: str) -> dict[str, Any]:
    return dict(json.loads(text.splitlines()[0][2:])) if text.startswith("# {") else {}


def check(path: Path, found: str) -> None:
    if os.environ.get("GOLDEN") == "write":
        path.write_text(found)
    assert path.read_text() == found


def written(compiled: Compiled) -> str:
    """A statement as a golden file has it."""
    params = [f"-- ${n} = {json.dumps(value, ensure_ascii=False)}\n" for n, value in enumerate(compiled.params, 1)]
    return "".join(params) + _BREAK.sub("\n", compiled.sql) + "\n"


PLANNED = [path for path in DOCUMENTS if not options(path.read_text()).get("refused")]


@pytest.mark.parametrize("path", PLANNED, ids=lambda path: path.stem)
def test_statement(path: Path, people: Database) -> None:
    text = path.read_text()
    given = options(text)
    api = role_api(people, given.get("schema", "api"), given.get("role", "authenticated"))
    compiled = api.compile(text, given.get("variables"), given.get("operation"))
    check(path.with_suffix(".sql"), "\n".join(map(written, compiled)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
async def test_answer(path: Path, daira: Client, library: Client) -> None:
    text = await asyncio.to_thread(path.read_text)
    given = options(text)
    client = library if given.get("schema") == "library" else daira
    asked = {"query": text, "variables": given.get("variables"), "operationName": given.get("operation")}
    body = json.dumps(asked).encode()
    request = Request("POST", "", "", JSON_BODY, body)
    answer = await client.send(request, given.get("role", "authenticated"), given.get("user", 1001))
    is_error = bool(given.get("fails") or given.get("refused"))
    assert ("errors" in json.loads(answer.body)) is is_error, answer
    if not given.get("varies"):
        check(path.with_suffix(".json"), json.dumps(json.loads(answer.body), ensure_ascii=False, indent=2) + "\n")


def test_planning_is_deterministic(people: Database) -> None:
    document = (GOLDEN / "fragments.graphql").read_text()
    apis = [role_api(people, "api", "authenticated") for _ in range(2)]
    variables = options(document)["variables"]
    assert len({api.compile(document, variables)[0].sql for api in apis}) == 1


def test_a_repeated_operation_is_not_planned_again(people: Database) -> None:
    document = (
        "query ($id: BigInt, $on: Boolean!) "
        "{userCollection(filter: {id: {eq: $id}}) {edges {node {id name @include(if: $on)}}}}"
    )
    prepared = role_api(people, "api", "authenticated").prepare(document, None)
    given = ({"id": 1, "on": True}, {"id": 2, "on": True}, {"id": 1, "on": False}, {"id": None, "on": True})
    assert len({id(prepared.plan(prepared.variables(variables))) for variables in given}) == 3
