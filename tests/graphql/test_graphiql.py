"""GraphiQL at the endpoint: its page and files, and a query that a real browser runs in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from daira.graphiql import PACKAGES, GraphiqlMissingError, Package, _pack, provide
from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.graphql.ide import VENDOR
from gateway.graphql.options import Options
from gateway.http import Request
from tests.graphql.conftest import Client
from tests.rest.conftest import SECRET, bearer
from tests.rest.process import Process, running
from tests.support.browser import page
from tests.support.databases import Database

BROWSER = ((b"accept", b"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),)


@pytest.fixture(scope="module", autouse=True)
def files() -> None:
    provide()


@pytest.fixture(scope="module")
def served(people: Database) -> Iterator[Process]:
    own = {"PGRST_DB_SCHEMAS": "api", "PGRST_DB_ANON_ROLE": "anon", "PGRST_JWT_SECRET": SECRET}
    with running(people.url_as("authenticator"), **own) as made:
        made.until_answers("users")
        yield made


def get(path: str = "", headers: tuple[tuple[bytes, bytes], ...] = BROWSER, query: str = "") -> Request:
    return Request("GET", path, query, headers, b"")


@pytest.mark.parametrize("path", ["", "v1"])
async def test_a_browser_gets_the_page_under_a_strict_policy(daira: Client, path: str) -> None:
    answer = await daira.send(get(path))
    headers = dict(answer.headers)
    assert (answer.status, headers[b"content-type"]) == (200, b"text/html; charset=utf-8")
    assert headers[b"content-security-policy"].startswith(b"default-src 'none'; script-src 'self';")
    assert b"//" not in answer.body, "nothing comes from elsewhere"
    assert b"<script>" not in answer.body


@pytest.mark.parametrize("name", [*(Path(file).name for package in PACKAGES for file in package.files), "page.js"])
async def test_files_of_the_page(daira: Client, name: str) -> None:
    answer = await daira.send(get(f"ide/{name}", ()))
    assert (answer.status, len(answer.body) > 100) == (200, True)


@pytest.mark.parametrize("path", ["ide/", "ide/nothing.js", "ide/../endpoint.py", "ide/page.html"])
async def test_nothing_else_is_shown(daira: Client, path: str) -> None:
    assert (await daira.send(get(path, ()))).status == 404


async def test_others_than_browsers_get_answers(daira: Client) -> None:
    answer = await daira.send(get(query="query={__typename}", headers=()))
    assert json.loads(answer.body) == {"data": {"__typename": "Query"}}


async def test_the_page_can_be_turned_off(daira: Client) -> None:
    endpoint = GraphQLEndpoint(daira.endpoint._lanes, daira.endpoint._catalog, Options(has_ide=False))
    assert (await Client(endpoint).send(get())).status == 400
    assert (await Client(endpoint).send(get("ide/page.js", ()))).status == 404


def test_a_query_with_a_token_in_a_browser(served: Process, tmp_path: Path) -> None:
    headers = json.dumps(json.dumps(bearer(1001)))
    address = f"http://127.0.0.1:{served.port}/graphql?{urlencode({'query': '{me {username}}'})}"
    with page(tmp_path) as opened:
        opened.open(address)
        opened.until("document.querySelector('.graphiql-execute-button')")
        opened.until("document.querySelector('.graphiql-query-editor').innerText.includes('username')")
        opened.until(
            "(document.querySelectorAll('.graphiql-editor-tool .CodeMirror')"
            f"[1].CodeMirror.setValue({headers}), document.querySelector('.graphiql-execute-button').click(), true)"
        )
        assert opened.until("document.querySelector('.result-window').innerText.includes('nour')")
        assert opened.complaints == []


def test_what_npm_gives_is_checked(tmp_path: Path) -> None:
    wrong = Package("react@18.2.0", "0" * 64, ())
    with pytest.raises(GraphiqlMissingError, match="checksum"):
        _pack(wrong, tmp_path)
    shutil.copytree(VENDOR, tmp_path / "vendor")
    provide(tmp_path / "vendor")
