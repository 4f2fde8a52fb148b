"""Our own processes: the gateway and the job worker."""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from functools import partial

from daira.home import Home
from daira.ports import LOOPBACK
from daira.processes import Launch
from daira.servers.model import NotReadyError, Service


def gateway_service(home: Home, env: Mapping[str, str], host: str, port: int) -> Service:
    """The whole gateway on this address."""
    command = [sys.executable, "-m", "daira", "gateway", "--host", host, "--port", str(port)]
    near = LOOPBACK if host == "0.0.0.0" else host  # noqa: S104 - compared, not listened on
    return Service(
        "gateway",
        "Gateway",
        f"http://{host}:{port}",
        port,
        partial(probe_health, f"http://{near}:{port}/health"),
        Launch(command, home.root, env, home.log("gateway")),
        patience=15.0,
    )


def worker_service(home: Home, env: Mapping[str, str], port: int) -> Service:
    """One worker for all queues, with its own health page on this port."""
    command = [sys.executable, "-m", "daira", "worker", "--monitor-port", str(port)]
    return Service(
        "worker",
        "Worker",
        f"http://{LOOPBACK}:{port}/health",
        port,
        partial(probe_health, f"http://{LOOPBACK}:{port}/health"),
        Launch(command, home.root, env, home.log("worker")),
        patience=15.0,
    )


def probe_health(url: str) -> str:
    """The version, or else the status, that the health page states. Raises NotReadyError unless it answers 200."""
    text, is_ready = read_health(url)
    if not is_ready:
        raise NotReadyError(text[:300])
    page = json.loads(text)
    return str(page.get("version") or page.get("status") or "")


def read_health(url: str) -> tuple[str, bool]:
    """The page, and whether it came with status 200. Raises NotReadyError when there is no answer."""
    try:
        with urllib.request.urlopen(url, timeout=3) as response:  # noqa: S310  (http, made above)
            return response.read().decode(), True
    except urllib.error.HTTPError as error:
        return error.read().decode(errors="replace"), False
    except OSError as error:
        raise NotReadyError(str(error)) from error
