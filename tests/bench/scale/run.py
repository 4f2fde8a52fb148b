"""The parts on many users, each printed as it comes."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench import inside
from tests.bench.figures import Figure
from tests.bench.scale.delivery import EVENTS, FOLLOWERS, fan_out, fold
from tests.bench.scale.feeds import feeds
from tests.bench.scale.folder import Folder, folder_for
from tests.bench.scale.sustained import sustained
from tests.bench.scale.traffic import crowd
from tests.bench.scale.workers import workers
from tests.support.tokens import Tokens

FEED_SECONDS, SUSTAINED_SECONDS = 30.0, 60.0
SERVED = ("feed", "sustained")
ALONE = ("fanout", "fold", "workers")
PARTS = (*SERVED, *ALONE)


@dataclass(frozen=True)
class Wish:
    """Which parts, on how many users, for how many seconds, where the data is kept, and numbers of workers."""

    parts: Collection[str]
    users: int
    seconds: float | None
    data: Path
    processes: Sequence[int] = (1, 2, 4)


def measure(wish: Wish) -> list[Figure]:
    """Loads the users where they are not there yet, measures, and prints every figure with its target."""
    folder = folder_for(wish.users, wish.data)
    told = []
    if not folder.is_loaded or any(part in wish.parts for part in SERVED):
        told += _served(folder, wish)
    if any(part in wish.parts for part in ALONE):
        told += _alone(folder, wish)
    return told


def _served(folder: Folder, wish: Wish) -> list[Figure]:
    """What needs the whole stack, as loading does."""
    with folder.stack() as stack:
        loaded = [] if folder.is_loaded else _shown(folder.load(stack))
        url = inside.addresses(stack).admin
        people = crowd(url, inside.signer(stack))
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "feed": lambda: feeds(stack, people, wish.seconds or FEED_SECONDS),
            "sustained": lambda: sustained(stack, url, people, wish.seconds or SUSTAINED_SECONDS),
        }
        return loaded + _told(parts, wish)


def _alone(folder: Folder, wish: Wish) -> list[Figure]:
    """What needs the database alone."""
    with folder.database() as database:
        people = crowd(database.admin, Tokens("nobody verifies them"))
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "fanout": lambda: fan_out(database.admin, min(FOLLOWERS, wish.users)),
            "fold": lambda: fold(database.admin, people, min(EVENTS, wish.users)),
            "workers": lambda: workers(database, wish.users, wish.processes),
        }
        return _told(parts, wish)


def _told(parts: dict[str, Callable[[], Iterator[Figure]]], wish: Wish) -> list[Figure]:
    told = []
    for name, part in parts.items():
        if name in wish.parts:
            print(f"{name} on {wish.users:,} users, load average {os.getloadavg()[0]:.1f} before", flush=True)
            told += _shown(part())
    return told


def _shown(figures: Iterator[Figure]) -> list[Figure]:
    told = []
    for figure in figures:
        print(figure.text(), flush=True)
        told.append(figure)
    return told
