"""The data of the crowd: loaded once into a folder that later runs find again."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daira.environment import local_addresses
from daira.home import Home, home_at
from daira.keys import read_keys
from daira.migrate import packaged_source
from daira.ports import choose_ports
from daira.progress import Progress
from daira.seed import load_scale
from daira.servers.postgres import place_in, prepare_postgres
from tests.bench import inside
from tests.bench.figures import Figure
from tests.bench.scale.cpu import meter
from tests.support.servers import running
from tests.support.stacks import Stack, running_stack

OLDEST_SECONDS = 2 * 86_400
LOADING_SECONDS = 300
ENV = {"LOG_LEVEL": "WARNING", "RATE_LIMIT_API": "1000000000/1m"}


@dataclass(frozen=True)
class Alone:
    """A PostgreSQL that nobody else uses: addresses of the superuser and of role worker, and its process."""

    admin: str
    worker: str
    pid: int


@dataclass(frozen=True)
class Folder:
    """A stack's data directory with so many users in it."""

    home: Home
    users: int

    @contextmanager
    def stack(self) -> Iterator[Stack]:
        """The whole stack on it."""
        with running_stack(self.home.root, "--no-demo", env=ENV) as stack:
            yield stack

    @contextmanager
    def database(self) -> Iterator[Alone]:
        """PostgreSQL on it, and nothing else."""
        with self.home.locked():
            keys, ports = read_keys(self.home), choose_ports(self.home)
            place = place_in(self.home, ports.postgres, keys.daira)
            addresses = local_addresses(place, ports, keys, {})
            service, _ = prepare_postgres(place)
            with running(service) as process:
                yield Alone(addresses.admin, addresses.worker, process.pid)

    @property
    def is_loaded(self) -> bool:
        """Whether everybody is there."""
        return self._loaded.exists()

    def load(self, stack: Stack) -> Iterator[Figure]:
        """Loads everybody into its stack; tells how long that took."""
        used, began = meter(postgres=[stack.pid("postgres")]), time.perf_counter()
        load_scale(packaged_source(), inside.addresses(stack).admin, self.users, Progress())
        took, cores = time.perf_counter() - began, used.cores()["postgres"]
        self._loaded.touch()
        remark = f"  ({took * cores:.0f} s of processor time)"
        yield Figure(f"loading {self.users:,} users", took, "s", LOADING_SECONDS, remark=remark)

    @property
    def _loaded(self) -> Path:
        return self.home.root / "loaded"

    def forget_old(self) -> None:
        """Removes what was loaded in part, or too long ago for feeds, which go back a week."""
        if not self.is_loaded or time.time() - self._loaded.stat().st_mtime > OLDEST_SECONDS:
            shutil.rmtree(self.home.root, ignore_errors=True)


def folder_for(users: int, parent: Path) -> Folder:
    """The folder for so many users under the present schema and loader; older ones for as many are removed."""
    parent.mkdir(parents=True, exist_ok=True)
    root = parent.absolute() / f"{users}-{_digest()}"
    for other in parent.absolute().glob(f"{users}-*"):
        if other != root and other.is_dir():
            shutil.rmtree(other)
    folder = Folder(home_at(root), users)
    folder.forget_old()
    return folder


def _digest() -> str:
    source = packaged_source()
    files = [*sorted(source.versions_dir.glob("*.sql")), source.root / "seeds" / "scale.sql"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
