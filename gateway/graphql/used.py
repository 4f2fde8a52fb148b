"""Looks through plans: what they refer to, how often they read, and what stands where in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from gateway.plan.model import Call, ColumnOf, FunctionCall, Table
from gateway.plan.values import EachOf, NamedCall

Part = TypeVar("Part")
_READING = (Call, EachOf, FunctionCall, NamedCall, Table)


def columns_used(part: object, alias: str) -> frozenset[str]:
    """The columns of the source known as `alias` that are named anywhere in `part`, a plan type or a tuple of them."""
    columns = (item for item in _parts(part) if isinstance(item, ColumnOf))
    return frozenset(item.column for item in columns if item.alias == alias)


def readings(part: object) -> int:
    """How many tables are read and functions called anywhere in `part`."""
    return sum(isinstance(item, _READING) for item in _parts(part))


def exchanged(part: Part, by: Mapping[Any, object]) -> Part:
    """`part` with every part that is a key of `by` replaced by its value."""
    if isinstance(part, tuple):
        return tuple(exchanged(item, by) for item in part)  # type: ignore[return-value]  # a tuple of such parts
    if not is_dataclass(part) or isinstance(part, type):
        return part
    if part in by:
        return by[part]  # type: ignore[return-value]  # whoever exchanges knows what fits
    return replace(part, **{field.name: exchanged(getattr(part, field.name), by) for field in fields(part)})


def _parts(part: object) -> Iterator[object]:
    waiting = [part]
    while waiting:
        item = waiting.pop()
        if isinstance(item, tuple):
            waiting.extend(item)
        else:
            yield item
            waiting.extend([getattr(item, name) for name in getattr(item, "__dataclass_fields__", ())])
