"""The Content-Location of a read: its own address with the parameters in the order of their names."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from gateway.rest.lexer import split

_MEMORABLE = 300


def content_location(name: str, query: str) -> bytes:
    """`/name?a=1&b=2`; a parameter that stands several times has its values joined by commas."""
    return (_located if len(query) > _MEMORABLE else _remembered)(name, query)


def _located(name: str, query: str) -> bytes:
    values: dict[str, list[str]] = {}
    for key, value in split(query):
        values.setdefault(key, []).append(quote(value, safe="~"))
    pairs = [f"{quote(key, safe='~')}={','.join(values[key])}" for key in sorted(values)]
    return f"/{quote(name, safe='')}{'?' if pairs else ''}{'&'.join(pairs)}".encode()


_remembered = lru_cache(maxsize=4096)(_located)
