"""Who acts, and on what."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.jobs.people import make_users, publish
from tests.support.databases import Database

TAGS = ("one", "two", "three", "four")
MADE = {
    "thread": "api.create_group_thread(row('x', %(people)s::bigint[], null)::api.create_group_thread_input)",
    "group": "api.create_group(row('everybody', null, null, null, null)::api.create_group_input)",
    "guarded": "api.create_group(row('guarded', null, null, null, 'REQUEST')::api.create_group_input)",
    "event": "api.create_event(row('x', null, null, null, null, null, null, now() + interval '1 day', null, null, 5)"
    "::api.create_event_input)",
    "room": "api.create_room(row('x', null, null, null, 9, null, null)::api.create_room_input)",
}


@dataclass(frozen=True)
class Scene:
    """People with a post each, and what they have in common."""

    people: list[int]
    posts: list[int]
    common: dict[str, int]

    def arguments(self, chance: random.Random, me: int) -> dict[str, object]:
        """What an act of `me` may be about."""
        others = [other for other in self.people if other != me]
        return {
            "me": me,
            "user": chance.choice(others),
            "users": chance.sample(others, 4),
            "pair": chance.sample(others, 2),
            "post": chance.choice(self.posts),
            "few": chance.sample(self.posts, 4),
            "posts": chance.choices(self.posts, k=20),
            "kinds": chance.choices(["REACT", "UNREACT", "SAVE", "UNSAVE", "VIEW", "SHARE"], k=20),
            "text": _text(chance),
            "other_text": _text(chance),
            "word": chance.choice(["water", "earth", "fire"]),
            "number": chance.randrange(1000),
            "key": f"00000000-0000-4000-8000-{chance.randrange(50):012}",
            "flag": chance.random() < 0.5,
            "reaction": chance.choice(["LIKE", "LOVE", "WOW"]),
            "answer": chance.choice(["GOING", "NO"]),
            "scope": chance.choice(["ALL", "NOTIFICATIONS"]),
            "visibility": chance.choice(["PUBLIC", "FOLLOWERS", "PRIVATE"]),
            "audience": chance.choice(["PUBLIC", "FOLLOWERS"]),
            "policy": chance.choice(["EVERYONE", "EVERYONE", "FOLLOWED"]),
            "approval": chance.choice(["NOBODY", "STRANGERS"]),
            "feedback": chance.choice(["HIDE", "NOT_INTERESTED", "MORE_LIKE_THIS"]),
            "role": chance.choice(["OWNER", "ADMIN", "MEMBER"]),
            "rank": chance.choice(["OWNER", "ADMIN", "MODERATOR", "MEMBER"]),
            **self.common,
        }


def _text(chance: random.Random) -> str:
    tags = " ".join(f"#{tag}" for tag in chance.sample(TAGS, 3))
    return f"{tags} @somebody_{chance.randrange(8)} {chance.choice(TAGS)}"


def make_scene(database: Database, people: int) -> Scene:
    """Of these people every fourth is private; who has more than nine followers is fetched, not delivered."""
    made = make_users(database, people)
    database.execute("update api.users set is_private = id = any(%s)", (made[3::4],))
    database.execute(
        "update api.users as u set username = 'somebody_' || place - 1"
        " from unnest(%s::bigint[]) with ordinality as p (id, place) where u.id = p.id",
        (made,),
    )
    database.execute(
        "update feed.delivery_settings set pulled_from = 9, pushed_below = 7, timeline_rows = 30, rebuilt_rows = 20,"
        " filled_rows = 10"
    )
    database.execute(
        "insert into api.follows (follower_id, followee_id) select a, b"
        " from unnest(%s::bigint[]) as a, unnest(%s::bigint[]) as b where a <> b and (a + b) %% 3 = 0",
        (made, made),
    )
    database.execute(
        "insert into api.circles (owner_id, name)"
        " select u, n from unnest(%s::bigint[]) as u, unnest('{x,y}'::text[]) as n",
        (made,),
    )
    common = {name: _make(database, made, call) for name, call in MADE.items()}
    return Scene(made, [publish(database, author) for author in made], common)


def _make(database: Database, people: list[int], call: str) -> int:
    """Has the first of these people call a function; gives the identifier of what it makes."""
    with database.connect() as conn:
        conn.execute("select set_config('app.user_id', %s, false)", (str(people[0]),))
        found = conn.execute(f"select id from {call}".encode(), {"people": people[1:9]}).fetchone()
    assert found is not None
    return int(found[0])
