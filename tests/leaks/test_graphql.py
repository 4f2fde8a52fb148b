"""No GraphQL operation tells a secret: it is answered as where the secret is not."""

from __future__ import annotations

import pytest
from graphql import build_client_schema, get_introspection_query

from tests.leaks.asks import Ask
from tests.leaks.compare import EVERY_MUTATION, differences
from tests.leaks.graphql_routes import Schema, mutations, queries
from tests.leaks.worlds import CASES, Pair, token


async def schema_of(pair: Pair, persona: str) -> Schema:
    ask = Ask.graphql(get_introspection_query(descriptions=False))
    answer = await pair.without.client.post(ask.path, content=ask.body, headers=token(persona))
    return Schema(build_client_schema(answer.json()["data"]), pair.catalogue, pair.planted)


@pytest.mark.parametrize(("secrets", "persona"), CASES)
async def test_no_query_tells(pairs: dict[str, Pair], secrets: str, persona: str) -> None:
    asks = list(queries(await schema_of(pairs[secrets], persona)))
    assert len(asks) > 400
    assert await differences(pairs[secrets], secrets, persona, asks) == []


@pytest.mark.parametrize(("secrets", "persona"), CASES)
async def test_no_mutation_tells(pairs: dict[str, Pair], secrets: str, persona: str) -> None:
    asks = list(mutations(await schema_of(pairs[secrets], persona)))
    assert await differences(pairs[secrets], secrets, persona, asks, every=EVERY_MUTATION, together=1) == []
