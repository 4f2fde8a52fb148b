"""Makes the fixtures of tests/support known to tests/ and to the pgTAP files in db/tests/."""

from __future__ import annotations

import pytest

pytest_plugins = ("tests.support.fixtures",)


def pytest_configure(config: pytest.Config) -> None:
    """pytest-pgtap reports each TAP line through a class that pytest calls private."""
    config.addinivalue_line("filterwarnings", "ignore:A private pytest class:pytest.PytestDeprecationWarning")
