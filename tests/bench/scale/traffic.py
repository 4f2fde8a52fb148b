"""What a crowd sends: feeds, posts, and batches of engagement, as whole requests with their tokens."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.bench.cases import CREATE, FEED, Ask
from tests.support.tokens import Tokens

BATCH = 100
TALKED_ABOUT = 20_000
SKEW = 3.0
KINDS = {"VIEW": 80, "REACT": 12, "SAVE": 4, "SHARE": 2, "UNREACT": 2}
_DRAW = random.Random()
_USERS = "select id from api.users where username like 'scale\\_%' order by id"
_POSTS = "select id from api.posts where visibility = 'PUBLIC' order by id desc limit %s"


@dataclass(frozen=True)
class Crowd:
    """Who is there, and the posts that they talk about: the newest public ones, the first of them most."""

    users: Sequence[int] = field(repr=False)
    posts: Sequence[int] = field(repr=False)
    tokens: Tokens = field(repr=False)

    def feeds(self, number: int) -> list[bytes]:
        """The product document's feed query, each by anybody."""
        body = json.dumps({"query": FEED}).encode()
        return [Ask("POST", "/graphql", body).encode(self._token()) for _ in range(number)]

    def new_posts(self, number: int) -> list[bytes]:
        """Posts, each by anybody."""
        body = json.dumps(CREATE).encode()
        return [Ask("POST", "/graphql", body).encode(self._token()) for _ in range(number)]

    def batches(self, number: int) -> list[bytes]:
        """Batches of a hundred events, each by anybody."""
        return [self._batch().encode(self._token()) for _ in range(number)]

    def events(self) -> list[dict[str, Any]]:
        """A hundred things that one person does to different posts."""
        wanted = min(BATCH, len(self.posts) // 2)
        posts: dict[int, None] = {}
        while len(posts) < wanted:
            posts[self.posts[int(len(self.posts) * _DRAW.random() ** SKEW)]] = None
        kinds = _DRAW.choices([*KINDS], [*KINDS.values()], k=wanted)
        return [_event(kind, post) for kind, post in zip(kinds, posts, strict=True)]

    def somebody(self) -> int:
        """Any of the users."""
        return _DRAW.choice(self.users)

    def _batch(self) -> Ask:
        return Ask("POST", "/rest/v1/rpc/record_engagement", json.dumps({"events": self.events()}).encode())

    def _token(self) -> str:
        return self.tokens.make(self.somebody())


def crowd(url: str, tokens: Tokens) -> Crowd:
    """The crowd that `daira seed --scale` has loaded into this database."""
    with psycopg.connect(url) as conn:
        users = [row[0] for row in conn.execute(_USERS)]
        posts = [row[0] for row in conn.execute(_POSTS, [min(TALKED_ABOUT, 2 * len(users))])]
    return Crowd(users, posts, tokens)


def _event(kind: str, post: int) -> dict[str, Any]:
    event: dict[str, Any] = {"kind": kind, "post_id": str(post)}
    if kind == "VIEW":
        event |= {"source": "FEED", "dwell_ms": _DRAW.randrange(20_000)}
    return event
