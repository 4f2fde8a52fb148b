"""Golden reads of the schema of reading.sql. The files are changed by hand only.

A file holds the request line and its headers, the SQL (empty where no statement is made), the status and the headers
that matter, and the body, separated by blank lines.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from gateway.catalog.model import Catalog
from gateway.catalog.watch import CatalogWatcher
from gateway.rest.errors import RestError
from gateway.rest.plans import compile_read
from gateway.rest.preferences import parse_preferences
from gateway.rest.ranges import lex_ranged
from gateway.rest.scope import Rules
from tests.rest.reading import reading_settings
from tests.support.databases import Database

GOLDEN = sorted((Path(__file__).parent / "golden" / "reading").glob("*.txt"))
KEPT = ("content-range", "content-type", "preference-applied", "warning")
SCHEMA = "odd schéma"


@pytest.fixture(scope="module")
async def catalog(library: Database) -> Catalog:
    """The catalogue of the schema."""
    settings = reading_settings(library)
    watcher = CatalogWatcher(settings.pgrst_db_uri, settings.pgrst_db_schemas)
    await watcher.start()
    await watcher.close()
    return watcher.current()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
async def test_golden(path: Path, web: httpx.AsyncClient, catalog: Catalog) -> None:
    request, sql, answer, body = parts(path)
    line, *headers = request.splitlines()
    target = line.removeprefix("GET /rest/v1/")
    given = dict(header.split(": ", 1) for header in headers)
    found = await web.get(target, headers=given)
    assert statement(catalog, target, given) == sql
    assert summary(found) == answer
    assert found.text == body


def parts(path: Path) -> list[str]:
    """The four parts of a file."""
    return path.read_text().rstrip("\n").split("\n\n", 3)


def statement(catalog: Catalog, target: str, headers: dict[str, str]) -> str:
    """The SQL of a request, `-` where it is refused before there is one."""
    name, _, query = target.partition("?")
    count = parse_preferences(headers.get("prefer", "")).count
    try:
        lexed = lex_ranged(query, headers.get("range"))
        return compile_read(catalog, (SCHEMA, name), lexed, count=count, rules=Rules(aggregates=True)).statement.text
    except RestError:
        return "-"


def summary(answer: httpx.Response) -> str:
    """The status and the headers that matter."""
    kept = [f"{name}: {answer.headers[name]}" for name in KEPT if name in answer.headers]
    return "\n".join([str(answer.status_code), *kept])


def test_there_are_golden_reads() -> None:
    assert len(GOLDEN) >= 60
