"""Migrations: their order, their ways down, and what is said when a database differs from the files."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from daira.migrate import MigrationError, Migrator, Source, packaged_source
from daira.servers.postgres import PostgresPlace
from tests.support.databases import Database, create, drop

FUNCTION = "functions/people.sql"


@pytest.fixture
def source(tmp_path: Path) -> Source:
    """A copy of db/ that a test may change."""
    shutil.copytree(packaged_source().root, tmp_path / "db")
    return Source(tmp_path / "db")


@pytest.fixture
def empty(postgres: PostgresPlace, template: Database) -> Iterator[Database]:
    """An empty database; the template is made first, as both touch the roles of the whole server."""
    made = create(template.place, "empty", "template1")
    yield made
    drop(made)


def test_the_database_equals_the_committed_dump(database: Database) -> None:
    assert Migrator(packaged_source(), database.url).check() == []


def test_the_dump_does_not_depend_on_when_a_role_was_altered(database: Database) -> None:
    before = Migrator(packaged_source(), database.url).dump()
    assert " TO anon, authenticated USING " in before
    database.execute("alter role anon connection limit 7")
    try:
        assert Migrator(packaged_source(), database.url).dump() == before
    finally:
        database.execute("alter role anon connection limit -1")


def test_up_down_up_leaves_the_same_catalogue(database: Database) -> None:
    migrator = Migrator(packaged_source(), database.url)
    before = migrator.dump()
    taken_back = migrator.down(len(packaged_source().versions()))
    assert len(taken_back) == len(packaged_source().versions())
    assert database.execute("select to_regnamespace('api')") == [(None,)]
    migrator.up()
    assert migrator.dump() == before


def test_each_migration_can_be_taken_back_alone(database: Database) -> None:
    migrator = Migrator(packaged_source(), database.url)
    before = migrator.dump()
    for _ in packaged_source().versions():
        migrator.down()
    migrator.up()
    assert migrator.dump() == before


def test_a_second_up_does_nothing(database: Database) -> None:
    applied = database.execute("select path, applied_at from ops.repeatables order by path")
    assert Migrator(packaged_source(), database.url).up().is_current
    assert database.execute("select path, applied_at from ops.repeatables order by path") == applied


def test_a_changed_file_is_applied_again(database: Database, source: Source) -> None:
    append(source, FUNCTION, "comment on function api.me() is 'Changed.';")
    found = Migrator(source, database.url).up()
    assert found.changed == (FUNCTION,)
    assert database.execute("select obj_description('api.me()'::regprocedure)") == [("Changed.",)]
    assert Migrator(source, database.url).status().is_current


def test_a_failing_file_changes_nothing_and_names_its_line(database: Database, source: Source) -> None:
    before = Migrator(source, database.url).dump()
    append(source, FUNCTION, "comment on function api.me() is 'Changed.';")

    append(source, "policies/people.sql", "select 1;\nselect nonsense;")
    expected = (source.root / "policies/people.sql").read_text().count("\n")
    with pytest.raises(
        MigrationError, match=rf"db/policies/people\.sql:{expected}: column \"nonsense\" does not exist"
    ):
        Migrator(source, database.url).up()
    assert Migrator(source, database.url).dump() == before


def test_a_failing_migration_is_reported(database: Database, source: Source) -> None:
    (source.versions_dir / "20991231000000_wrong.sql").write_text("-- migrate:up\nselect nonsense;\n-- migrate:down\n")
    with pytest.raises(MigrationError, match="nonsense"):
        Migrator(source, database.url).up()
    assert Migrator(source, database.url).status().pending == ("20991231000000_wrong.sql",)


def test_two_migrators_at_once_wait_for_each_other(empty: Database) -> None:
    said: list[str] = []
    migrators = [Migrator(packaged_source(), empty.url, said.append) for _ in range(2)]
    threads = [threading.Thread(target=migrator.up) for migrator in migrators]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["Another migration is running on this database; waiting for it to end."]
    assert migrators[0].check() == []


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("comment on function api.me() is 'By hand.'", "+COMMENT ON FUNCTION api.me() IS 'By hand.';"),
        ("alter table api.users add column by_hand text", "+    by_hand text"),
        (
            "delete from ops.schema_migrations where version = (select max(version) from ops.schema_migrations)",
            "applied",
        ),
        ("insert into ops.schema_migrations values ('20991231000000')", "version 20991231000000 was applied"),
        ("update ops.repeatables set checksum = '' where path like '%people.sql'", "people.sql has changed"),
    ],
)
def test_check_finds_what_differs(database: Database, change: str, finding: str) -> None:
    database.execute(change)
    found = Migrator(packaged_source(), database.url).check()
    assert any(finding in line for line in found)


def test_passwords_are_set_and_never_logged(database: Database) -> None:
    with pytest.raises(psycopg.Error, match=r"does not exist"), database.connect("nobody"):
        pass
    Migrator(packaged_source(), database.url).up({"support": "a-good-password"})
    stored = database.execute("select rolpassword from pg_authid where rolname = 'support'")
    assert str(stored[0][0]).startswith("SCRAM-SHA-256$")
    assert "a-good-password" not in database.place.log.read_text()
    database.execute("alter role support password null")


def test_no_database_is_one_clear_line() -> None:
    with pytest.raises(MigrationError, match=r"No database: .*refused"):
        Migrator(packaged_source(), "postgresql://daira@127.0.0.1:1/daira").status()


def append(source: Source, path: str, text: str) -> None:
    """Adds to a file of the copy."""
    with (source.root / path).open("a") as stream:
        stream.write(f"\n{text}\n")
