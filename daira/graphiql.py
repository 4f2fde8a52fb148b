"""`python -m daira.graphiql`: fetches GraphiQL and React from npm into the gateway's package, once."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gateway.graphql.ide import VENDOR


class GraphiqlMissingError(Exception):
    """npm is not there, can't be reached, or gives something else than expected."""


@dataclass(frozen=True)
class Package:
    """A package of npm, its checksum, and the files that are taken out of it."""

    name: str
    sha256: str
    files: tuple[str, ...]


PACKAGES = (
    Package(
        "graphiql@3.8.3",
        "1cadb1c2ca0dc51ea71fb4bb2680e6185e83fe400c9a62ca5fb9dfb922472bbd",
        ("graphiql.min.js", "graphiql.min.css"),
    ),
    Package(
        "react@18.2.0",
        "a151f7caec911760e42b7a6f6f1dfcaba141fd11ff49e2af901a2eee0366297c",
        ("umd/react.production.min.js",),
    ),
    Package(
        "react-dom@18.2.0",
        "20a71e86b691f860c781f3732a85c7b3c63c4d3d9a803dca9dfe6ed0eb30e2ef",
        ("umd/react-dom.production.min.js",),
    ),
)


def provide(vendor: Path = VENDOR) -> None:
    """Fill `vendor`, unless it is filled. Raises GraphiqlMissingError."""
    wanted = [vendor / Path(file).name for package in PACKAGES for file in package.files]
    if all(path.is_file() for path in wanted):
        return
    vendor.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for package in PACKAGES:
            _unpack(_pack(package, Path(work)), package, vendor)


def _pack(package: Package, work: Path) -> Path:
    before = set(work.iterdir())
    try:
        subprocess.run(  # noqa: S603 - the package is one of those above
            ["npm", "pack", "--silent", package.name],  # noqa: S607 - wherever npm is
            cwd=work,
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise GraphiqlMissingError(f"npm can't fetch {package.name}: {error}") from error
    (archive,) = set(work.iterdir()) - before
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package.sha256:
        raise GraphiqlMissingError(f"{package.name} has the checksum {digest}, not {package.sha256}")
    return archive


def _unpack(archive: Path, package: Package, vendor: Path) -> None:
    with tarfile.open(archive) as opened:
        for file in package.files:
            content = opened.extractfile(f"package/{file}")
            if content is None:
                raise GraphiqlMissingError(f"{package.name} has no {file}")
            (vendor / Path(file).name).write_bytes(content.read())


def main() -> int:
    """The exit code: 1 where GraphiQL can't be had."""
    try:
        provide()
    except GraphiqlMissingError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
