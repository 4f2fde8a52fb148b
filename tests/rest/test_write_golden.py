"""Golden writes and calls: the request, the SQL, and the whole answer. The files are changed by hand only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from daira.servers.postgres import PostgresPlace
from gateway.lanes import Lanes, Rows
from tests.rest.writing import send, writing_api, writing_database, written

GOLDEN = sorted(Path(__file__).with_name("golden_writes").glob("*.txt"))


@pytest.fixture(scope="module")
async def undoing(postgres: PostgresPlace) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway that keeps nothing of what is written."""
    with writing_database(postgres, "golden_writes") as database:
        async with writing_api(database, pgrst_db_tx_end="rollback") as client:
            yield client


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that went to the lanes; not the one that asks what a role may do, which comes at any time."""
    texts: list[str] = []
    run = Lanes.run

    async def noting(self: Lanes, identity: Any, statement: Any, *more: Any) -> Rows:
        if "has_table_privilege" not in statement.text:
            texts.append(statement.text)
        return await run(self, identity, statement, *more)

    monkeypatch.setattr(Lanes, "run", noting)
    return texts


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
async def test_golden_write(path: Path, undoing: httpx.AsyncClient, said: list[str]) -> None:
    request, sql, answer = _parts(path)
    got = await send(undoing, request)
    assert written(got) == answer
    assert said == ([sql] if sql else [])


def _parts(path: Path) -> list[str]:
    return path.read_text().removesuffix("\n").split("\n----\n")


def test_there_are_golden_writes() -> None:
    assert len(GOLDEN) >= 60
