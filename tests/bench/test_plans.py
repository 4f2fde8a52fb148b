from __future__ import annotations

import asyncio

import pytest

from daira.migrate import packaged_source
from daira.progress import Progress
from daira.seed import load_scale
from tests.bench import plans
from tests.bench.pages import PAGES
from tests.bench.plan_report import report
from tests.bench.server_side import Asked, Run, Told
from tests.support.databases import Database


@pytest.fixture(scope="module")
def crowd(module_database: Database) -> Database:
    load_scale(packaged_source(), module_database.url, 1_000, Progress())
    return module_database


def test_every_page_is_asked_for_and_told(crowd: Database) -> None:
    measured = asyncio.run(plans.measure(crowd.url, PAGES, draws=2))
    text = report(measured, draws=2)
    assert [told.page for told in measured] == [page.name for page in PAGES]
    assert text.count("\n## ") == len(PAGES)
    assert "posts_past_pkey" in text


def test_the_median_and_the_tail_are_those_of_the_runs() -> None:
    runs = [Run(Asked("", [], []), float(number)) for number in range(1, 101)]
    assert Told("page", runs, []).figures == (51, 96, 100, 100)
