"""Media types that the database itself makes.

https://docs.postgrest.org/en/stable/references/api/media_type_handlers.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.catalog.model import TypeKind
from gateway.rest.media import NO_HANDLERS, Handler

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.catalog.model import Catalog, Function, Name

_BYTEA, _ANY = ("pg_catalog", "bytea"), 0


def of_relation(catalog: Catalog, name: Name, *, is_whole: bool) -> Mapping[str, Handler]:
    """The aggregates that take rows of the relation, where they are read whole, or any rows."""
    relation = catalog.relations.get(name)
    if not catalog.media_handlers or relation is None:
        return NO_HANDLERS
    return _taking(catalog, relation.row_type if is_whole else _ANY, name)


def of_function(catalog: Catalog, function: Function, *, is_whole: bool) -> Mapping[str, Handler]:
    """The media type that the function's result type names, or the aggregates that take what it gives."""
    type_ = catalog.type_of(function.returns)
    if type_.kind is TypeKind.DOMAIN and "/" in type_.name[1]:
        base = catalog.types.get(type_.base)
        return {type_.name[1]: Handler(is_binary=base is not None and base.name == _BYTEA)}
    if not catalog.media_handlers:
        return NO_HANDLERS
    return _taking(catalog, type_.oid if is_whole else _ANY, type_.relation)


def _taking(catalog: Catalog, row_type: int, name: Name | None) -> dict[str, Handler]:
    found: dict[str, Handler] = {}
    for handler in sorted(catalog.media_handlers, key=lambda handler: handler.row_type):
        if handler.row_type in (_ANY, row_type):
            row = name if handler.row_type != _ANY else None
            found[handler.media] = Handler(handler.aggregate, row, handler.is_binary)
    return found
