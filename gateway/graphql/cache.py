"""The operations that were used last, ready to run, within a bound."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar


class Key(NamedTuple):
    """What an operation is found by: the role that runs it, the catalogue's version, its text, and its name."""

    role: str
    version: int
    text: str
    name: str | None


class Sized(Protocol):
    """Something that takes about `size` bytes of memory, more while it is used."""

    @property
    def size(self) -> int: ...


Operation = TypeVar("Operation", bound=Sized)


@dataclass(frozen=True, slots=True)
class CacheBound:
    """How many operations are kept, and how many bytes they may take together, as far as these can be estimated."""

    operations: int = 1_000
    bytes: int = 67_108_864


class OperationCache(Generic[Operation]):
    """Keeps operations of all roles."""

    def __init__(self, bound: CacheBound | None = None) -> None:
        self._bound = bound or CacheBound()
        self._kept: OrderedDict[Key, tuple[Operation, int]] = OrderedDict()
        self._last: Key | None = None
        self.bytes = 0
        self.hits = self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Key) -> Operation | None:
        """The operation under `key`, marked as just used."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        self._weigh_last()
        self._last = key
        return found[0]

    def keep(self, key: Key, operation: Operation) -> None:
        """Add an operation, and let go of those unused longest."""
        self._weigh_last()
        self._put(key, operation)
        self._last = key
        self._shrink()

    def _weigh_last(self) -> None:
        """Count anew what was used last: an operation is planned, and so grows, after it was found or kept."""
        last = None if self._last is None else self._kept.get(self._last)
        if self._last is not None and last is not None and last[0].size != last[1]:
            self._put(self._last, last[0])
            self._shrink()

    def _put(self, key: Key, operation: Operation) -> None:
        self._drop(key)
        self._kept[key] = operation, operation.size
        self.bytes += operation.size

    def _shrink(self) -> None:
        while len(self._kept) > self._bound.operations or self.bytes > self._bound.bytes:
            self._drop(next(iter(self._kept)))

    def forget_before(self, version: int) -> None:
        """Let go of what was made for older catalogues."""
        for key in [key for key in self._kept if key.version < version]:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        _, size = self._kept.pop(key, (None, 0))
        self.bytes -= size
