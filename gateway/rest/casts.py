"""The types that a request may cast to: PostgreSQL's own data types, and those of the catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gateway.catalog.model import TypeKind
from gateway.rest.errors import RestError

if TYPE_CHECKING:
    from gateway.catalog.model import Catalog

_TYPE = re.compile(r"([^\W\d][\w ]*?)\s*(\(\s*\d+\s*(?:,\s*\d+\s*)?\))?((?: with(?:out)? time zone)?)\s*((?:\[\])*)\Z")
_WORDS = """
smallint integer int bigint int2 int4 int8 numeric decimal dec real float float4 float8 money boolean bool
text varchar char character bpchar name bytea uuid json jsonb xml bit varbit tsvector tsquery jsonpath oid xid8 pg_lsn
date time timetz timestamp timestamptz interval inet cidr macaddr macaddr8 point line lseg box path polygon circle
int4range int8range numrange tsrange tstzrange daterange
int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange
"""
_BUILT_IN = frozenset(_WORDS.split()) | {"double precision", "character varying", "bit varying"}
_ZONED = frozenset({"time", "timestamp"})
_REFUSED = (TypeKind.PSEUDO,)


def cast_type(catalog: Catalog, name: str) -> str:
    """The SQL of the type called `name`. Raises 42704 where there is none."""
    found = _TYPE.match(name.strip())
    if found is None:
        raise _unknown(name)
    base, size, zone, dimensions = found.groups()
    return _base(catalog, name, base, zone) + (size or "").replace(" ", "") * (not zone) + zone + dimensions


def _base(catalog: Catalog, name: str, base: str, zone: str) -> str:
    word = " ".join(base.lower().split())
    if word in _BUILT_IN and (not zone or word in _ZONED):
        return word
    for schema in catalog.schemas:
        for type_ in catalog.types.values():
            if type_.name == (schema, base) and type_.kind not in _REFUSED and not zone:
                return type_.sql
    raise _unknown(name)


def _unknown(name: str) -> RestError:
    return RestError(400, "42704", f'type "{name}" does not exist')
