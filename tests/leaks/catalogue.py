"""What is exposed, as the catalogue of the database says, so that new tables and functions are tried by themselves."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.support.databases import Database

Rows = dict[str, list[dict[str, Any]]]
TABLES = r"""
    select jsonb_build_object(
        'name', c.relname,
        'type', coalesce(substring(obj_description(c.oid, 'pg_class') from '"name": "(\w+)"'), c.relname),
        'columns', (
            select jsonb_object_agg(a.attname, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null))
            from pg_attribute as a inner join pg_type as t on t.oid = a.atttypid
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege('authenticated', c.oid, a.attnum, 'select')
        ),
        'key', (
            select jsonb_agg(a.attname) from pg_constraint as k
            inner join pg_attribute as a on a.attrelid = c.oid and a.attnum = any(k.conkey)
            where k.conrelid = c.oid and k.contype = 'p'
        ),
        'writable', (
            select coalesce(jsonb_agg(a.attname), '[]') from pg_attribute as a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege('authenticated', c.oid, a.attnum, 'insert')
        ),
        'changeable', (
            select coalesce(jsonb_agg(a.attname), '[]') from pg_attribute as a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege('authenticated', c.oid, a.attnum, 'update')
        ),
        'links', (
            select coalesce(jsonb_agg(jsonb_build_array(k.conname, f.relname) order by k.conname), '[]')
            from pg_constraint as k
            inner join pg_class as f
                on f.oid = case when k.conrelid = c.oid then k.confrelid else k.conrelid end
            where k.contype = 'f' and k.conparentid = 0 and c.oid in (k.conrelid, k.confrelid)
                and f.relnamespace = 'api'::regnamespace and not f.relispartition
        )
    )
    from pg_class as c
    where c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p', 'v')
        and has_any_column_privilege('authenticated', c.oid, 'select')
    order by c.relname
"""
FUNCTIONS = """
    select jsonb_build_object(
        'name', p.proname,
        'returns', r.typname,
        'required', p.pronargs - p.pronargdefaults,
        'arguments', (
            select coalesce(jsonb_agg(jsonb_build_array(p.proargnames[n], format_type(t.oid, null)) order by n), '[]')
            from unnest(p.proargtypes) with ordinality as g (type, n) inner join pg_type as t on t.oid = g.type
        )
    )
    from pg_proc as p inner join pg_type as r on r.oid = p.prorettype
    where p.pronamespace = 'api'::regnamespace and p.prorettype <> 'trigger'::regtype and p.proname !~ '^_'
        and (has_function_privilege('authenticated', p.oid, 'execute')
            or has_function_privilege('anon', p.oid, 'execute'))
    order by p.proname
"""
COMPOSITES = """
    select format_type(c.reltype, null), jsonb_object_agg(a.attname, format_type(a.atttypid, null))
    from pg_class as c inner join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'api'::regnamespace and c.relkind = 'c'
    group by c.reltype
"""
WORDS = """
    select format_type(k.contypid, null), pg_get_constraintdef(k.oid)
    from pg_constraint as k
    where k.contypid <> 0 and k.connamespace = 'api'::regnamespace
"""


@dataclass(frozen=True)
class Table:
    """A table that clients read, and the name of its type in GraphQL.

    `links` are foreign keys from it and to it: their name and the table at the other end.
    """

    name: str
    type: str
    columns: dict[str, str]
    key: list[str]
    writable: list[str]
    changeable: list[str]
    links: list[tuple[str, str]]


@dataclass(frozen=True)
class Function:
    """A function that clients call; the arguments after the first `required` may be left out."""

    name: str
    returns: str
    required: int
    arguments: list[tuple[str, str]]


@dataclass(frozen=True)
class Catalogue:
    """All that is exposed. `words` has one accepted value of each closed set."""

    tables: dict[str, Table]
    functions: list[Function]
    composites: dict[str, dict[str, str]]
    words: dict[str, str]


def read(database: Database) -> Catalogue:
    """The catalogue of `database`."""
    tables = [Table(**_object(row[0])) for row in database.execute(TABLES)]
    return Catalogue(
        {table.name: table for table in tables},
        [Function(**_object(row[0])) for row in database.execute(FUNCTIONS)],
        {str(name): _object(fields) for name, fields in database.execute(COMPOSITES)},
        {str(name): found[0] for name, text in database.execute(WORDS) if (found := re.findall("'(\\w+)'", str(text)))},
    )


def _object(value: Any) -> dict[str, Any]:
    return dict(json.loads(value) if isinstance(value, str) else value)


def rows(database: Database, catalogue: Catalogue) -> Rows:
    """All rows of all tables."""
    with database.connect() as conn:
        return {
            name: [_object(row[0]) for row in conn.execute(f"select to_jsonb(t) from api.{name} as t".encode())]
            for name in catalogue.tables
        }


def planted(database: Database, base: Database, catalogue: Catalogue) -> Rows:
    """The rows that `database` has and `base` has not, or has otherwise."""
    before, after = rows(base, catalogue), rows(database, catalogue)
    return {name: [row for row in found if row not in before[name]] for name, found in after.items()}
