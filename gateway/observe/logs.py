"""Structured logs: one JSON object per line on standard error, with the request that caused it."""

from __future__ import annotations

import logging
import sys
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TextIO

import structlog

from gateway.observe.events import (
    CatalogFailed,
    ConfigFailed,
    DependencyChanged,
    Event,
    RequestCrashed,
    RequestServed,
    Route,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOW_MS = 1000.0
_GENERATED = frozenset({Route.REST_READ, Route.REST_WRITE, Route.REST_CALL, Route.GRAPHQL, Route.HEALTH})
_QUIET = {"uvicorn.access": logging.ERROR, "urllib3.connectionpool": logging.ERROR}
_SHARED: tuple[Any, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
)
_log = structlog.stdlib.get_logger("daira.gateway")


def configure(level: str, stream: TextIO = sys.stderr) -> None:
    """Sends everything that is logged in this process to `stream` as JSON lines."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)


def report(event: Event) -> None:
    """Writes one event, at the level that it deserves."""
    if isinstance(event, RequestCrashed):
        _log.error("request crashed", exc_info=event.error, **dict(_facts(event, leave_out="error")))
    else:
        _log.log(_level(event), _name(event), **dict(_facts(event)))


def _level(event: Event) -> int:
    match event:
        case RequestServed():
            return _level_of_request(event)
        case DependencyChanged(is_up=False) | CatalogFailed() | ConfigFailed():
            return logging.WARNING
        case _:
            return logging.INFO


def _level_of_request(event: RequestServed) -> int:
    """Answers of the generated interfaces are too many to note each; failures and slow ones are noted everywhere."""
    if event.status >= 500 or event.milliseconds >= SLOW_MS:
        return logging.WARNING
    return logging.DEBUG if event.route in _GENERATED else logging.INFO


def _name(event: Event) -> str:
    """`RequestServed` becomes `request served`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__).strip()


def _facts(event: Event, leave_out: str = "") -> Iterator[tuple[str, Any]]:
    for field in fields(event):
        value = getattr(event, field.name)
        if field.name != leave_out and value is not None:
            yield field.name, value.value if isinstance(value, Route) else value


def _formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
