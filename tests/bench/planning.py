"""How long the gateway takes to plan a request whose like it has not seen: measured in this process."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import psycopg

from gateway.catalog.model import Catalog, Privileges
from gateway.catalog.read import CATALOG_QUERY, PRIVILEGES_QUERY, read_catalog, read_privileges
from gateway.graphql.role_api import RoleApi
from gateway.rest.lexer import lex
from gateway.rest.plans import compile_read
from tests.bench.figures import Figure
from tests.bench.load import percentile
from tests.bench.shapes import SCHEMA, documents, rest_shapes

T = TypeVar("T")
ROLE = "authenticated"
SHAPES, DOCUMENTS = 500, 1_000
GC_THRESHOLD = 10_000


def planning(conninfo: str) -> Iterator[Figure]:
    """The slowest hundredth of shapes of REST and of GraphQL documents, over the catalogue of this database."""
    catalog, privileges = _read(conninfo)
    shapes = rest_shapes(catalog, SHAPES)
    took = _timed(lambda shape: compile_read(catalog, shape[0], lex(shape[1])), shapes)
    yield _slowest("planning a REST shape", took, 2)
    api = RoleApi(catalog, privileges)
    took = _timed(lambda text: api.compile(text), documents(api.schema, SHAPES))
    yield _slowest("preparing a GraphQL document", took, 3)
    yield Figure(f"memory of {DOCUMENTS:,} GraphQL documents", _held(RoleApi(catalog, privileges)), "MB", 16)


def _held(api: RoleApi) -> float:
    """Megabytes that stay allocated for documents which are kept ready."""
    texts = documents(api.schema, DOCUMENTS + 1)
    api.compile(texts.pop())
    gc.collect()
    tracemalloc.start(1)
    for text in texts:
        api.compile(text)
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1e6


def _slowest(what: str, took: Sequence[float], bound: float | None = None) -> Figure:
    title, remark = f"{what} for the first time, p99 of {len(took)}", f"  (p50 {percentile(took, 0.5):.2f} ms)"
    return Figure(title, percentile(took, 0.99), "ms", bound, remark)


def _timed(work: Callable[[T], Any], items: Iterable[T]) -> list[float]:
    """Milliseconds of processor time for each, in order of size: a process that waits for a processor is not slow.

    The collector is set as gateway/serve.py sets it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
    took = []
    for item in items:
        begun = time.thread_time()
        work(item)
        took.append((time.thread_time() - begun) * 1e3)
    return sorted(took)


def _read(conninfo: str) -> tuple[Catalog, Privileges]:
    with psycopg.connect(conninfo, cursor_factory=psycopg.RawCursor) as connection:
        catalog = connection.execute(CATALOG_QUERY, [[SCHEMA], ["public"]]).fetchone()
        privileges = connection.execute(PRIVILEGES_QUERY, [ROLE, [SCHEMA]]).fetchone()
    assert catalog is not None
    assert privileges is not None
    return read_catalog(catalog[0]), read_privileges(ROLE, privileges[0])
