"""The cases of cases/*.yaml: an operation, who sends it, and what the documentation of pg_graphql says it answers.

A case has `query` and `data`, or in short `rows`: the values of the field `of` (`id`, unless said) of each edge of
the connection that `select` asks for. `error` is a part of the first error's message; the data is then null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_FILES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))


@dataclass(frozen=True)
class Case:
    """One case. `server` names the schemas that are served: all of them, or those without introspection."""

    name: str
    query: str
    data: Any = None
    error: str | None = None
    variables: Mapping[str, Any] | None = None
    operation: str | None = None
    role: str = "contract_web"
    sub: str = "sam"
    server: str = "all"
    then: Mapping[str, Any] = field(default_factory=dict)
    """A statement, run afterwards as the superuser, and its one value as text."""

    @property
    def changes(self) -> bool:
        """Whether the rows have to be put back afterwards."""
        return "mutation" in self.query


def read_cases() -> Iterator[tuple[str, Case]]:
    """All cases with the names that the test report gives them."""
    for path in _FILES:
        for number, entry in enumerate(yaml.safe_load(path.read_text()), 1):
            case = _case(entry)
            yield f"{path.stem}-{number}-{case.name}", case


def _case(entry: dict[str, Any]) -> Case:
    if "select" not in entry:
        return Case(**{"name": " ".join(entry["query"].split())[:60], **entry})
    given = dict(entry)
    select, of, rows = given.pop("select"), given.pop("of", "id"), given.pop("rows", None)
    key = select.split("(")[0]
    query = f"{{ {select} {{ edges {{ node {{ {of} }} }} }} }}"
    data = None if rows is None else {key: {"edges": [{"node": {of: value}} for value in rows]}}
    return Case(**{"name": select[:60], "query": query, "data": data, **given})
