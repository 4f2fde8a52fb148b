"""`daira up`: brings a whole stack up, keeps it up, and takes it down again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daira import analytics
from daira.buckets import prepare_buckets
from daira.environment import Addresses, local_addresses, service_environment, user_environment
from daira.errors import StackError
from daira.home import Home, home_at
from daira.keys import Keys, load_keys
from daira.migrate import Migrator, packaged_source
from daira.ports import LOOPBACK, Ports, choose_ports, require_free
from daira.progress import Progress
from daira.seed import DemoAccount, demo_account, has_users, load_demo, load_reference
from daira.servers import NotReadyError, Service
from daira.servers.clickhouse import external_clickhouse, prepare_clickhouse
from daira.servers.external import external_postgres, external_s3, external_valkey
from daira.servers.mail import prepare_mail
from daira.servers.postgres import PostgresPlace, ensure_database, place_in, prepare_postgres
from daira.servers.python import gateway_service, worker_service
from daira.servers.seaweed import forget_sockets, prepare_seaweed
from daira.servers.valkey import prepare_valkey
from daira.stack import HOW_TO_HAVE_ANALYTICS
from daira.supervisor import Supervisor
from services.clickhouse import StoreConfig
from services.objects import config_from


@dataclass(frozen=True)
class UpOptions:
    """What the command line says."""

    data: Path
    port: int = 8000
    demo: bool = True


@dataclass(frozen=True)
class Plan:
    """Everything that is settled before the first server starts."""

    home: Home
    options: UpOptions
    keys: Keys
    ports: Ports
    given: Mapping[str, str]
    place: PostgresPlace
    addresses: Addresses
    env: Mapping[str, str]


def run(options: UpOptions) -> None:
    """Serves until told to stop. Raises StackError when the stack can't be started."""
    home = home_at(options.data)
    home.prepare()
    with home.locked(), Progress() as progress:
        require_free(LOOPBACK, options.port)
        plan = _plan(home, options)
        try:
            asyncio.run(_serve(plan, progress))
        except ExceptionGroup as group:
            raise _first(group) from group


def _first(group: ExceptionGroup[Exception]) -> Exception:
    """Parts start side by side; the first failure makes the others give up."""
    error = group.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error


def _plan(home: Home, options: UpOptions) -> Plan:
    given, keys, ports = user_environment(), load_keys(home), choose_ports(home)
    place = place_in(home, ports.postgres, keys.daira)
    addresses = local_addresses(place, ports, keys, given)
    env = service_environment(addresses, ports, keys, given)
    return Plan(home, options, keys, ports, given, place, addresses, env)


async def _serve(plan: Plan, progress: Progress) -> None:
    supervisor, told = Supervisor(plan.home, progress.say), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, told.set)
    try:
        await _until(told, _start(plan, supervisor, progress))
        if not told.is_set():
            print(f"ready http://{LOOPBACK}:{plan.options.port}", flush=True)
            await _until(told, supervisor.watch())
            progress.say("Stopping.")
    finally:
        await supervisor.stop()
        forget_sockets(plan.ports)
        plan.home.forget_sockets()


