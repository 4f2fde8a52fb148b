from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.stack import Stack, running_stack


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """One stack for the module, as `daira up` brings it up."""
    with running_stack(LOG_LEVEL="WARNING") as running:
        yield running
