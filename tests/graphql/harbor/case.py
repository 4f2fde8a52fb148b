"""What a case is: an operation, who sends it, and the data that pg_graphql's documentation promises."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

UNSAID: Any = object()
CLERK = "gq_clerk"
KEEPER = "gq_keeper"
NOBODY = "gq_nobody"
VISITOR = None


@dataclass(frozen=True)
class Case:
    """`errors` is what some error's message has to fit (a pattern); then `data` is null unless it is said.

    `then` is a statement that the superuser runs afterwards, and its one value as text. `server` names the settings.
    """

    name: str
    query: str
    data: Any = UNSAID
    variables: dict[str, Any] | None = None
    role: str | None = CLERK
    errors: str | None = None
    operation: str | None = None
    then: tuple[str, str] | None = None
    claims: dict[str, Any] | None = None
    server: str = "harbor"

    @property
    def changes(self) -> bool:
        """Whether the rows have to be put back afterwards."""
        return "mutation" in self.query and self.errors is None


def edges(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A connection of these nodes."""
    return {"edges": [{"node": node} for node in nodes]}


def ids(*values: Any, key: str = "id") -> dict[str, Any]:
    """A connection of nodes of which only the key was asked for."""
    return edges(*({key: value} for value in values))


def opaque(*values: Any) -> str:
    """A nodeId or a cursor, which are the base64 of a JSON array."""
    return b64encode(json.dumps(values).encode()).decode()


def refused(name: str, query: str, errors: str = "^(?!Syntax Error)", **more: Any) -> Case:
    """A case without data; its document can be read, unless said otherwise."""
    return Case(name, query, None, errors=errors, **more)
