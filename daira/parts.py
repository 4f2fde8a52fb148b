"""Words of the command line."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What `daira url` can tell the address of."""

    POSTGRES = "postgres"
    VALKEY = "valkey"
    S3 = "s3"
    CLICKHOUSE = "clickhouse"


class MigrateAction(StrEnum):
    """What `daira migrate` can do."""

    UP = "up"
    DOWN = "down"
    STATUS = "status"
    CHECK = "check"
    DUMP = "dump"
