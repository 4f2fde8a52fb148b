"""Finds the name that was meant: by shared letter groups (as FuzzySet does), or by edits (as PostgreSQL does)."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MIN_SCORE = 0.33
_MAX_COMPARED = 50
_MAX_EDITS = 3
_MAX_KNOWN = 500


def mistyped(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `name` was probably meant to be, at most three edits away.

    Anything less alike would tell strangers what there is; so would many guesses at a large schema, which takes long.
    """
    names = set(known)
    if len(names) > _MAX_KNOWN:
        return None
    return nearest(name, [other for other in names if edits(name.lower(), other.lower()) <= _MAX_EDITS])


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `name`, if any is like it at all."""
    names = sorted(set(known))
    for size in (3, 2):
        scored = _scored(name.lower(), names, size)
        if scored:
            found = [n for score, n in scored if score >= _MIN_SCORE]
            return found[0] if found else None
    return None


def misspelt(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is at most three edits, and half of its own length, away from `name`."""
    found = sorted((edits(name, other), other) for other in known if abs(len(other) - len(name)) <= _MAX_EDITS)
    near = [(count, other) for count, other in found if count <= min(_MAX_EDITS, len(name) // 2)]
    best = [other for count, other in near if count == near[0][0]]
    return best[0] if len(best) == 1 else None


def edits(one: str, other: str) -> int:
    """The Levenshtein distance."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _scored(name: str, names: list[str], size: int) -> list[tuple[float, str]]:
    wanted = _grams(name, size)
    alike = sorted(((_cosine(wanted, _grams(n.lower(), size)), n) for n in names), key=lambda pair: -pair[0])
    compared = [n for score, n in alike[:_MAX_COMPARED] if score > 0]
    return sorted(((1 - edits(name, n.lower()) / max(len(name), len(n)), n) for n in compared), key=lambda p: -p[0])


def _grams(text: str, size: int) -> Counter[str]:
    kept = "".join(c for c in text if c.isalnum() or c in "_, ")
    padded = f"-{kept}-".ljust(size, "-")
    return Counter(padded[at : at + size] for at in range(len(padded) - size + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    dot = sum(count * other[gram] for gram, count in one.items())
    return dot / (math.hypot(*one.values()) * math.hypot(*other.values()))
