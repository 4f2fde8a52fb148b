"""Servers that run already and were named in the environment: used, never started or stopped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

from daira.servers.model import Service
from daira.servers.postgres import probe_postgres
from daira.servers.seaweed import probe_s3
from daira.servers.valkey import probe_valkey


def external_postgres(url: str) -> Service:
    """The server of DATABASE_URL."""
    parts = conninfo_to_dict(url)
    port = int(parts.get("port") or 5432)
    address = f"{parts.get('host') or 'localhost'}:{port}"
    return Service("postgres", "PostgreSQL", address, port, partial(probe_postgres, url))


def external_valkey(url: str) -> Service:
    """The server of REDIS_URL."""
    parts = urlsplit(url)
    port = parts.port or 6379
    return Service("valkey", "Valkey", f"{parts.hostname}:{port}", port, partial(probe_valkey, url))


def external_s3(given: Mapping[str, str]) -> Service:
    """The store of MINIO_ENDPOINT."""
    scheme = "https" if given.get("MINIO_SECURE", "").lower() in ("1", "true", "yes", "on") else "http"
    url = f"{scheme}://{given['MINIO_ENDPOINT']}"
    parts = urlsplit(url)
    port = parts.port or (443 if scheme == "https" else 80)
    return Service("s3", "Object store", given["MINIO_ENDPOINT"], port, partial(probe_s3, url))
