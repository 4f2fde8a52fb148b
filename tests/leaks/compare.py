"""Whether the same requests are answered alike where the secrets are not and where they are."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace

from tests.leaks.asks import Answer, Ask, send_all
from tests.leaks.worlds import PEOPLE, Pair, token

# Of all requests each persona sends one in so many, of mutations, which can't be asked at once, fewer. With LEAKS=all
# everybody sends all of them, which takes most of an hour.
EVERY, EVERY_MUTATION = (1, 1) if os.environ.get("LEAKS") == "all" else (32, 128)
# What differs and may, with the reason.
LEFT_OUT = {
    r"/rpc/block_user|POST /rest/v1/blocks|\bblock(User)?\(|insertIntoBlockCollection": (
        "one may block whom one can't see; it tells that the number is somebody's"
    ),
    r"(unblockUser|deleteFromBlockCollection)\(.*770001": "who lifts the own block may know what Mona shows everybody",
}
# Tallies that are the same for all readers count what hidden people did in public, and a private account shows how many
# posts and followers it has. What nobody may know is in none of them.
TALLIES = re.compile(r'"\w*([cC]ount|Count)":\s*"?\d+"?')
TALLIED = re.compile(
    r"_stats\?(\w+_count=|select=\w+_count|select=count)|_stats\?post_id=gte|_count\b|filter: {\w+Count:"
)
TALLIED_IN = ("from_strangers", "from_the_blocked")

Difference = tuple[Ask, Answer, Answer]


def share(asks: Sequence[Ask], persona: str, every: int) -> list[Ask]:
    """The requests that this persona sends: one in `every`."""
    kept = [ask for ask in asks if not any(re.search(left, ask.text) for left in LEFT_OUT)]
    return kept[list(PEOPLE).index(persona) % every :: every]


async def differences(
    pair: Pair, secrets: str, persona: str, asks: Sequence[Ask], *, every: int = EVERY, together: int = 8
) -> list[Difference]:
    """The requests that are answered otherwise where the secrets are."""
    asked = share(asks, persona, every)
    if secrets in TALLIED_IN:
        asked = [ask for ask in asked if not TALLIED.search(ask.text)]
    without = await send_all(pair.without.client, asked, token(persona), together)
    with_ = await send_all(pair.with_.client, asked, token(persona), together)
    found = zip(asked, without, with_, strict=True)
    return [each for each in found if _shown(each[1], secrets) != _shown(each[2], secrets)]


def _shown(answer: Answer, secrets: str) -> Answer:
    return replace(answer, body=TALLIES.sub("", answer.body)) if secrets in TALLIED_IN else answer
