"""/health and /metrics, with everything there and with things missing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from jobs.app import make_app
from services.objects import StoreConfig
from tests.support.databases import Database
from tests.support.gateways import Gateway, Setup, running_gateway

NOBODY = "redis://127.0.0.1:1/0"
NO_DATABASE = "postgresql://authenticator@127.0.0.1:1/daira"


@pytest.fixture(scope="module")
async def gateway(module_database: Database, valkey_server: str, object_store: StoreConfig) -> AsyncIterator[Gateway]:
    """A gateway that has all that it needs but a worker."""
    async with running_gateway(Setup(module_database.url_as("authenticator"), valkey_server, object_store)) as running:
        yield running


async def test_without_a_worker_the_gateway_is_degraded_and_serves(gateway: Gateway) -> None:
    answer = await gateway.client.get("/health")
    assert answer.status_code == 200
    report = answer.json()
    assert (report["status"], report["live"], report["ready"]) == ("degraded", True, True)
    assert set(report["dependencies"]) == {"database", "valkey", "object_store", "jobs"}
    assert all(each["latency_ms"] > 0 for each in report["dependencies"].values())
    assert report["dependencies"]["jobs"]["workers"] == 0


async def test_with_a_worker_all_is_well(database: Database, valkey_server: str, object_store: StoreConfig) -> None:
    app = make_app(database.url_as("worker"), concurrency=1)
    setup = Setup(database.url_as("authenticator"), valkey_server, object_store)
    async with running_gateway(setup) as gateway, app.open_async():
        await app.job_manager.register_worker()
        answer = await gateway.client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


@pytest.mark.parametrize(("missing", "ready"), [("database", 503), ("valkey", 200), ("object_store", 200)])
async def test_what_is_missing_is_named(
    module_database: Database, valkey_server: str, object_store: StoreConfig, missing: str, ready: int
) -> None:
    setup = Setup(
        NO_DATABASE if missing == "database" else module_database.url_as("authenticator"),
        NOBODY if missing == "valkey" else valkey_server,
        Setup("", "").store if missing == "object_store" else object_store,
    )
    async with running_gateway(setup) as gateway:
        answer = await gateway.client.get("/health")
        assert (answer.status_code, answer.json()["status"]) == (503, "down")
        down = {name for name, each in answer.json()["dependencies"].items() if each["status"] == "down"}
        assert missing in down
        assert (await gateway.client.get("/health/ready")).status_code == ready
        assert (await gateway.client.get("/health/live")).status_code == 200


async def test_it_asks_at_most_twice_a_second(gateway: Gateway) -> None:
    first, second = [await gateway.client.get("/health") for _ in range(2)]
    assert first.json() == second.json()


async def test_metrics_can_be_read_and_count(gateway: Gateway) -> None:
    async def families() -> dict[str, dict[tuple[str, ...], float]]:
        page = (await gateway.client.get("/metrics")).text
        return {
            family.name: {tuple(sample.labels.values()): sample.value for sample in family.samples}
            for family in text_string_to_metric_families(page)
        }

    before = await families()
    await gateway.client.get("/auth/me")
    after = await families()
    key = ("auth", "401")
    assert after["daira_requests"][key] == before["daira_requests"].get(key, 0) + 1
    assert after["daira_lanes_connected"][("read",)] == 2
    assert after["process_resident_memory_bytes"]


class TestRequestIds:
    """X-Request-Id in and out."""

    @pytest.mark.parametrize("given", ["abc", "01HXYZ-5.6_7:8/9+=", "x" * 128])
    async def test_a_harmless_one_is_kept(self, gateway: Gateway, given: str) -> None:
        assert await _id(gateway, given.encode()) == given

    @pytest.mark.parametrize("given", [b"", b"a b", b'{"x":1}', b"x" * 129, "é".encode(), b"a\tb"])
    async def test_another_one_is_replaced(self, gateway: Gateway, given: bytes) -> None:
        assert await _id(gateway, given) != given.decode("latin-1")

    async def test_two_requests_have_two(self, gateway: Gateway) -> None:
        assert await _id(gateway, None) != await _id(gateway, None)


async def _id(gateway: Gateway, given: bytes | None) -> str:
    headers = httpx.Headers([(b"x-request-id", given)]) if given is not None else None
    return (await gateway.client.get("/health/live", headers=headers)).headers["x-request-id"]
