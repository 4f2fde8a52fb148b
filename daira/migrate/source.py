"""The SQL files: bootstrap, versioned migrations, repeatable files, seeds, and the committed dump."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from daira.errors import StackError

BOOTSTRAP = "bootstrap.sql"


class MigrationError(StackError):
    """The database can't be brought to the wanted state, or differs from it."""


@dataclass(frozen=True)
class SqlFile:
    """One file: its path below db/, its text, and the SHA-256 of it in hexadecimal."""

    path: str
    text: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Source:
    """A directory laid out like db/."""

    root: Path

    @property
    def versions_dir(self) -> Path:
        return self.root / "schema"

    @property
    def dump(self) -> Path:
        return self.root / "schema.sql"

    @property
    def bootstrap(self) -> SqlFile:
        return self.file(BOOTSTRAP)

    def versions(self) -> dict[str, str]:
        """File names of the migrations by version, oldest first."""
        return {path.name.partition("_")[0]: path.name for path in sorted(self.versions_dir.glob("*.sql"))}

    def repeatables(self) -> list[SqlFile]:
        """Functions, then policies, each in the order of names."""
        paths = [path for part in ("functions", "policies") for path in sorted((self.root / part).glob("*.sql"))]
        return [self.file(str(path.relative_to(self.root))) for path in paths]

    def checksums(self) -> dict[str, str]:
        """Checksums of everything that is applied again when it changes, by path."""
        return {file.path: file.checksum for file in [self.bootstrap, *self.repeatables()]}

    def file(self, path: str) -> SqlFile:
        """One file. Raises MigrationError when it is not there."""
        try:
            return SqlFile(path, (self.root / path).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise MigrationError(f"db/{path} is missing.", "Install DAIRA again, or check the file out.") from error


def packaged_source() -> Source:
    """The files that DAIRA brings."""
    return Source(Path(str(resources.files("daira") / "db")).resolve())
