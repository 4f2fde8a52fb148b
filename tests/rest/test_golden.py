"""Golden requests: the request, the answer, and the SQL in between. The files are changed by hand only.

A file holds the request line, its user in `As:`, the SQL, the status, the body, separated by blank lines.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from gateway.catalog.watch import CatalogWatcher
from gateway.rest.lexer import lex
from gateway.rest.plans import compile_read
from gateway.settings import ApiSettings
from tests.rest.conftest import bearer

GOLDEN = sorted(Path(__file__).with_name("golden").glob("*.txt"))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
async def test_golden(path: Path, api: httpx.AsyncClient, settings: ApiSettings) -> None:
    head, sql, status, body = _parts(path)
    target, user = head.removeprefix("GET /rest/v1/").split("\nAs: ")
    answer = await api.get(target, headers=bearer(int(user)))
    assert await _sql_of(target, settings) == sql
    assert f"{answer.status_code} {answer.headers['content-range']}" == status
    assert answer.text == body


def _parts(path: Path) -> list[str]:
    return path.read_text().rstrip("\n").split("\n\n", 3)


async def _sql_of(target: str, settings: ApiSettings) -> str:
    watcher = CatalogWatcher(settings.pgrst_db_uri, settings.pgrst_db_schemas)
    await watcher.start()
    await watcher.close()
    name, _, query = target.partition("?")
    return compile_read(watcher.current(), ("api", name), lex(query)).statement.text


def test_there_are_golden_requests() -> None:
    assert len(GOLDEN) >= 12