async def _until(told: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Runs the work until it ends or the user wants us to."""
    task, wish = asyncio.create_task(work), asyncio.create_task(told.wait())
    await asyncio.wait([task, wish], return_when=asyncio.FIRST_COMPLETED)
    wish.cancel()
    if task.done():
        task.result()
    task.cancel()
    await asyncio.wait([task])


async def _start(plan: Plan, supervisor: Supervisor, progress: Progress) -> None:
    async with asyncio.TaskGroup() as servers:
        servers.create_task(_start_s3(plan, supervisor, progress))
        if "SMTP_URL" not in plan.given:
            servers.create_task(_step(supervisor, progress, prepare_mail(plan.home, plan.ports.mail)))
        clickhouse = servers.create_task(_start_clickhouse(plan, supervisor, progress))
        valkey = servers.create_task(_start_valkey(plan, supervisor, progress))
        await _start_postgres(plan, supervisor, progress)
        account = await _fill(plan, progress)
        await valkey
        await clickhouse
        servers.create_task(_step(supervisor, progress, worker_service(plan.home, plan.env, plan.ports.worker)))
        gateway = gateway_service(plan.home, plan.env, LOOPBACK, plan.options.port)
        servers.create_task(_step(supervisor, progress, gateway))
    _welcome(plan, account, progress)


async def _step(supervisor: Supervisor, progress: Progress, service: Service) -> None:
    with progress.step(service.title) as remarks:
        version = await supervisor.start(service)
        remarks += [version, f"at {service.address}"]


async def _start_postgres(plan: Plan, supervisor: Supervisor, progress: Progress) -> None:
    external = plan.given.get("DATABASE_URL")
    if external:
        await _step(supervisor, progress, external_postgres(external))
        return
    with progress.step("PostgreSQL") as remarks:
        service, warnings = await asyncio.to_thread(prepare_postgres, plan.place)
        version = await supervisor.start(service)
        await asyncio.to_thread(ensure_database, plan.place.url("daira", plan.keys.daira, "postgres"))
        remarks += [version, f"at {service.address}"]
    for warning in warnings:
        progress.say(warning)


async def _start_valkey(plan: Plan, supervisor: Supervisor, progress: Progress) -> None:
    external = plan.given.get("REDIS_URL")
    service = external_valkey(external) if external else prepare_valkey(plan.home, plan.ports.valkey, plan.keys.valkey)
    await _step(supervisor, progress, service)


async def _start_clickhouse(plan: Plan, supervisor: Supervisor, progress: Progress) -> None:
    url, external = plan.addresses.clickhouse, plan.given.get("CLICKHOUSE_URL")
    if url is None:
        progress.say(f"Analytics is off. {HOW_TO_HAVE_ANALYTICS}")
        return
    port, password = plan.ports.clickhouse, plan.keys.clickhouse
    service = external_clickhouse(external) if external else prepare_clickhouse(plan.home, port, password)
    with progress.step(service.title) as remarks:
        version = await supervisor.start(service)
        await analytics.prepared(StoreConfig(url))
        remarks += [version, f"at {service.address}"]


async def _start_s3(plan: Plan, supervisor: Supervisor, progress: Progress) -> None:
    external = plan.given.get("MINIO_ENDPOINT")
    service = external_s3(plan.given) if external else prepare_seaweed(plan.home, plan.ports, plan.keys)
    with progress.step(service.title) as remarks:
        version = await supervisor.start(service)
        try:
            await prepare_buckets(config_from(plan.env))
        except NotReadyError as error:
            raise StackError(f"{service.title} stores nothing: {error}.", f"See {plan.home.log('s3')}.") from error
        remarks += [version, f"at {service.address}"]


async def _fill(plan: Plan, progress: Progress) -> DemoAccount | None:
    with progress.step("Schema") as remarks:
        remarks += await asyncio.to_thread(_migrate, plan, progress)
    with progress.step("Data") as remarks:
        return await asyncio.to_thread(_seed, plan, remarks)


def _migrate(plan: Plan, progress: Progress) -> list[str]:
    keys = plan.keys
    passwords = {"authenticator": keys.authenticator, "worker": keys.worker, "support": keys.support}
    found = Migrator(packaged_source(), plan.addresses.admin, progress.say).up(passwords)
    if found.is_current:
        return ["is current"]
    return [f"{len(found.pending)} migrations and {len(found.changed)} repeatable files applied"]


def _seed(plan: Plan, remarks: list[str]) -> DemoAccount | None:
    source, url = packaged_source(), plan.addresses.admin
    load_reference(source, url)
    if plan.options.demo and not has_users(url):
        load_demo(source, url)
        remarks.append("with the demo set")
    return demo_account(url) if plan.options.demo else None


def _welcome(plan: Plan, account: DemoAccount | None, progress: Progress) -> None:
    base = f"http://{LOOPBACK}:{plan.options.port}"
    progress.say(f"\nDAIRA serves at {base}: /rest/v1, /graphql, /auth, /upload, /health, /metrics")
    progress.say(f"Data and logs are in {plan.home.root}. Stop with Ctrl-C or `daira down --data {plan.options.data}`.")
    if account:
        login = f'{{"email": "{account.email}", "password": "{account.password}"}}'
        progress.say(f"A demo account: {account.email} with password {account.password}. Try:")
        progress.say(f"  curl -s {base}/auth/login -H 'Content-Type: application/json' -d '{login}'\n")
