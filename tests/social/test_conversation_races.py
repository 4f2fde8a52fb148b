"""Many at once in the same conversation, room, event or group: limits hold and nobody meets a deadlock."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.support.databases import Database

PEOPLE = range(1, 17)
SETTINGS = "select set_config('role', 'authenticated', false), set_config('app.user_id', %s, false)"


@pytest.fixture(scope="module")
def people(module_database: Database) -> Database:
    """Sixteen people, each of whom follows all others."""
    module_database.execute(
        "insert into api.users (id, username) select i, 'person_' || i from generate_series(1, 16) i"
    )
    module_database.execute(
        "insert into api.follows (follower_id, followee_id)"
        " select a, b from generate_series(1, 16) a cross join generate_series(1, 16) b where a <> b"
    )
    return module_database


def as_user(people: Database, user: int, statement: str, *params: object) -> object:
    """The first value that a statement gives, or the code with which it is refused."""
    with people.connect("authenticator") as conn:
        conn.execute(SETTINGS, (str(user),))
        try:
            row = conn.execute(statement.encode(), params).fetchone()
        except psycopg.Error as error:
            return error.sqlstate
    return row and row[0]


def all_at_once(act: Callable[[int], object]) -> list[object]:
    """What each of the sixteen gets, all acting at the same time."""
    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        return list(pool.map(act, PEOPLE))


def test_two_people_have_one_direct_thread(people: Database) -> None:
    open_thread = "select (api.open_direct_thread(%s)).id"
    found = all_at_once(lambda i: as_user(people, 1 + i % 2, open_thread, 2 - i % 2))
    assert len(set(found)) == 1


def test_one_key_sends_one_message(people: Database) -> None:
    send = (
        "select (api.send_message(row(null, 4, 'x', null, null, '00000000-0000-0000-0000-00000000000a')"
        "::api.send_message_input)).id"
    )
    assert len(set(all_at_once(lambda i: as_user(people, 3, send)))) == 1


def test_an_event_gives_its_seats_once(people: Database) -> None:
    event = as_user(
        people,
        1,
        "select (api.create_event(row('x', null, null, null, null, null, null, now() + interval '1 day', null, null, 5)"
        "::api.create_event_input)).id",
    )
    all_at_once(lambda i: as_user(people, i, "select api.rsvp_event(%s, 'GOING')", event))
    seats = "select count(*) filter (where not is_waiting), count(*) from api.event_rsvps"
    assert people.execute(seats) == [(5, 16)]
    all_at_once(lambda i: as_user(people, i, "select api.rsvp_event(%s, %s)", event, "NO" if i < 9 else "GOING"))
    assert people.execute(f"{seats} where answer = 'GOING'") == [(5, 8)]


def test_a_room_is_never_too_full(people: Database) -> None:
    room = as_user(
        people,
        1,
        "select (api.create_room(row('x', null, null, null, 6, null, null)::api.create_room_input)).id",
    )
    outcomes = all_at_once(lambda i: as_user(people, i, "select (api.join_room(%s)).role", room))
    assert outcomes.count("DA409") == 10


def test_a_group_keeps_an_owner(people: Database) -> None:
    group = as_user(
        people, 1, "select (api.create_group(row('xyz', null, null, null, null)::api.create_group_input)).id"
    )
    for i in PEOPLE:
        as_user(people, i, "select api.join_group(%s)", group)
        as_user(people, 1, "select api.set_group_role(%s, %s, 'OWNER')", group, i)
    outcomes = all_at_once(lambda i: as_user(people, i, "select (api.leave_group(%s)).role", group))
    assert sorted(map(str, outcomes)) == ["DA409"] + ["OWNER"] * 15


def test_random_writers_meet_no_deadlock(people: Database) -> None:
    thread = as_user(
        people,
        1,
        "select (api.create_group_thread(row('x', array(select generate_series(2, 16)), null)"
        "::api.create_group_thread_input)).id",
    )
    group = as_user(
        people, 1, "select (api.create_group(row('abc', null, null, null, null)::api.create_group_input)).id"
    )
    room = as_user(
        people, 1, "select (api.create_room(row('y', null, null, null, 9, null, null)::api.create_room_input)).id"
    )
    acts: list[Callable[[int], tuple[str, tuple[object, ...]]]] = [
        lambda o: ("select api.send_message(row(%s, null, 'x', null, null, null)::api.send_message_input)", (thread,)),
        lambda o: ("select api.send_message(row(null, %s, 'x', null, null, null)::api.send_message_input)", (o,)),
        lambda o: ("select api.mark_thread_read(%s, 9000000000000000000)", (thread,)),
        lambda o: ("select api.react_message((select max(id) from api.messages where thread_id = %s))", (thread,)),
        lambda o: ("select api.leave_thread(%s)", (thread,)),
        lambda o: ("select api.add_thread_members(%s, array[%s])", (thread, o)),
        lambda o: ("select api.remove_thread_member(%s, %s)", (thread, o)),
        lambda o: ("select api.join_room(%s)", (room,)),
        lambda o: ("select api.set_room_role(%s, %s, 'HOST')", (room, o)),
        lambda o: ("select api.raise_hand(%s)", (room,)),
        lambda o: ("select api.leave_room(%s)", (room,)),
        lambda o: ("select api.join_group(%s)", (group,)),
        lambda o: ("select api.set_group_role(%s, %s, 'ADMIN')", (group, o)),
        lambda o: ("select api.ban_from_group(%s, %s)", (group, o)),
        lambda o: ("select api.unban_from_group(%s, %s)", (group, o)),
        lambda o: ("select api.leave_group(%s)", (group,)),
    ]

    outcomes: set[object] = set()

    def act(user: int) -> None:
        rng = random.Random(user)
        for _ in range(60):
            statement, params = rng.choice(acts)(rng.choice(PEOPLE))
            outcomes.add(as_user(people, user, statement, *params))

    all_at_once(act)
    refusals = {outcome for outcome in outcomes if isinstance(outcome, str) and len(outcome) == 5}
    assert refusals <= {"DA400", "DA403", "DA404", "DA409"}
    owners = "select count(*) from api.group_members where role = 'OWNER' and group_id = %s"
    assert people.execute(owners, (group,)) != [(0,)]
