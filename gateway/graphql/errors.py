"""What is refused, and how GraphQL's error list says so (docs/reference/graphql.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLError


class Code(Enum):
    """`extensions.code` of what the gateway itself refuses; the database's errors carry their SQLSTATE."""

    BAD_REQUEST = "BAD_REQUEST"
    """The HTTP request is not one that GraphQL over HTTP knows."""
    PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_INPUT = "BAD_USER_INPUT"
    """A variable or argument has a value that its type or its use does not allow."""
    NO_OPERATION = "OPERATION_RESOLUTION_FAILURE"
    TOO_LARGE = "LIMIT_EXCEEDED"
    NOT_PERSISTED = "PERSISTED_QUERY_NOT_FOUND"
    NOT_REGISTERED = "OPERATION_NOT_REGISTERED"
    NOT_FOUND = "NOT_FOUND"
    UNAVAILABLE = "SERVICE_UNAVAILABLE"
    OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN"


@dataclass(eq=False)
class Refusal(Exception):
    """A request that is not carried out. `status` is that of HTTP where the answer is plain JSON."""

    code: Code
    message: str
    hint: str | None = None
    status: int = 200
    details: Sequence[GraphQLError] = ()
    """The single errors where graphql-core found several."""
    limit: tuple[str, int] | None = None
    """The limit that was exceeded, by the name of its setting, and its value."""

    def errors(self) -> list[dict[str, Any]]:
        """The error list."""
        if self.details:
            return [_of_graphql(error, self.code) for error in self.details]
        entry = error(self.message, self.code.value, self.hint)
        if self.limit is not None:
            name, most = self.limit
            entry["extensions"]["limit"] = {"name": name, "value": most}
        return [entry]


def error(message: str, code: str, hint: str | None = None, detail: str | None = None) -> dict[str, Any]:
    """One entry of the error list."""
    extensions = {"code": code, "hint": hint, "detail": detail}
    return {"message": message, "extensions": {key: value for key, value in extensions.items() if value is not None}}


def errors_body(errors: Sequence[dict[str, Any]]) -> bytes:
    """The answer of an operation that gave nothing but errors."""
    return dumped({"data": None, "errors": list(errors)})


def dumped(document: Any) -> bytes:
    """JSON; what is no Unicode is replaced."""
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _of_graphql(found: GraphQLError, code: Code) -> dict[str, Any]:
    entry = error(found.message, code.value)
    if found.locations:
        entry["locations"] = [{"line": place.line, "column": place.column} for place in found.locations]
    return entry
