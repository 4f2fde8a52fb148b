"""The analytics store of a local stack: daira.clickhouse, where the extra `analytics` has brought the engine."""

from __future__ import annotations

import importlib.util
import os
import sys
import urllib.error
import urllib.request
from functools import partial
from urllib.parse import quote, unquote, urlsplit

from daira.clickhouse import PASSWORD_VARIABLE, USER
from daira.home import Home
from daira.ports import LOOPBACK
from daira.processes import Launch
from daira.servers.model import NotReadyError, Service

DATABASE = "daira"
_PASSED = frozenset({"PATH", "PYTHONPATH"})


def has_engine() -> bool:
    """Whether chdb is installed."""
    return importlib.util.find_spec("chdb") is not None


def clickhouse_url(port: int, password: str) -> str:
    """The store's address, with its credentials."""
    return f"http://{USER}:{quote(password, safe='')}@{LOOPBACK}:{port}/{DATABASE}"


def prepare_clickhouse(home: Home, port: int, password: str) -> Service:
    """The store's server on this port, with its data under the home."""
    command = [sys.executable, "-m", "daira.clickhouse", str(port), str(home.root / "clickhouse")]
    env = {name: os.environ[name] for name in _PASSED & os.environ.keys()} | {PASSWORD_VARIABLE: password}
    return Service(
        "clickhouse",
        "ClickHouse (chdb)",
        f"{LOOPBACK}:{port}",
        port,
        partial(probe_clickhouse, clickhouse_url(port, password)),
        Launch(command, home.root, env, home.log("clickhouse")),
    )


def external_clickhouse(url: str) -> Service:
    """The server of CLICKHOUSE_URL."""
    host, port = _place(url)
    return Service("clickhouse", "ClickHouse", f"{host}:{port}", port, partial(probe_clickhouse, url))


def probe_clickhouse(url: str) -> str:
    """The server's version. Raises NotReadyError."""
    parts, (host, port) = urlsplit(url), _place(url)
    request = urllib.request.Request(  # noqa: S310  (http, or what the operator has set)
        f"{parts.scheme}://{host}:{port}/?query=select%20version()",
        headers={
            "X-ClickHouse-User": parts.username or "default",
            "X-ClickHouse-Key": unquote(parts.password or ""),
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310  (the same)
            return str(response.read().decode().strip())
    except urllib.error.HTTPError as error:
        raise NotReadyError(error.read().decode(errors="replace")[:300]) from error
    except OSError as error:
        raise NotReadyError(str(error)) from error


def _place(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "localhost", parts.port or (8443 if parts.scheme == "https" else 8123)
