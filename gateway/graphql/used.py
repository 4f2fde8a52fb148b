"""Which columns of a source a part of a plan refers to."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from gateway.plan.model import ColumnOf


def columns_used(part: object, alias: str) -> frozenset[str]:
    """The columns of the source known as `alias` that are named anywhere in `part`, a plan type or a tuple of them."""
    found: set[str] = set()
    waiting = [part]
    while waiting:
        item = waiting.pop()
        if isinstance(item, ColumnOf):
            found.update((item.column,) if item.alias == alias else ())
        elif isinstance(item, tuple):
            waiting.extend(item)
        elif is_dataclass(item):
            waiting.extend(getattr(item, field.name) for field in fields(item))
    return frozenset(found)
