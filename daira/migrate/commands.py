"""The actions of `daira migrate`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from daira.home import Home
from daira.migrate.migrator import Migrator
from daira.migrate.passwords import from_environment
from daira.migrate.source import packaged_source
from daira.parts import MigrateAction
from daira.stack import admin_url

Say = Callable[[str], None]


def perform(action: MigrateAction, home: Home, steps: int, output: Path | None, say: Say) -> int:
    """Does it and gives the exit code. Raises StackError."""
    migrator = Migrator(packaged_source(), admin_url(home, os.environ), say)
    match action:
        case MigrateAction.UP:
            return _up(migrator, say)
        case MigrateAction.DOWN:
            return _down(migrator, steps, say)
        case MigrateAction.STATUS:
            return _status(migrator)
        case MigrateAction.CHECK:
            return _check(migrator, say)
        case MigrateAction.DUMP:
            return _dump(migrator, output, say)


def _up(migrator: Migrator, say: Say) -> int:
    found = migrator.up(from_environment())
    for name in found.pending:
        say(f"applied db/schema/{name}")
    for path in found.changed:
        say(f"applied db/{path}")
    say("The database is current.")
    return 0


def _down(migrator: Migrator, steps: int, say: Say) -> int:
    for name in migrator.down(steps):
        say(f"rolled back db/schema/{name}")
    return 0


def _status(migrator: Migrator) -> int:
    status = migrator.status()
    for state, names in asdict(status).items():
        for name in names:
            print(f"{state:8} {name}")
    return 0


def _check(migrator: Migrator, say: Say) -> int:
    differences = migrator.check()
    for line in differences:
        print(line)
    say("The database differs from the files." if differences else "The database equals the files.")
    return 1 if differences else 0


def _dump(migrator: Migrator, output: Path | None, say: Say) -> int:
    target = output or migrator.source.dump
    target.write_text(migrator.dump())
    say(f"Wrote {target}.")
    return 0
