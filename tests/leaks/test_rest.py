"""No request to REST tells a secret: it is answered as where the secret is not."""

from __future__ import annotations

import pytest

from tests.leaks.asks import Ask
from tests.leaks.compare import differences
from tests.leaks.rest_routes import WORDS, aimed_routes, called_routes, open_routes, written_routes
from tests.leaks.worlds import CASES, Pair


def asks_about(pair: Pair) -> list[Ask]:
    return [
        *open_routes(pair.catalogue),
        *aimed_routes(pair.catalogue, pair.planted),
        *written_routes(pair.catalogue, pair.planted),
        *called_routes(pair.catalogue, pair.planted, WORDS),
    ]


@pytest.mark.parametrize(("secrets", "persona"), CASES)
async def test_nothing_comes_out(pairs: dict[str, Pair], secrets: str, persona: str) -> None:
    asks = asks_about(pairs[secrets])
    assert len(asks) > 3_000
    assert await differences(pairs[secrets], secrets, persona, asks) == []
