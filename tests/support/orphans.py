"""Rows that refer to nothing: what foreign keys would refuse, looked for where they may have rested."""

from __future__ import annotations

from tests.support.databases import Database

FOREIGN_KEYS = """
    select
        k.conname::text,
        format(
            'select count(*) from %s as c where (%s) is not null and not exists (select from %s as p where %s)',
            k.conrelid::regclass,
            (select string_agg(format('c.%I', a.attname), ', ') from unnest(k.conkey) as n
                join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = n),
            k.confrelid::regclass,
            (select string_agg(format('p.%I = c.%I', q.attname, a.attname), ' and ')
                from unnest(k.conkey, k.confkey) as n (mine, theirs)
                join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = n.mine
                join pg_attribute as q on q.attrelid = k.confrelid and q.attnum = n.theirs)
        )
    from pg_constraint as k
    where k.contype = 'f' and k.conparentid = 0 and k.connamespace <> 'procrastinate'::regnamespace
"""


def orphans(database: Database) -> list[str]:
    """The foreign keys that some row breaks."""
    keys = database.execute(FOREIGN_KEYS)
    return [str(name) for name, query in keys if database.execute(str(query)) != [(0,)]]
