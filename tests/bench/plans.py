"""`python -m tests.bench.plans --url URL`: what pages take in a database that `daira seed --scale` filled.

URL is the superuser's address. The gateway makes the statements; they run here again, as the same user with the same
settings, and the server tells how long each took.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx
import psycopg
from psycopg.conninfo import make_conninfo

from gateway.app import build
from gateway.lanes import Lanes
from gateway.lanes.work import Work
from gateway.settings import Settings
from tests.bench.cases import Ask
from tests.bench.pages import PAGES, READERS, Page
from tests.bench.plan_report import report
from tests.bench.server_side import Asked, Run, Server, Told
from tests.support.asgi import serving
from tests.support.tokens import Tokens

SECRET = "the secret of a gateway that measures itself"
DRAWS = 200
LIMIT_MS = 20.0


@dataclass(frozen=True)
class Draw:
    """Somebody who asks for a page."""

    reader: int
    subject: Any


def main(arguments: list[str]) -> int:
    """The exit code: 1 when a page takes longer than it may."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.plans", description=__doc__)
    parser.add_argument("--url", required=True, help="the superuser's address of the database")
    parser.add_argument("--draws", type=int, default=DRAWS, help="how often each page is asked for")
    parser.add_argument("--only", default="", metavar="NAME", help="the pages with NAME in their names")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table and the plans here")
    given = parser.parse_args(arguments)
    pages = [page for page in PAGES if given.only in page.name]
    measured = asyncio.run(measure(given.url, pages, given.draws))
    if given.write:
        given.write.write_text(report(measured, given.draws))
    return 1 if any(told.p95 > LIMIT_MS for told in measured) else 0


async def measure(url: str, pages: Sequence[Page], draws: int) -> list[Told]:
    """Asks for each page, and prints a line for it."""
    told = []
    with patch.dict("os.environ", _environment(url)), _recorded() as works, Server(url) as server:
        async with serving(build(Settings())) as client:  # type: ignore[call-arg]  # they come from the environment
            for page in pages:
                runs = [await _run(client, works, server, page, draw) for draw in _drawn(url, page, draws)]
                told.append(Told(page.name, runs, server.explain(_median(runs))))
                print(told[-1].text(), flush=True)
    return told


def _median(runs: Sequence[Run]) -> Asked:
    return sorted(runs, key=lambda run: run.milliseconds)[len(runs) // 2].asked


async def _run(client: httpx.AsyncClient, works: list[Work], server: Server, page: Page, draw: Draw) -> Run:
    works.clear()
    await _send(client, page.ask(draw.subject), Tokens(SECRET).make(draw.reader))
    asked = Asked(works[0].settings_text, works[0].settings, [part for work in works for part in _parts(work)])
    return server.run(asked)


async def _send(client: httpx.AsyncClient, ask: Ask, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    # In a task of its own, as under a server: the gateway cancels the task of a request whose client has gone.
    answer = await asyncio.create_task(client.request(ask.method, ask.path, content=ask.body, headers=headers))
    assert answer.is_success, answer.text
    assert b'"errors"' not in answer.content, answer.text


def _parts(work: Work) -> list[tuple[str, Sequence[bytes | None]]]:
    return [(work.text, work.params), *work.further]


def _drawn(url: str, page: Page, draws: int) -> Iterator[Draw]:
    """Whom the page is shown to, and about whom: first those with most to show."""
    with psycopg.connect(url) as conn:
        heavy = conn.execute(page.heavy.encode()).fetchall() if page.heavy else []
        subjects = [*heavy, *conn.execute(page.drawn.encode(), [draws]).fetchall()]
        readers = conn.execute(READERS.encode(), [len(subjects)]).fetchall()
    for subject, (reader,) in zip(subjects[:draws], readers, strict=False):
        yield Draw(subject[0] if page.is_own or len(subject) == 2 else reader, subject[-1])


@contextmanager
def _recorded() -> Iterator[list[Work]]:
    """Collects what is run as a signed-in user."""
    found: list[Work] = []
    make = Lanes._work

    def record(lanes: Lanes, identity: Any, *more: Any) -> Work:
        work = make(lanes, identity, *more)
        if identity.user_id:
            found.append(work)
        return work

    with patch.object(Lanes, "_work", record):
        yield found


def _environment(url: str) -> Mapping[str, str]:
    """A gateway with nothing but a database: no page needs more, and limits are then counted in the process."""
    nowhere = {"REDIS_URL": "redis://127.0.0.1:1", "MINIO_ENDPOINT": "127.0.0.1:1"}
    return {
        **nowhere,
        "PGRST_DB_URI": make_conninfo(url, user="authenticator"),
        "MINIO_ACCESS_KEY": "nobody",
        "MINIO_SECRET_KEY": "nothing",
        "JWT_SECRET": SECRET,
        "RATE_LIMIT_API": "1000000000/1m",
        "LOG_LEVEL": "ERROR",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
