"""The operations of the product document from gql, the Python client, which first fetches the schema."""

from __future__ import annotations

from typing import Any

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport
from graphql import build_client_schema, get_introspection_query, parse, print_schema, validate_schema
from graphql.validation import validate

from tests.clients.graphql.operations import OPERATIONS, Operation, contains, filled, found
from tests.rest.conftest import bearer
from tests.rest.process import Process


@pytest.fixture(scope="module")
def client(served: Process) -> Client:
    """A client that is signed in as nour."""
    transport = HTTPXTransport(f"http://127.0.0.1:{served.port}/graphql", headers=bearer(1001), timeout=30)
    return Client(transport=transport)


@pytest.fixture(scope="module")
def answers(client: Client) -> dict[str, tuple[Any, Any]]:
    """What each operation gave, and what it should have."""
    kept: dict[str, Any] = {}
    given: dict[str, tuple[Any, Any]] = {}
    for operation in OPERATIONS:
        document = gql(operation.document)
        document.variable_values = filled(operation.variables, kept)
        try:
            data = client.execute(document, extra_args={"headers": bearer(1001, operation.role)})
        except TransportQueryError as failure:
            given[operation.name] = (str(failure), None)
            continue
        kept |= found(operation, data)
        given[operation.name] = (data, filled(operation.expect, kept))
    return given


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_operation(answers: dict[str, tuple[Any, Any]], operation: Operation) -> None:
    data, expected = answers[operation.name]
    if operation.error is not None:
        assert isinstance(data, str)
        assert operation.error in data
    else:
        assert contains(data, expected), data


def test_the_introspected_schema_is_valid(client: Client) -> None:
    schema = build_client_schema(client.execute(gql(get_introspection_query())))
    assert validate_schema(schema) == []
    assert len(print_schema(schema)) > 10_000
    own = [operation.document for operation in OPERATIONS if operation.role == "authenticated"]
    assert [error for document in own for error in validate(schema, parse(document))] == []
