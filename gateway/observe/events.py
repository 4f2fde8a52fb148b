"""Everything that the gateway can report. Logs and metrics each decide what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Route(Enum):
    """The classes of requests that are told apart in metrics."""

    REST_READ = "rest_read"
    REST_WRITE = "rest_write"
    REST_CALL = "rest_call"
    GRAPHQL = "graphql"
    AUTH = "auth"
    UPLOAD = "upload"
    HEALTH = "health"
    OTHER = "other"


@dataclass(frozen=True)
class GatewayStarted:
    """The gateway serves requests: where, and how long it took to get there."""

    address: str
    seconds: float


@dataclass(frozen=True)
class RequestServed:
    """One answer. `milliseconds` from the first byte read to the last one handed to the server."""

    request_id: str
    route: Route
    method: str
    path: str
    status: int
    milliseconds: float
    client: str | None = None


@dataclass(frozen=True)
class RequestCrashed:
    """A defect: an exception that no table translates. The traceback goes to the log, never to the client."""

    request_id: str
    path: str
    error: BaseException


@dataclass(frozen=True)
class DependencyChanged:
    """Something that the gateway needs has gone away or come back."""

    dependency: str
    is_up: bool
    detail: str


@dataclass(frozen=True)
class CatalogLoaded:
    """The database's catalogue was read: how many relations and functions it has."""

    relations: int
    functions: int
    seconds: float


@dataclass(frozen=True)
class CatalogFailed:
    """The catalogue could not be read; the previous one stays in use."""

    error: str


@dataclass(frozen=True)
class ConfigFailed:
    """Settings in the database can't be used; the previous ones stay in force."""

    error: str


Event = (
    GatewayStarted | RequestServed | RequestCrashed | DependencyChanged | CatalogLoaded | CatalogFailed | ConfigFailed
)
