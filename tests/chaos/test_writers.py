"""Thirty-two people who follow, block, react, comment, join and write at random, all at once."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.chaos.acts import ACTS, WRONG, Scene, make_scene
from tests.support.databases import Database
from tests.support.orphans import orphans

WRITERS = 32
SECONDS = float(os.environ.get("WRITERS_SECONDS", "8"))
# What a client is told rather than done: not there for you, not yours to do, or not as things stand. 42501 is the
# policy's word for it, where somebody is unblocked between the snapshots of a statement and of its triggers.
ANSWERS = {"DA400", "DA403", "DA404", "DA409", "23505", "42501"}


def write(database: Database, scene: Scene, me: int) -> Counter[str]:
    """Acts for some seconds in one person's name; counts the codes of what came of it."""
    chance = random.Random(me)  # noqa: S311 - what they do, no secret
    until = time.monotonic() + SECONDS
    outcomes: Counter[str] = Counter()
    with database.connect() as conn:
        conn.execute("set role authenticated")
        conn.execute("select set_config('app.user_id', %s, false)", (str(me),))
        while time.monotonic() < until:
            try:
                conn.execute(chance.choice(ACTS), scene.arguments(chance, me))
                outcomes["done"] += 1
            except psycopg.Error as error:
                outcomes[error.sqlstate or "?"] += 1
    return outcomes


def fold(database: Database) -> None:
    """Folds while the others write, and until nothing is left."""
    until = time.monotonic() + SECONDS
    with database.connect("worker") as conn:
        while conn.execute("select ops.fold_counters(500)").fetchone() != (0,) or time.monotonic() < until:
            pass


def act_all(database: Database, scene: Scene) -> Counter[str]:
    """Everybody acts while two workers fold; the outcomes of all."""
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        folding = [pool.submit(fold, database) for _ in range(2)]
        writing = [pool.submit(write, database, scene, me) for me in scene.people]
        outcomes = sum((each.result() for each in writing), Counter[str]())
        for each in folding:
            each.result()
    return outcomes


def test_no_deadlock_reaches_anybody_and_all_is_counted(database: Database) -> None:
    scene = make_scene(database, WRITERS)
    outcomes = act_all(database, scene)
    fold(database)
    print(dict(outcomes))
    assert set(outcomes) <= ANSWERS | {"done"}
    assert outcomes["done"] > sum(outcomes.values()) / 4
    assert database.execute("select * from ops.counter_drift") == []
    assert orphans(database) == []
    assert [rule for rule, query in WRONG.items() if database.execute(query) != [(0,)]] == []
