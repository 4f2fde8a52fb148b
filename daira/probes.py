"""Asks a recorded part of a stack whether it serves."""

from __future__ import annotations

from daira.home import Home
from daira.record import ServiceRecord
from daira.servers.clickhouse import probe_clickhouse
from daira.servers.mail import probe_smtp
from daira.servers.postgres import probe_postgres
from daira.servers.python import probe_health
from daira.servers.seaweed import probe_s3
from daira.servers.valkey import probe_valkey
from daira.stack import addresses_of


def probe(home: Home, name: str, service: ServiceRecord) -> str:
    """The version of the part. Raises NotReadyError, and StackError when the secrets are gone."""
    match name:
        case "postgres":
            return probe_postgres(addresses_of(home).admin)
        case "valkey":
            return probe_valkey(addresses_of(home).valkey)
        case "s3":
            return probe_s3(_without_login(addresses_of(home).s3))
        case "clickhouse":
            return probe_clickhouse(addresses_of(home).clickhouse or "")
        case "mail":
            return probe_smtp(service.port)
        case _:
            return probe_health(f"{service.address.removesuffix('/health')}/health")


def _without_login(address: str) -> str:
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
