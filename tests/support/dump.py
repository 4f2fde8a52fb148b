"""`python -m tests.support.dump`: migrates an empty database and writes db/schema.sql from it."""

from __future__ import annotations

from daira.migrate import Migrator, packaged_source
from tests.support.databases import create
from tests.support.servers import directory, postgres_server


def main() -> None:
    """Needs nothing that runs, and leaves nothing running."""
    source = packaged_source()
    with directory("dump") as root, postgres_server(root / "pg") as place:
        migrator = Migrator(source, create(place, "dumped", "template1").url)
        migrator.up()
        source.dump.write_text(migrator.dump())


if __name__ == "__main__":
    main()
