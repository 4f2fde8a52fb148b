"""GraphQL as one role has it under one reading of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gateway.graphql.cache import Key, OperationCache
from gateway.graphql.document import read_operation
from gateway.graphql.limits import Limits
from gateway.graphql.making import Sight
from gateway.graphql.operation import Asked, PreparedOperation
from gateway.graphql.reflect import reflect, shown
from gateway.graphql.schema import build_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import GraphQLSchema

    from gateway.catalog.model import Catalog, Privileges
    from gateway.graphql.surface import Surface


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement that an operation sends to the database, and its parameters."""

    sql: str
    params: Sequence[str | None]


class RoleApi:
    """Everything between a request of one role and its statement; touches no connection."""

    def __init__(
        self,
        catalog: Catalog,
        privileges: Privileges,
        limits: Limits | None = None,
        operations: OperationCache[PreparedOperation] | None = None,
    ) -> None:
        self.version = catalog.version
        self._catalog = catalog
        self._privileges = privileges
        self._limits = limits or Limits()
        self.surface = self._reflect(catalog)
        self.schema = build_schema(self.surface)
        self._sight = Sight(self.surface, self.schema, self._limits)
        self._operations: OperationCache[PreparedOperation] = OperationCache() if operations is None else operations

    @cached_property
    def shown(self) -> GraphQLSchema:
        """The schema that introspection tells of."""
        catalog = shown(self._catalog)
        return self.schema if catalog is self._catalog else build_schema(self._reflect(catalog))

    def prepare(self, text: str, name: str | None) -> PreparedOperation:
        """The operation `name` of `text`, parsed and validated once. Raises `Refusal`."""
        key = Key(self._privileges.role, self.version, text, name)
        found = self._operations.find(key)
        if found is None:
            operation = read_operation(text, name, self.schema, self._limits)
            found = PreparedOperation(operation, Asked(text, name), self._sight)
            self._operations.keep(key, found)
        return found

    def compile(
        self, text: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> tuple[Compiled, ...]:
        """The statements of an operation: one for a query, some for each field of a mutation. Raises `Refusal`."""
        prepared = self.prepare(text, operation_name)
        values = prepared.variables(variables)
        steps = prepared.plan(values).steps
        return tuple(Compiled(step.statement.text, step.params(values)) for step in steps)

    def _reflect(self, catalog: Catalog) -> Surface:
        return reflect(catalog, self._privileges, indexable_filters=self._limits.indexable_filters)
