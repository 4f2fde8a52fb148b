"""Thirty-two devices on which people do everything that clients can do, at random and all at once, beside the workers.

WRITERS_SECONDS is how long they act: 5 for every day, 60 for the full proof. A third as long they then act twice in
each transaction, as several mutations of one request do: the client chose their order, and may be told of a collision.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg

from tests.chaos.acts import ACTS, STAFF_ACTS
from tests.chaos.rules import WRONG
from tests.chaos.scenes import Scene, make_scene
from tests.chaos.upkeep import Worker, fold_all
from tests.jobs.people import make_users
from tests.support.databases import Database
from tests.support.orphans import orphans

PEOPLE = 16
DEVICES = 32
WORKERS = 3
SECONDS = float(os.environ.get("WRITERS_SECONDS", "5"))
STAFF_PAUSE = 0.3
# What a client is told rather than done: not there for you, not yours to do, or not as things stand. 42501 is the
# policy's word for it, where somebody is unblocked between the snapshots of a statement and of its triggers.
ANSWERS = {"DA400", "DA403", "DA404", "DA409", "DA422", "DA429", "23505", "42501"}
# What a table alone says of a row that is gone by now.
GONE = "23503"
COLLISION = "40P01"


def attempt(conn: psycopg.Connection, acts: list[tuple[str, dict[str, object]]]) -> str:
    """Does these acts in one transaction; "done", the code that a client may be told, or all there is to say."""
    try:
        with conn.transaction():
            for act, arguments in acts:
                conn.execute(act.encode(), arguments)
    except psycopg.Error as error:
        code = error.sqlstate or "?"
        is_expected = code in ANSWERS or (code == GONE and not act.startswith("select api."))
        return code if is_expected or (code == COLLISION and len(acts) > 1) else f"{error} {acts}"
    return "done"


def write(database: Database, scene: Scene, device: int, size: int, until: float) -> Counter[str]:
    """Does so many acts at a time in one person's name, until then; counts what came of it."""
    chance = random.Random(device)
    me, role, acts = scene.people[device % PEOPLE], "authenticated", ACTS
    if device == 0:
        [me], role, acts = make_users(database, 1), "moderator", STAFF_ACTS
    outcomes: Counter[str] = Counter()
    with database.connect() as conn:
        conn.execute(f"set role {role}".encode())
        conn.execute("select set_config('app.user_id', %s, false)", (str(me),))
        while time.monotonic() < until:
            chosen = [(chance.choice(acts), scene.arguments(chance, me)) for _ in range(size)]
            outcomes[attempt(conn, chosen)] += 1
            time.sleep(STAFF_PAUSE if device == 0 else 0)
    return outcomes


def act_all(database: Database, scene: Scene, size: int, seconds: float) -> tuple[Counter[str], Counter[str]]:
    """Everybody acts while the workers work; the outcomes of all devices, and of all workers."""
    until = time.monotonic() + seconds
    workers = [Worker(database, number) for number in range(WORKERS)]
    with ThreadPoolExecutor(DEVICES + WORKERS) as pool:
        working = [pool.submit(worker.work, until) for worker in workers]
        writing = [pool.submit(write, database, scene, device, size, until) for device in range(DEVICES)]
        outcomes = sum((each.result() for each in writing), Counter[str]())
        for each in working:
            each.result()
    return outcomes, sum((worker.outcomes for worker in workers), Counter[str]())


def test_no_deadlock_reaches_anybody_and_all_is_counted(database: Database) -> None:
    scene = make_scene(database, PEOPLE)
    told, done = act_all(database, scene, 1, SECONDS)
    told_of_two, _ = act_all(database, scene, 2, SECONDS / 3)
    fold_all(database)
    print(dict(told), dict(done), dict(told_of_two))
    assert set(told) <= ANSWERS | {GONE, "done"}
    assert set(done) == {"done"}
    assert set(told_of_two) <= ANSWERS | {GONE, COLLISION, "done"}
    assert told["done"] > sum(told.values()) / 4
    assert database.execute("select * from ops.counter_drift") == []
    assert orphans(database) == []
    assert {rule: found for rule, query in WRONG.items() if (found := database.execute(query)) != [(0,)]} == {}
