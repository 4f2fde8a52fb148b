"""The operations of operations.yaml, and what must be found in their answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Operation:
    """One entry of operations.yaml."""

    name: str
    document: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None
    role: str = "authenticated"


OPERATIONS = tuple(
    Operation(**entry) for entry in yaml.safe_load(Path(__file__).with_name("operations.yaml").read_text())
)


def filled(value: Any, kept: Mapping[str, Any]) -> Any:
    """`value` with what was kept in the place of $name."""
    if isinstance(value, Mapping):
        return {key: filled(inner, kept) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(item, kept) for item in value]
    return kept[value[1:]] if isinstance(value, str) and value.startswith("$") else value


def found(operation: Operation, data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `data` that later operations take."""
    kept = {}
    for name, path in operation.keep.items():
        value: Any = data
        for step in path.split("."):
            value = value[int(step) if isinstance(value, list) else step]
        kept[name] = value
    return kept


def contains(data: Any, expected: Any) -> bool:
    """Whether `expected` is found in `data`: objects may have more fields, lists have as many items."""
    if isinstance(expected, Mapping):
        return isinstance(data, Mapping) and all(contains(data.get(key), inner) for key, inner in expected.items())
    if isinstance(expected, list):
        return isinstance(data, list) and len(data) == len(expected) and all(map(contains, data, expected))
    return bool(data == expected)
