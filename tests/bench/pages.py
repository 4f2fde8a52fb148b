"""The pages of an app whose statements are measured: what each asks for, and about whom."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.bench.cases import Ask

READERS = "select id from api.users where username like 'scale%%' order by random() limit %s"
KNOWN = "select user_id from api.user_stats order by follower_count desc limit 20"
FOLLOWING = "select user_id from api.user_stats order by following_count desc limit 20"
POSTS = "select id from api.posts where visibility = 'PUBLIC' order by random() limit %s"
TALKED_ABOUT = """
    select s.post_id
    from (select post_id from api.post_stats order by comments_count desc limit 100) as s
    inner join api.posts as p on p.id = s.post_id and p.visibility = 'PUBLIC'
    limit 20
"""
TOLD = "select recipient_id from api.notifications group by recipient_id order by count(*) desc limit 20"
TALKERS = "select user_id from (select distinct user_id from api.thread_states) as s order by random() limit %s"
TALKING = "select user_id from api.thread_states group by user_id order by count(*) desc limit 20"
THREADS = "select user_id, thread_id from api.thread_states order by random() limit %s"
MEMBERS = "select user_id, group_id from api.group_members order by random() limit %s"
TAGS = "select name from api.hashtags cross join generate_series(1, %s) where name in ('القاهرة', 'كورة', 'food')"
NAMES = """
    select left(name, 2 + (random() * 4)::integer)
    from api.users where username like 'scale%%' order by random() limit %s
"""
WORDS = """
    select split_part(content, ' ', 1 + (random() * 3)::integer) || case when random() < 0.5 then '' else ' مصر' end
    from api.posts order by random() limit %s
"""
FREQUENT = """
    select unnest(
        array['القاهرة', 'الأهلي', 'coffee', 'مصر', 'الخير', 'مع', 'Cairo', 'qahwa', 'كتاب', 'again', 'كورة قهوة']
    )
"""

STATS = "stats { likesCount commentsCount viewsCount }"
AUTHOR = "author { id username name avatarUrl isVerified }"
POST = f"id content createdAt visibility {AUTHOR} {STATS} myReaction isSaved"
INFO = "pageInfo { hasNextPage endCursor }"


@dataclass(frozen=True)
class Page:
    """A page. `drawn` and `heavy` are queries for its subjects: any of them, and those with most to show.

    A query answers subjects, or readers with their subjects. The heavy ones come once each.
    """

    name: str
    ask: Callable[[Any], Ask]
    drawn: str
    heavy: str | None = None
    is_own: bool = False
    """Whether the subject is the reader."""


def _graphql(
    name: str, query: str, variable: str | None = None, heavy: str | None = None, drawn: str = READERS
) -> Page:
    def ask(subject: Any) -> Ask:
        variables = {} if variable is None else {variable: str(subject)}
        return Ask("POST", "/graphql", json.dumps({"query": query, "variables": variables}).encode())

    return Page(name, ask, drawn, heavy, is_own=variable is None)


def _rest(name: str, path: str, drawn: str, heavy: str | None = None, *, is_own: bool = False) -> Page:
    return Page(name, lambda subject: Ask("GET", path.format(quote(str(subject)))), drawn, heavy, is_own)


PAGES: Sequence[Page] = (
    _graphql(
        "profile",
        "query ($id: BigInt!) { user(id: $id) { id username name bio avatarUrl isVerified userType isPrivate createdAt "
        "stats { followerCount followingCount postCount } relationship { following followedBy blocking muting } "
        f"pinnedPost {{ post {{ {POST} }} }} "
        f"posts(first: 20, orderBy: [{{id: DescNullsLast}}]) {{ edges {{ node {{ {POST} }} }} {INFO} }} }} }}",
        "id",
        KNOWN,
        READERS,
    ),
    _graphql(
        "post with comments",
        f"query ($id: BigInt!) {{ post(id: $id) {{ {POST} }} comments(postId: $id) {{ edges {{ node {{ id content "
        f"createdAt {AUTHOR} likesCount repliesCount isLiked isLikedByAuthor isPinned }} }} {INFO} }} }}",
        "id",
        TALKED_ABOUT,
        POSTS,
    ),
    _graphql(
        "followers",
        "query ($id: BigInt!) { followers(userId: $id, first: 20) { edges { node { id username name avatarUrl "
        f"isVerified relationship {{ following followedBy }} }} }} {INFO} }} }}",
        "id",
        KNOWN,
        READERS,
    ),
    _rest(
        "followers (REST)",
        "/rest/v1/follows?select=created_at,follower:users!follows_follower_id_fkey(id,username,name,avatar_url)"
        "&followee_id=eq.{}&order=follower_id.desc&limit=20",
        READERS,
        KNOWN,
    ),
    _graphql(
        "notifications",
        "query { notifications(limit: 20) { edges { cursor node { id kind createdAt readAt post { id content } "
        "comment { id content } actors(first: 3) { edges { node { actor { id username name avatarUrl } } } } } } "
        f"{INFO} }} unreadCount }}",
        None,
        TOLD,
    ),
    _rest("search", "/rest/v1/rpc/search?query={}", WORDS, FREQUENT),
    _rest("type-ahead", "/rest/v1/rpc/suggest?query={}", NAMES),
    _graphql("feed", f"query {{ feed(limit: 20) {{ edges {{ node {{ {POST} }} }} {INFO} }} }}", None, FOLLOWING),
    _graphql(
        "inbox",
        "query { inbox { items { thread { id kind title members(first: 3) { edges { node { user { id username name "
        f"avatarUrl }} }} }} }} }} lastMessage {{ id content senderId createdAt }} unreadCount isMuted }} {INFO} }} "
        "countUnreadThreads }",
        None,
        TALKING,
        TALKERS,
    ),
    _graphql(
        "conversation",
        "query ($id: BigInt!) { messageCollection(filter: {threadId: {eq: $id}}, first: 50, "
        "orderBy: [{id: DescNullsLast}]) { edges { node { id content createdAt senderId reactions(first: 10) "
        f"{{ edges {{ node {{ userId kind }} }} }} }} }} {INFO} }} }}",
        "id",
        None,
        THREADS,
    ),
    _rest(
        "messages without a filter (REST)",
        "/rest/v1/messages?select=id,content&order=id.desc&limit=20",
        TALKERS,
        TALKING,
        is_own=True,
    ),
    _graphql(
        "group",
        "query ($id: BigInt!) { groupByPk(id: $id) { id name description rules memberCount myRole "
        "members(first: 10) { edges { node { role user { id username name } } } } "
        f"posts(first: 20, orderBy: [{{id: DescNullsLast}}]) {{ edges {{ node {{ {POST} }} }} {INFO} }} }} }}",
        "id",
        None,
        MEMBERS,
    ),
    _graphql(
        "hashtag",
        f"query ($name: String!) {{ posts(hashtag: $name) {{ edges {{ node {{ {POST} }} }} {INFO} }} }}",
        "name",
        None,
        TAGS,
    ),
    _rest(
        "newest posts (REST)",
        "/rest/v1/posts?select=id,content,created_at,author:users!posts_author_id_fkey(username)&order=id.desc&limit=20",
        READERS,
    ),
    _graphql("sponsored posts", f"query {{ posts(sponsoredOnly: true) {{ edges {{ node {{ {POST} }} }} {INFO} }} }}"),
    _graphql("creators' posts", f"query {{ posts(creatorsOnly: true) {{ edges {{ node {{ {POST} }} }} {INFO} }} }}"),
)
