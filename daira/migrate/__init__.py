"""Brings a database to the state that the files in db/ describe, and says where the two differ."""

from daira.migrate.migrator import Migrator, Passwords, Status
from daira.migrate.source import MigrationError, Source, packaged_source

__all__ = ["MigrationError", "Migrator", "Passwords", "Source", "Status", "packaged_source"]
