"""What is measured: the requests with their keys drawn at random, and how pgbench draws the same keys."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.data import READERS, Keys

FEED = (
    "query { me { id username email userType isVerified followerCount } feed(limit: 10) { edges { node "
    "{ id content author { username userType } stats { likesCount viewsCount } } } "
    "pageInfo { hasNextPage endCursor } } }"
)
_PAGE = (
    "id,content,created_at,author:users!posts_author_id_fkey(username,user_type),"
    "stats:post_stats(likes_count,views_count)"
)


@dataclass(frozen=True)
class Ask:
    """A request without its token: method, path, body."""

    method: str
    path: str
    body: bytes = b""

    def encode(self, token: str) -> bytes:
        """The bytes on the wire."""
        head = (
            f"{self.method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
            f"Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: {len(self.body)}\r\n\r\n"
        )
        return head.encode() + self.body


@dataclass(frozen=True)
class Case:
    """One row of the table.

    `ask` makes the request for a drawn key. `draw` draws one in Python, `draws` are the pgbench lines that draw `:key`
    from the same numbers; `marker` stands in every right answer. `targets` are shares of pgbench's rate by connections.
    """

    name: str
    draw: Callable[[Keys], int]
    ask: Callable[[int], Ask]
    draws: Sequence[str]
    marker: bytes
    targets: Mapping[int, float]


def _public_post(keys: Keys) -> int:
    round_ = 10 * random.randrange(3) + random.randint(1, 9)  # noqa: S311
    return keys.post(keys.size.authors * round_ + random.randrange(keys.size.authors))  # noqa: S311


def _author(keys: Keys) -> int:
    return keys.author(random.randrange(keys.size.authors))  # noqa: S311


CASES = (
    Case(
        name="keyed read (REST)",
        draw=_public_post,
        ask=lambda post: Ask("GET", f"/rest/v1/posts?id=eq.{post}&select=id,content,created_at"),
        draws=[
            r"\set n :authors * (10 * random(0, 2) + random(1, 9)) + random(0, :authors - 1)",
            r"\set key :first_post + :n * :post_step",
        ],
        marker=b'"created_at"',
        targets={16: 0.33, 64: 0.5},
    ),
    Case(
        name="page of 20 with author and stats (REST)",
        draw=_author,
        ask=lambda author: Ask("GET", f"/rest/v1/posts?select={_PAGE}&author_id=eq.{author}&order=id.desc&limit=20"),
        draws=[r"\set key :first_user + random(0, :authors - 1) * :user_step"],
        marker=b'"likes_count"',
        targets={16: 0.5, 64: 0.8},
    ),
    Case(
        name="me and feed (GraphQL)",
        draw=lambda keys: 0,
        ask=lambda _: Ask("POST", "/graphql", json.dumps({"query": FEED}).encode()),
        draws=[],
        marker=b'"likesCount"',
        targets={16: 0.7, 64: 0.8},
    ),
)

DRAW_READER = rf"\set reader :first_user + random(0, {READERS - 1}) * :reader_step"
