"""Request ids: the caller's where it is harmless to write into a log, else one of our own."""

from __future__ import annotations

import re
import secrets
from itertools import count

_HARMLESS = re.compile(rb"[A-Za-z0-9._:/+=-]{1,128}")
_PROCESS = secrets.token_hex(6)
_numbers = count(1)


def request_id(given: bytes | None) -> str:
    """The value of X-Request-Id where it is well formed, else a new id: the process's random part and a number."""
    if given is not None and _HARMLESS.fullmatch(given):
        return given.decode()
    return f"{_PROCESS}-{next(_numbers):x}"
