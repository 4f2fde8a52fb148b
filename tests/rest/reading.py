"""`daira api` on the schema of reading.sql."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from gateway.settings import ApiSettings
from tests.rest.foreign import SECRET
from tests.support.databases import Database

SCHEMA = Path(__file__).with_name("reading.sql")


def reading_settings(database: Database, **more: Any) -> ApiSettings:
    """The settings of a gateway whose anonymous role reads everything."""
    usual: dict[str, Any] = {
        "pgrst_db_uri": database.url,
        "pgrst_db_schemas": ("odd schéma",),
        "pgrst_db_anon_role": "Odd Reader",
        "pgrst_jwt_secret": SECRET,
        "pgrst_log_level": "crit",
        "log_level": "CRITICAL",
    }
    return ApiSettings(**{**usual, **more})


async def rows(web: httpx.AsyncClient, target: str) -> Any:
    """The rows of a read that must succeed."""
    answer = await web.get(target)
    assert answer.status_code == 200, answer.text
    return answer.json()
