"""The test can fail: with a condition dropped, secrets come out, and it is seen."""

from __future__ import annotations

import pytest

from tests.leaks.compare import differences
from tests.leaks.test_rest import asks_about
from tests.leaks.worlds import make_databases, serve
from tests.support.databases import Database

# What is dropped, by whom it is noticed, and where.
LEAKS = {
    "a policy without its condition": (
        "alter policy select_visible on api.comments using (true)",
        "from_everybody", "stranger", "/rest/v1/comments",
    ),
    "a count of all": (
        "alter policy select_own on api.circles using (true)", "from_everybody", "minor", "count()",
    ),
    "a private column for all": (
        "alter policy select_own on api.user_private using (true)", "from_everybody", "stranger", "user_private?",
    ),
    "a look-up that asks nobody": (
        "create or replace function api.can_see_post(id bigint) returns boolean language sql stable security definer"
        " set search_path = '' return coalesce((select true from api.posts as p where p.id = can_see_post.id), false)",
        "from_strangers", "stranger", "rpc/can_see_post",
    ),
    "a block that hides one direction": (
        "create or replace view feed.viewer_blocks as"
        " select b.blocked_id as user_id from api.blocks as b where b.blocker_id = (select auth.uid())",
        "from_the_blocked", "blocked", "/rest/v1/posts?",
    ),
    "a search that forgets the rule": (
        "create or replace view feed.findable_posts as select p.id from api.posts as p",
        "from_strangers", "visitor", "rpc/search",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LEAKS)
async def test_a_leak_is_seen(template: Database, name: str) -> None:
    statement, secrets, persona, where = LEAKS[name]
    for databases in make_databases(template, statement, only=(secrets,)):
        async for pairs in serve(databases):
            asks = [ask for ask in asks_about(pairs[secrets]) if where in ask.path]
            assert await differences(pairs[secrets], secrets, persona, asks[:200], every=1) != []
