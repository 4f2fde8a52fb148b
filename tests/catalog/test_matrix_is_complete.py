"""Each table that clients reach has its row in a persona matrix (db/tests/test_matrix*.sql)."""

from __future__ import annotations

from daira.migrate import packaged_source
from tests.support.databases import Database

TABLES = """
    select c.oid::regclass::text
    from pg_class as c
    where c.relnamespace = 'api'::regnamespace and c.relkind in ('r', 'p')
    order by 1
"""


def test_no_table_is_missing(module_database: Database) -> None:
    plays = "".join(file.read_text() for file in (packaged_source().root / "tests").glob("test_matrix*.sql"))
    tables = [str(row[0]) for row in module_database.execute(TABLES)]
    assert [table for table in tables if f"'{table}'" not in plays] == []
