"""`daira api` in the test's process, asked as nour (1001), omar (1002) or the private account hidden (1003)."""

from __future__ import annotations

from tests.rest.conftest import api, people, settings

__all__ = ["api", "people", "settings"]
