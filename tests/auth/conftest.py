"""One gateway for a module; accounts have names of their own, so tests do not meet."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.support.databases import Database
from tests.support.gateways import Gateway, Setup, running_gateway


@pytest.fixture(scope="module")
async def gateway(module_database: Database, valkey_server: str) -> AsyncIterator[Gateway]:
    """Account routes with generous limits."""
    async with running_gateway(Setup(module_database.url_as("authenticator"), valkey_server)) as running:
        yield running
