"""What is measured: the requests with their keys drawn at random, and how pgbench draws the same keys."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tests.bench.data import READERS, Keys

FEED = (
    "query { me { id username email userType isVerified followerCount } feed(limit: 10) { edges { node "
    "{ id content author { username userType } stats { likesCount viewsCount } } } "
    "pageInfo { hasNextPage endCursor } } }"
)
NESTED = (
    "query { feed(limit: 10) { edges { node { id content comments(first: 5) { edges { node { id content author "
    "{ username userType } } } } } } } }"
)
CREATE = {
    "query": "mutation ($input: CreatePostInput!) { createPost(input: $input) { id type content createdAt } }",
    "variables": {"input": {"type": "REGULAR", "content": "Hello from the bench"}},
}
PUBLIC_ROUNDS, SCATTER = 27, 7_919
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


class Draw(NamedTuple):
    """Who asks (the number of a reader) and for which key."""

    reader: int
    key: int


class Shares(NamedTuple):
    """Targets as shares of pgbench's rate, by the issue that set them."""

    issue_2: float | None = None
    issue_3: float | None = None
    issue_4: float | None = None


@dataclass(frozen=True)
class Case:
    """One row of the table.

    `ask` makes the request for a drawn key. `draw` draws in Python; its second argument is a number that no other
    request has. `draws` are the pgbench lines that draw `:reader` and `:key` from the same numbers, with `:serial` for
    that one; `marker` stands in every right answer. `targets` are by connections. What a `once` case asks can be asked
    only once.
    """

    name: str
    draw: Callable[[Keys, int], Draw]
    ask: Callable[[int], Ask]
    draws: Sequence[str]
    marker: bytes
    targets: Mapping[int, Shares]
    once: bool = False


def _anyone(key: int) -> Draw:
    return Draw(random.randrange(READERS), key)


def _public_post(keys: Keys) -> int:
    round_ = 10 * random.randrange(3) + random.randint(1, 9)
    return keys.post(keys.size.authors * round_ + random.randrange(keys.size.authors))


def _author(keys: Keys) -> int:
    return keys.author(random.randrange(keys.size.authors))


def _new_reaction(keys: Keys, serial: int) -> Draw:
    """A reader and a public post that no other number has together."""
    reader, authors = serial % READERS, keys.size.authors
    public = (serial // READERS + reader * SCATTER) % (PUBLIC_ROUNDS * authors)
    round_ = public // authors
    return Draw(reader, keys.post((round_ // 9 * 10 + round_ % 9 + 1) * authors + public % authors))


DRAW_READER = rf"\set reader :first_user + random(0, {READERS - 1}) * :reader_step"
CASES = (
    Case(
        name="keyed read (REST)",
        draw=lambda keys, _: _anyone(_public_post(keys)),
        ask=lambda post: Ask("GET", f"/rest/v1/posts?id=eq.{post}&select=id,content,created_at"),
        draws=[
            DRAW_READER,
            r"\set n :authors * (10 * random(0, 2) + random(1, 9)) + random(0, :authors - 1)",
            r"\set key :first_post + :n * :post_step",
        ],
        marker=b'"created_at"',
        targets={16: Shares(0.33, 0.36), 64: Shares(0.5, 0.6)},
    ),
    Case(
        name="page of 20 with author and stats (REST)",
        draw=lambda keys, _: _anyone(_author(keys)),
        ask=lambda author: Ask("GET", f"/rest/v1/posts?select={_PAGE}&author_id=eq.{author}&order=id.desc&limit=20"),
        draws=[DRAW_READER, r"\set key :first_user + random(0, :authors - 1) * :user_step"],
        marker=b'"likes_count"',
        targets={16: Shares(0.5, 0.55), 64: Shares(0.8, 0.9)},
    ),
    Case(
        name="me and feed (GraphQL)",
        draw=lambda keys, _: _anyone(0),
        ask=lambda _: Ask("POST", "/graphql", json.dumps({"query": FEED}).encode()),
        draws=[DRAW_READER],
        marker=b'"likesCount"',
        targets={16: Shares(0.7, issue_4=0.85), 64: Shares(0.8, issue_4=0.85)},
    ),
    Case(
        name="feed, comments, authors (GraphQL)",
        draw=lambda keys, _: _anyone(0),
        ask=lambda _: Ask("POST", "/graphql", json.dumps({"query": NESTED}).encode()),
        draws=[DRAW_READER],
        marker=b'"comments"',
        targets={16: Shares(issue_4=0.9), 64: Shares(issue_4=0.9)},
    ),
    Case(
        name="create a post (GraphQL)",
        draw=lambda keys, _: _anyone(0),
        ask=lambda _: Ask("POST", "/graphql", json.dumps(CREATE).encode()),
        draws=[DRAW_READER],
        marker=b'"createdAt"',
        targets={16: Shares(issue_4=0.6), 64: Shares(issue_4=0.9)},
    ),
    Case(
        name="insert of a reaction (REST)",
        draw=_new_reaction,
        ask=lambda post: Ask("POST", "/rest/v1/reactions", json.dumps({"post_id": post, "kind": "LOVE"}).encode()),
        draws=[
            rf"\set r :serial % {READERS}",
            r"\set reader :first_user + :r * :reader_step",
            rf"\set p (:serial / {READERS} + :r * {SCATTER}) % ({PUBLIC_ROUNDS} * :authors)",
            r"\set o :p / :authors",
            r"\set key :first_post + ((:o / 9 * 10 + :o % 9 + 1) * :authors + :p % :authors) * :post_step",
        ],
        marker=b"HTTP/1.1 201 ",
        targets={16: Shares(issue_3=0.6), 64: Shares(issue_3=0.9)},
        once=True,
    ),
)
