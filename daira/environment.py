"""The environment of the gateway and the worker in a local stack: what the user set, then .env, then our own values."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from daira.keys import Keys
from daira.ports import LOOPBACK, Ports
from daira.servers.clickhouse import clickhouse_url, has_engine
from daira.servers.postgres import SUPERUSER, PostgresPlace
from daira.servers.valkey import valkey_url

# Generous enough for examples and load tests on a laptop; production has the product document's limits.
DEVELOPMENT_LIMITS = {
    "RATE_LIMIT_LOGIN": "1000/15m",
    "RATE_LIMIT_REGISTER": "1000/1h",
    "RATE_LIMIT_REFRESH": "1000/1h",
    "RATE_LIMIT_CONFIRM": "1000/1h",
    "RATE_LIMIT_API": "1000000/1m",
}


@dataclass(frozen=True)
class Addresses:
    """Where the servers are, with credentials. `admin` is the superuser's address; without a `clickhouse` nothing is
    exported."""

    admin: str
    gateway: str
    worker: str
    valkey: str
    s3: str
    clickhouse: str | None


def user_environment() -> dict[str, str]:
    """The variables that are set and not empty, in the process or else in ./.env."""
    from dotenv import dotenv_values

    merged = dotenv_values(Path.cwd() / ".env") | dict(os.environ)
    return {name: value for name, value in merged.items() if value}


def local_addresses(place: PostgresPlace, ports: Ports, keys: Keys, given: Mapping[str, str]) -> Addresses:
    """Addresses of the local servers, or of those that the user named."""
    external = given.get("DATABASE_URL")
    endpoint = given.get("MINIO_ENDPOINT")
    return Addresses(
        external or place.url(SUPERUSER, keys.daira),
        _address(external, place, "authenticator", keys.authenticator),
        _address(external, place, "worker", keys.worker),
        given.get("REDIS_URL") or valkey_url(ports.valkey, keys.valkey),
        s3_address(given) if endpoint else f"http://{keys.s3_access}:{keys.s3_secret}@{LOOPBACK}:{ports.s3}",
        given.get("CLICKHOUSE_URL") or (clickhouse_url(ports.clickhouse, keys.clickhouse) if has_engine() else None),
    )


def s3_address(given: Mapping[str, str]) -> str:
    """The named object store's address with its credentials."""
    scheme = "https" if given.get("MINIO_SECURE", "").lower() in ("1", "true", "yes", "on") else "http"
    login = f"{given.get('MINIO_ACCESS_KEY', '')}:{given.get('MINIO_SECRET_KEY', '')}"
    return f"{scheme}://{login}@{given['MINIO_ENDPOINT']}"


def service_environment(addresses: Addresses, ports: Ports, keys: Keys, given: Mapping[str, str]) -> dict[str, str]:
    """Everything that the gateway and the worker read. The superuser's address is not among it."""
    fixed = {
        "PGRST_DB_URI": addresses.gateway,
        "WORKER_DATABASE_URL": addresses.worker,
        "REDIS_URL": addresses.valkey,
    }
    if "MINIO_ENDPOINT" not in given:
        fixed |= {
            "MINIO_ENDPOINT": f"{LOOPBACK}:{ports.s3}",
            "MINIO_ACCESS_KEY": keys.s3_access,
            "MINIO_SECRET_KEY": keys.s3_secret,
            "MINIO_SECURE": "false",
        }
    if addresses.clickhouse:
        fixed["CLICKHOUSE_URL"] = addresses.clickhouse
    if "SMTP_URL" not in given:
        fixed["SMTP_URL"] = f"smtp://{LOOPBACK}:{ports.mail}"
    merged = {"JWT_SECRET": keys.jwt, "VAPID_PRIVATE_KEY": keys.vapid, **DEVELOPMENT_LIMITS, **given, **fixed}
    return {name: value for name, value in merged.items() if name != "DATABASE_URL"}


def _address(external: str | None, place: PostgresPlace, role: str, password: str) -> str:
    if external is None:
        return place.url(role, password, tcp=False)
    from psycopg.conninfo import make_conninfo

    return make_conninfo(external, user=role, password=password)
