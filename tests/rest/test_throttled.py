"""RATE_LIMIT_API: counted per origin, health pages apart."""

from __future__ import annotations

import httpx
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from gateway.auth.throttle import parse_rate
from gateway.throttled import Throttled


async def test_the_request_after_the_last_one_is_refused_with_the_time_to_wait() -> None:
    pages = [Route(path, lambda _: PlainTextResponse("ok")) for path in ("/page", "/health")]
    transport = httpx.ASGITransport(Throttled(Starlette(routes=pages), parse_rate("2/10s")))
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
        statuses = [(await client.get("/page")).status_code for _ in range(3)]
        refused = await client.get("/page")
        assert statuses == [200, 200, 429]
        assert 1 <= int(refused.headers["retry-after"]) <= 5
        assert refused.json()["code"] == "DG010"
        assert (await client.get("/health")).status_code == 200
