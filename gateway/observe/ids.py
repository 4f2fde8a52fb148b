"""Request ids: the caller's where it is harmless to write into a log, else the caller's trace, else one of our own."""

from __future__ import annotations

import re
import secrets
from contextvars import ContextVar
from itertools import count

_HARMLESS = re.compile(rb"[A-Za-z0-9._:/+=-]{1,128}")
_TRACE = re.compile(rb"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?")
_PROCESS = secrets.token_hex(6)
_numbers = count(1)

current: ContextVar[str | None] = ContextVar("request_id", default=None)
"""The request that this task serves; what it writes to the database hands the id on to the jobs that it causes."""


def request_id(given: bytes | None, trace: bytes | None = None) -> str:
    """The value of X-Request-Id where it is well formed; else the trace id of `trace`, a traceparent header
    (https://www.w3.org/TR/trace-context/); else a new id: the process's random part and a number."""
    if given is not None and _HARMLESS.fullmatch(given):
        return given.decode()
    traced = _TRACE.fullmatch(trace) if trace is not None else None
    return traced[1].decode() if traced else f"{_PROCESS}-{next(_numbers):x}"
