"""GraphQL as one role has it under one reading of the catalogue: surface, schema, and the operations seen lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gateway.graphql.document import read_operation
from gateway.graphql.limits import Limits
from gateway.graphql.operation import PreparedOperation
from gateway.graphql.reflect import reflect
from gateway.graphql.schema import build_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gateway.catalog.model import Catalog, Privileges


@dataclass(frozen=True, slots=True)
class CacheBound:
    """How many operations are kept, and how many characters of text they may have together."""

    operations: int = 1_000
    characters: int = 2_000_000


class OperationCache:
    """The operations used last, by text and name."""

    def __init__(self, bound: CacheBound) -> None:
        self._bound = bound
        self._kept: OrderedDict[tuple[str, str | None], PreparedOperation] = OrderedDict()
        self._characters = 0
        self.hits = self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: tuple[str, str | None]) -> PreparedOperation | None:
        """The operation under `key`, marked as just used."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def keep(self, key: tuple[str, str | None], operation: PreparedOperation) -> None:
        """Add an operation, and let go of those unused longest."""
        self._kept[key] = operation
        self._characters += len(key[0])
        while len(self._kept) > self._bound.operations or self._characters > self._bound.characters:
            (text, _), _ = self._kept.popitem(last=False)
            self._characters -= len(text)


@dataclass(frozen=True, slots=True)
class Compiled:
    """What an operation sends to the database."""

    sql: str
    params: Sequence[str | None]


class RoleApi:
    """Everything between a request of one role and its statement; touches no connection."""

    def __init__(
        self,
        catalog: Catalog,
        privileges: Privileges,
        limits: Limits | None = None,
        bound: CacheBound | None = None,
    ) -> None:
        self.version = catalog.version
        self.surface = reflect(catalog, privileges)
        self.schema = build_schema(self.surface)
        self.operations = OperationCache(bound or CacheBound())
        self._limits = limits or Limits()

    def prepare(self, text: str, name: str | None) -> PreparedOperation:
        """The operation `name` of `text`, parsed and validated once. Raises `Refusal`."""
        key = (text, name)
        found = self.operations.find(key)
        if found is None:
            operation = read_operation(text, name, self.schema, self._limits)
            found = PreparedOperation(operation, self.surface, self.schema)
            self.operations.keep(key, found)
        return found

    def compile(
        self, text: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> Compiled:
        """The statement of an operation. Raises `Refusal`."""
        prepared = self.prepare(text, operation_name)
        values = prepared.variables(variables)
        plan = prepared.plan(values)
        return Compiled(plan.statement.text if plan.statement else "", plan.params(values))
