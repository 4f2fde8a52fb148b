"""Schemas are made before anyone asks for them."""

from __future__ import annotations

import asyncio

import pytest

from gateway import early as early_module
from gateway.background import Background
from gateway.catalog.watch import CatalogWatcher
from gateway.early import Early
from gateway.graphql.endpoint import GraphQLEndpoint
from gateway.lanes import Lanes
from tests.support.databases import Database


async def test_at_the_start_and_after_each_reading(
    lanes: Lanes, people: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_module, "_AFTER_START_S", 0)
    watcher, background = CatalogWatcher(people.url_as("authenticator"), ["library"]), Background()
    endpoint = GraphQLEndpoint(lanes, watcher.current)
    early = Early(background, lambda: endpoint, lambda: ("anon", "nobody at all"))
    watcher.on_change(early)
    await watcher.start()
    await background.idle()
    assert endpoint.roles == {"anon"}
    await endpoint.api("authenticated")
    read = asyncio.Event()
    watcher.on_change(lambda _: read.set())
    watcher.reload()
    await read.wait()
    await background.idle()
    assert {api.version for api in endpoint._apis.values()} == {watcher.current().version}
    assert endpoint.roles == {"anon", "authenticated"}
    await background.close()
    await watcher.close()


async def test_what_runs_is_stopped_at_the_end() -> None:
    background, begun = Background(), asyncio.Event()

    async def forever() -> None:
        begun.set()
        await asyncio.Event().wait()

    background.start(forever())
    await begun.wait()
    async with asyncio.timeout(1):
        await background.close()
