"""`daira api` on a database that is not DAIRA's."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import jwt

from gateway.app import build_api
from gateway.settings import ApiSettings
from tests.support.asgi import serving
from tests.support.databases import Database

SECRET = "a secret for the tests of a foreign database"
FOREIGN = Path(__file__).with_name("foreign.sql")


def settings_for(database: Database, **more: Any) -> ApiSettings:
    """The settings of a gateway on the foreign database."""
    usual: dict[str, Any] = {
        "pgrst_db_uri": database.url_as("OddLogin"),
        "pgrst_db_schemas": ("Odd Names", "second"),
        "pgrst_db_anon_role": "Web Anon",
        "pgrst_jwt_secret": SECRET,
        "pgrst_log_level": "crit",
        "log_level": "CRITICAL",
    }
    return ApiSettings(**{**usual, **more})


@asynccontextmanager
async def foreign_api(database: Database, **more: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client below /rest/v1 of a gateway with these settings."""
    async with serving(build_api(settings_for(database, **more))) as client:
        client.base_url = httpx.URL("http://gateway/rest/v1")
        yield client


def as_role(role: str, secret: str = SECRET, **claims: Any) -> dict[str, str]:
    """The header of a token for this role."""
    token = jwt.encode({"role": role, "exp": int(time.time()) + 600, **claims}, secret, "HS256")
    return {"authorization": f"Bearer {token}"}
