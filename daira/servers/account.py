"""PostgreSQL refuses to run as root. Then it gets a system user of its own, the one that its wheel would make."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from contextlib import suppress
from pathlib import Path

from daira.errors import StackError
from daira.processes import Account

SYSTEM_USER = "embedded_postgres"


def server_account() -> Account | None:
    """The user for PostgreSQL: None (ourselves), or the system user when we are root. Raises StackError."""
    if os.geteuid() != 0:
        return None
    try:
        entry = _system_user()
    except (OSError, subprocess.CalledProcessError) as error:
        raise StackError(
            f"PostgreSQL can't run as root, and its user {SYSTEM_USER} can't be made: {error}.",
            "Run as an ordinary user.",
        ) from error
    return Account(entry.pw_uid, entry.pw_gid)


def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    subprocess.run(command, env={"PATH": path}, check=True, capture_output=True)  # noqa: S603 - no word of it is a request's
    return pwd.getpwnam(SYSTEM_USER)


def give(path: Path, account: Account | None) -> None:
    """Makes the directory, for its owner only, and hands it over."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    if account:
        os.chown(path, account.uid, account.gid)


def let_through(path: Path, account: Account | None) -> list[Path]:
    """Lets the system user pass the directories above `path` (pass, not list). Gives those that were closed."""
    closed = [parent for parent in path.parents if account and not parent.stat().st_mode & stat.S_IXOTH]
    for parent in closed:
        parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
    return closed
