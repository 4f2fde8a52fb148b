"""Accepting an upload: look at what arrived and publish it if it is what was announced. Doing it twice changes nothing.

The caller records the outcome and then discards the object from the private bucket, in this order, so that a crash in
between leads to a second look and not to a lost upload.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.media_types import MediaType, detect, media_type
from services.objects import ObjectChangedError

if TYPE_CHECKING:
    from services.objects import Arrived, ObjectStore


@dataclass(frozen=True)
class Accepted:
    """The object is public now: its size in bytes."""

    byte_size: int


@dataclass(frozen=True)
class Rejected:
    """The object is not what it should be: why, in words for its owner."""

    reason: str


@dataclass(frozen=True)
class Missing:
    """Nothing has arrived, or it was replaced or taken away while it was looked at."""


Outcome = Accepted | Rejected | Missing


async def accept(store: ObjectStore, key: str, declared: str) -> Outcome:
    """Publishes the object at `key` of the private bucket if it is what was `declared` (a media type).

    Raises StoreUnavailableError.
    """
    arrived = await store.arrived(key)
    if arrived is None:
        return Missing()
    wanted = media_type(declared)
    if wanted is None:
        return Rejected("This type is not accepted.")
    fault = _fault(arrived, wanted)
    if fault is not None:
        return Rejected(fault)
    try:
        await store.publish(key, arrived.etag, wanted.name)
    except ObjectChangedError:
        return Missing()
    return Accepted(arrived.size)


def _fault(arrived: Arrived, wanted: MediaType) -> str | None:
    if arrived.size == 0:
        return "The file is empty."
    if arrived.size > wanted.family.max_bytes:
        return f"The file has {arrived.size} bytes; {wanted.family.max_bytes} are allowed."
    found = detect(arrived.head)
    if found != wanted.name:
        return f"The file was announced as {wanted.name} and looks like {found or 'something else'}."
    return None
