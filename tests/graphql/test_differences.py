"""What is refused here though pg_graphql accepts it."""

from __future__ import annotations

from tests.graphql.conftest import Client


async def test_keys_given_twice(shop: Client) -> None:
    error = await shop.error('{productCollection(filter: {code: {eq: "a"}, code: {eq: "b"}}) {edges {cursor}}}')
    assert error["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert "'code'" in error["message"]
