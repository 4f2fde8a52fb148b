"""The analytics store of these tests."""

from __future__ import annotations

import pytest

from services.clickhouse import StoreConfig, prepare
from tests.support.stores import FOLDER


@pytest.fixture
async def store(clickhouse: StoreConfig) -> StoreConfig:
    """A store with its table and views, empty."""
    await prepare(clickhouse, FOLDER)
    return clickhouse
