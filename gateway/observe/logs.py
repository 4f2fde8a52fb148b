"""Structured logs: one JSON object per line on standard error, with the request that caused it.

The standard library alone does it: a logging framework takes a fifth of the start of `daira api`.
"""

from __future__ import annotations

import json
import logging
import sys
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

from gateway.observe.events import (
    CatalogFailed,
    ConfigFailed,
    DependencyChanged,
    Event,
    RequestCrashed,
    RequestServed,
    Route,
)
from gateway.observe.ids import current

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOW_MS = 1000.0
_GENERATED = frozenset({Route.REST_READ, Route.REST_WRITE, Route.REST_CALL, Route.GRAPHQL, Route.HEALTH})
_QUIET = {"uvicorn.access": logging.ERROR, "urllib3.connectionpool": logging.ERROR}
_log = logging.getLogger("daira.gateway")


class _JsonLines(logging.Formatter):
    """A record as one line of JSON: `event` is the message, facts stand beside it."""

    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, "facts", {})
        request_id = current.get()
        line = {
            **({} if request_id is None else {"request_id": request_id}),
            **facts,
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


@contextmanager
def bound(request_id: str) -> Iterator[None]:
    """Every line that is logged inside carries `request_id`."""
    token = current.set(request_id)
    try:
        yield
    finally:
        current.reset(token)


def configure(level: str, stream: TextIO = sys.stderr) -> None:
    """Sends everything that is logged in this process to `stream` as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name, least in _QUIET.items():
        logging.getLogger(name).setLevel(least)


def is_verbose() -> bool:
    """Whether every request gets a line, not only those that fail or are slow."""
    return _log.isEnabledFor(logging.DEBUG)


def report(event: Event) -> None:
    """Writes one event, at the level that it deserves."""
    level = _level(event)
    if _log.isEnabledFor(level):
        error = event.error if isinstance(event, RequestCrashed) else None
        _log.log(level, _name(event), exc_info=error, extra={"facts": dict(_facts(event))})


def _level(event: Event) -> int:
    match event:
        case RequestCrashed():
            return logging.ERROR
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


def _facts(event: Event) -> Iterator[tuple[str, Any]]:
    for field in fields(event):
        value = getattr(event, field.name)
        if value is not None and not isinstance(value, BaseException):
            yield field.name, value.value if isinstance(value, Route) else value
