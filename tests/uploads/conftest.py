"""A gateway with the run's object store."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.objects import StoreConfig
from tests.support.databases import Database
from tests.support.gateways import Gateway, Setup, running_gateway


@pytest.fixture(scope="module")
async def gateway(module_database: Database, valkey_server: str, object_store: StoreConfig) -> AsyncIterator[Gateway]:
    """Upload routes on the real store."""
    async with running_gateway(Setup(module_database.url_as("authenticator"), valkey_server, object_store)) as running:
        await running.store.ensure_buckets()
        yield running
