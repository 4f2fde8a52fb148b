from __future__ import annotations

import re

import httpx

from tests.jobs.people import delivered, make_author, publish
from tests.jobs.workers import eventually, working
from tests.support.databases import Database


async def test_health_and_metrics_of_a_worker(database: Database) -> None:
    author = make_author(database, 2)
    async with working(database, monitor_port=0) as supervisor, httpx.AsyncClient() as client:
        await eventually(lambda: supervisor.is_working)
        url = f"http://127.0.0.1:{supervisor.monitor_port}"
        post = publish(database, author)
        await eventually(lambda: delivered(database, post) == 2)
        health, metrics, other = [await client.get(url + path) for path in ("/health", "/metrics", "/other")]
    assert (health.status_code, health.json()) == (200, {"status": "up", "queues": "all"})
    assert re.search(r'daira_jobs_finished_total{outcome="succeeded",queue="post.created",.*} 1.0', metrics.text)
    assert other.status_code == 404


async def test_metrics_tell_how_long_jobs_wait_and_what_was_measured(database: Database) -> None:
    database.execute("select ops.defer('nobody.serves', 't', '{}') from generate_series(1, 20)")
    database.execute(
        "update procrastinate.procrastinate_events set at = now() - interval '60 seconds' where job_id <= 19"
    )
    database.execute("select ops.count_open_reports()")
    async with working(database, monitor_port=0, queues=("ad.impression",)) as supervisor:
        await eventually(lambda: supervisor.is_working)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{supervisor.monitor_port}", timeout=30) as client:
            metrics = (await client.get("/metrics")).text
    assert re.search(r'daira_queue_waiting_seconds_p95{queue="nobody.serves"} 6\d', metrics)
    assert 'daira_queue_jobs{queue="nobody.serves",state="waiting"} 20.0' in metrics
    assert 'daira_queue_waiting_seconds_p95{queue="media"} 0.0' in metrics
    assert 'daira_queue_dead_letters{queue="media"} 0.0' in metrics
    assert 'daira_measured{name="open_reports"} 0.0' in metrics


async def test_health_says_when_the_database_is_away(database: Database) -> None:
    async with working(Database(database.place, "nowhere"), monitor_port=0) as supervisor:
        await eventually(lambda: supervisor.monitor_port is not None)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{supervisor.monitor_port}") as client:
            answers = [await client.get("/health"), await client.get("/metrics")]
    assert [answer.status_code for answer in answers] == [503, 503]
