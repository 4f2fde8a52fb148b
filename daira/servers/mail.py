"""Where the mail of a local stack goes: our own sink, which keeps it as files."""

from __future__ import annotations

import os
import smtplib
import sys
from functools import partial

from daira.home import Home
from daira.ports import LOOPBACK
from daira.processes import Launch
from daira.servers.model import NotReadyError, Service

_PASSED = frozenset({"PATH", "PYTHONPATH"})


def prepare_mail(home: Home, port: int) -> Service:
    """Makes the directory of the messages."""
    home.mail.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-m", "daira.sink", str(port), str(home.mail)]
    return Service(
        "mail",
        "Mail sink",
        f"{LOOPBACK}:{port}",
        port,
        partial(probe_smtp, port),
        Launch(command, home.root, {name: os.environ[name] for name in _PASSED & os.environ.keys()}, home.log("mail")),
        patience=3.0,
    )


def probe_smtp(port: int) -> str:
    """What the server calls itself. Raises NotReadyError."""
    try:
        with smtplib.SMTP(LOOPBACK, port, timeout=2) as client:
            _, said = client.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise NotReadyError(str(error)) from error
    return said.decode(errors="replace")
