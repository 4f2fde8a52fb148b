"""The operations that were used last, ready to run, within a bound."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gateway.graphql.operation import PreparedOperation


class Key(NamedTuple):
    """What an operation is found by: the role that runs it, the catalogue's version, its text, and its name."""

    role: str
    version: int
    text: str
    name: str | None


@dataclass(frozen=True, slots=True)
class CacheBound:
    """How many operations are kept, and how many characters of text they may have together."""

    operations: int = 1_000
    characters: int = 2_000_000


class OperationCache:
    """Keeps operations of all roles."""

    def __init__(self, bound: CacheBound | None = None) -> None:
        self._bound = bound or CacheBound()
        self._kept: OrderedDict[Key, PreparedOperation] = OrderedDict()
        self._characters = 0
        self.hits = self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Key) -> PreparedOperation | None:
        """The operation under `key`, marked as just used."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, operation: PreparedOperation) -> None:
        """Add an operation, and let go of those unused longest."""
        self._kept[key] = operation
        self._characters += len(key.text)
        while len(self._kept) > self._bound.operations or self._characters > self._bound.characters:
            unused, _ = self._kept.popitem(last=False)
            self._characters -= len(unused.text)

    def forget_before(self, version: int) -> None:
        """Let go of what was made for older catalogues."""
        for key in [key for key in self._kept if key.version < version]:
            del self._kept[key]
            self._characters -= len(key.text)
