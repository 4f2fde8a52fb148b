"""pgTAP's SQL files, which no wheel brings: from the npm package pglite-pgtap, or else from Debian's package."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

NPM_PACKAGE = "@electric-sql/pglite-pgtap@0.0.15"
NPM_SHA256 = "ac214c27e10987c6623bef2100f98fc8a9977ed7026ddaf4b763d159c3c1ea01"
DEBIAN_PACKAGE = "postgresql-15-pgtap"


class PgTapMissingError(Exception):
    """Neither source of pgTAP could be had."""


def provide(cache: Path) -> Path:
    """A directory for `extension_control_path`; unpacked once and kept in `cache`. Raises PgTapMissingError."""
    ready = cache / "pgtap"
    if not (ready / "extension" / "pgtap.control").exists():
        with tempfile.TemporaryDirectory(dir=cache) as work:
            found = _from_npm(Path(work)) or _from_debian(Path(work))
            if found is None:
                raise PgTapMissingError(
                    f"pgTAP is needed: install npm (it fetches {NPM_PACKAGE}), "
                    f"or make `apt-get download {DEBIAN_PACKAGE}` work."
                )
            shutil.rmtree(ready, ignore_errors=True)
            shutil.copytree(found, ready / "extension")
    return ready


def _from_npm(work: Path) -> Path | None:
    if shutil.which("npm") is None or not _succeeds(["npm", "pack", "--silent", NPM_PACKAGE], work):
        return None
    package = next(work.glob("*.tgz"))
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    if digest != NPM_SHA256:
        raise PgTapMissingError(f"{package.name} has the checksum {digest}, not {NPM_SHA256}.")
    _unpack(package, work)
    _unpack(work / "package" / "dist" / "pgtap.tar.gz", work)
    return work / "share" / "postgresql" / "extension"


def _from_debian(work: Path) -> Path | None:
    if shutil.which("apt-get") is None or not _succeeds(["apt-get", "download", DEBIAN_PACKAGE], work):
        return None
    _succeeds(["dpkg", "-x", str(next(work.glob("*.deb"))), "debian"], work)
    return next(work.glob("debian/usr/share/postgresql/*/extension"), None)


def _unpack(archive: Path, work: Path) -> None:
    subprocess.run(["tar", "-xzf", str(archive), "-C", str(work)], check=True)


def _succeeds(command: list[str], work: Path) -> bool:
    return subprocess.run(command, cwd=work, capture_output=True).returncode == 0
