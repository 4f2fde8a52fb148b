"""The named prepared statements of one connection, bounded, keyed by role and text.

The role is part of the key because PostgreSQL replans a statement under row-level security each time the role of its
execution alternates.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from gateway.lanes.model import DatabaseError

Key = tuple[str, str]


@dataclass(slots=True)
class Prepared:
    """A statement that the server was asked to prepare under `name`; `error` is set when it refused."""

    key: Key
    name: bytes
    error: DatabaseError | None = None


class PreparedStatements:
    """An LRU of at most `limit` prepared statements."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._by_key: OrderedDict[Key, Prepared] = OrderedDict()
        self._made = 0

    def __len__(self) -> int:
        return len(self._by_key)

    def find(self, key: Key) -> Prepared | None:
        """The statement prepared for `key`, marked as just used."""
        found = self._by_key.get(key)
        if found is not None:
            self._by_key.move_to_end(key)
        return found

    def add(self, key: Key) -> tuple[Prepared, Prepared | None]:
        """A new entry for `key`, and the entry that it pushed out."""
        self._made += 1
        prepared = Prepared(key, b"s%d" % self._made)
        self._by_key[key] = prepared
        evicted = self._by_key.popitem(last=False)[1] if len(self._by_key) > self._limit else None
        return prepared, evicted

    def forget(self, prepared: Prepared) -> None:
        """Drop `prepared`, so that its next use prepares it again."""
        if self._by_key.get(prepared.key) is prepared:
            del self._by_key[prepared.key]
