"""A thousand distinct documents take no more memory than the cache's bound."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from itertools import islice

import pytest

from gateway.graphql.cache import CacheBound, OperationCache
from gateway.graphql.operation import PreparedOperation
from gateway.graphql.role_api import RoleApi
from tests.bench.shapes import documents
from tests.graphql.conftest import role_api
from tests.support.databases import Database

MEGABYTE = 1_000_000
BOUND = 2 * MEGABYTE


@pytest.fixture
def api(people: Database) -> Iterator[RoleApi]:
    made = role_api(people, "api", "authenticated")
    made.compile("{me {id}}")
    made._operations = OperationCache(CacheBound(bytes=BOUND))
    yield made
    tracemalloc.stop()


def grown(api: RoleApi, texts: list[str]) -> int:
    """The bytes that are held after all of these were compiled."""
    for text in texts:
        api.compile(text)
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def test_a_thousand_documents_keep_to_the_bound(api: RoleApi) -> None:
    texts = iter(documents(api.schema, 1_000))
    tracemalloc.start(1)
    filled = grown(api, list(islice(texts, 400)))
    assert api._operations.bytes <= BOUND
    assert filled < 1.5 * BOUND, "what is held is about what is counted"
    assert grown(api, list(texts)) - filled < 0.25 * BOUND
    assert 100 < len(api._operations) < 1_000


def test_plans_of_one_operation_count_too(api: RoleApi) -> None:
    document = "query ($f: UserFilter) {userCollection(filter: $f) {edges {node {id}}}}"
    sizes = set()
    for number in range(30):
        api.compile(document, {"f": {"and": [{"id": {"eq": 1}}] * number}})
        (operation,) = (kept for kept, _ in api._operations._kept.values())
        assert isinstance(operation, PreparedOperation)
        sizes.add(operation.size)
    assert len(sizes) == 30
    assert api._operations.bytes > 29 * 2_000
