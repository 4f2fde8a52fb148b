"""OPTIONS: what may be done under a path (https://docs.postgrest.org/en/stable/references/api/options.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.catalog.model import Volatility
from gateway.http import Response
from gateway.rest.errors import unknown_table
from gateway.rest.functions import find

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog, Relation

_RPC = "rpc/"


def options(catalog: Catalog, schema: str, path: str) -> Response:
    """200 with Allow. Raises PGRST205 or PGRST202 for what isn't there."""
    allowed = _allowed(catalog, schema, path)
    headers = ((b"access-control-allow-origin", b"*"), (b"allow", allowed.encode()))
    return Response(200, headers, b"")


def _allowed(catalog: Catalog, schema: str, path: str) -> str:
    if not path:
        return "OPTIONS,GET,HEAD"
    if path.startswith(_RPC):
        return _of_function(catalog, schema, path.removeprefix(_RPC))
    relation = catalog.relations.get((schema, path))
    if relation is None:
        raise unknown_table(schema, path, [name for of, name in catalog.relations if of == schema])
    return _of_relation(relation)


def _of_relation(relation: Relation) -> str:
    methods = {
        "OPTIONS,GET,HEAD": True,
        "POST": relation.insertable,
        "PUT": relation.insertable and relation.updatable and bool(relation.key),
        "PATCH": relation.updatable,
        "DELETE": relation.deletable,
    }
    return ",".join(method for method, is_allowed in methods.items() if is_allowed)


def _of_function(catalog: Catalog, schema: str, name: str) -> str:
    overloads = catalog.functions.get((schema, name)) or (find(catalog, (schema, name), (), None),)
    is_volatile = all(function.volatility is Volatility.VOLATILE for function in overloads)
    return "OPTIONS,POST" if is_volatile else "OPTIONS,GET,HEAD,POST"
