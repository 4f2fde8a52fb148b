"""The root of the API: its OpenAPI document, as far as the caller's role may see it."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING

from gateway.catalog.model import RelationKind
from gateway.http import Headers, Response
from gateway.lanes import Statement
from gateway.rest.errors import RestError
from gateway.rest.media import parse_accept
from gateway.rest.preferences import NO_PREFERENCES
from gateway.rest.swagger import Address, Table, proxy_address, swagger
from gateway.rest.timing import mark
from gateway.settings import OpenApiMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Catalog, Relation
    from gateway.http import Request
    from gateway.lanes import Identity, Lanes
    from gateway.rest.request import Facts
    from gateway.rest.session import Session
    from gateway.settings import ApiSettings

BASE_PATH = "/rest/v1"
CONTENT_TYPE = b"application/openapi+json; charset=utf-8"
_ACCEPTED = frozenset({"application/openapi+json", "application/json", "*/*"})
_DESCRIBE = Statement(files(__package__).joinpath("openapi.sql").read_text())


class Root:
    """Answers GET and HEAD at the root where no function does."""

    def __init__(self, lanes: Lanes, catalog: Callable[[], Catalog], settings: ApiSettings) -> None:
        self._lanes = lanes
        self._catalog = catalog
        self._settings = settings

    async def answer(
        self, identity: Identity, schema: str, accept: str, request: Request, session: Session
    ) -> Response:
        """The document of `schema`. Raises `RestError`, `LaneError`."""
        mode = self._settings.pgrst_openapi_mode
        if mode is OpenApiMode.DISABLED:
            raise RestError(404, "PGRST126", "Root endpoint metadata is disabled")
        _negotiate(accept)
        mark("parse")
        tables = _tables(self._catalog(), schema)
        everything = "true" if mode is OpenApiMode.IGNORE_PRIVILEGES else "false"
        mark("plan")
        found = session.settings(schema, request, NO_PREFERENCES)
        rows = await self._lanes.run(identity, _DESCRIBE, (schema, everything), found, session.around(NO_PREFERENCES))
        mark("transaction")
        described = json.loads(rows.value() or b"{}")
        secured = self._settings.pgrst_openapi_security_active
        document = swagger(described, tables, self._address(request), secured=secured)
        return Response(200, self._headers(schema), json.dumps(document, ensure_ascii=False).encode())

    def overridden(self, schema: str, request: Request, facts: Facts) -> tuple[str, Request, Facts]:
        """The call of `db-root-spec`'s function where there is one, else the request as it is."""
        function = self._settings.pgrst_db_root_spec
        if not function:
            return schema, request, facts
        of, _, name = function.rpartition(".")
        accept = f"{facts.accept},application/json" if "openapi+json" in facts.accept else facts.accept
        return of or schema, request._replace(path=f"rpc/{name}"), replace(facts, accept=accept)

    def _address(self, request: Request) -> Address:
        host = dict(request.headers).get(b"host", b"localhost").decode("latin-1")
        proxy = self._settings.pgrst_openapi_server_proxy_uri
        return (proxy_address(proxy) if proxy else None) or Address("http", host, BASE_PATH)

    def _headers(self, schema: str) -> Headers:
        headers: Headers = ((b"content-type", CONTENT_TYPE),)
        several = len(self._settings.pgrst_db_schemas) > 1
        return (*headers, (b"content-profile", schema.encode())) if several else headers


def _negotiate(accept: str) -> None:
    types = [accepted.type for accepted in parse_accept(accept)]
    if not _ACCEPTED.intersection(types):
        raise RestError(406, "PGRST107", f"None of these media types are available: {', '.join(types)}")


def _tables(catalog: Catalog, schema: str) -> dict[str, Table]:
    return {name: _table(catalog, relation) for (of, name), relation in catalog.relations.items() if of == schema}


def _table(catalog: Catalog, relation: Relation) -> Table:
    writable = relation.insertable or relation.updatable or relation.deletable
    return Table(writable, relation.key, _references(catalog, relation))


def _references(catalog: Catalog, relation: Relation) -> dict[str, tuple[str, str]]:
    """The targets of keys of one column; tables before views, the first of several."""
    found: dict[str, tuple[str, str]] = {}
    keys = [key for key in (*catalog.foreign_keys, *catalog.view_keys) if key.table == relation.name]
    for key in sorted(keys, key=lambda key: _is_view(catalog, key.target)):
        if len(key.columns) == 1:
            found.setdefault(key.columns[0], (key.target[1], key.target_columns[0]))
    return found


def _is_view(catalog: Catalog, name: tuple[str, str]) -> bool:
    relation = catalog.relations.get(name)
    return relation is None or relation.kind in (RelationKind.VIEW, RelationKind.MATERIALIZED_VIEW)
