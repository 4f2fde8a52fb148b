"""Chromium without a window, driven over its debugging pipe (https://chromedevtools.github.io/devtools-protocol/)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends", "chromium")


class BrowserMissingError(Exception):
    """There is no Chromium, and it can't be installed."""


def browser_path() -> str:
    """The browser's program; Debian's package is installed where there is none. Raises BrowserMissingError."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None and shutil.which(_INSTALL[0]) is not None:
        subprocess.run(_INSTALL, check=False, capture_output=True)
        found = shutil.which("chromium")
    if found is None:
        raise BrowserMissingError("Chromium is needed: apt install chromium")
    return found


class Page:
    """One page. `complaints` are what the browser has written to its console about it."""

    def __init__(self, commands: IO[bytes], events: IO[bytes]) -> None:
        self._commands = commands
        self._events = events
        self._number = 0
        self._session: str | None = None
        self.complaints: list[str] = []

    def open(self, url: str) -> None:
        """Go to `url`."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Log.enable")
        self._call("Page.enable")
        self._call("Page.navigate", url=url)

    def until(self, expression: str, seconds: float = 20.0) -> bool:
        """Returns once the JavaScript `expression` is true. Raises TimeoutError."""
        script = f"""new Promise((resolve) => {{
            const end = Date.now() + {seconds * 1000};
            const look = () => {{
                let found = null;
                try {{ found = {expression}; }} catch (error) {{ found = null; }}
                if (found || Date.now() > end) resolve(Boolean(found)); else setTimeout(look, 50);
            }};
            look();
        }})"""
        answer = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if not answer["result"].get("value"):
            raise TimeoutError(f"{expression}; {self.complaints}")
        return True

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        self._commands.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        while True:
            message = json.loads(b"".join(iter(lambda: self._events.read(1), b"\0")))
            if message.get("method") == "Log.entryAdded":
                self.complaints.append(message["params"]["entry"]["text"])
            if message.get("id") == self._number:
                assert "error" not in message, message
                return dict(message["result"])


@contextmanager
def page(profile: Path) -> Iterator[Page]:
    """A page of a browser of its own, which keeps its files in `profile`."""
    to_browser, commands = os.pipe()
    events, from_browser = os.pipe()
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe")

    def as_chromium_wants_them() -> None:
        os.dup2(to_browser, 3)
        os.dup2(from_browser, 4)

    process = subprocess.Popen(
        [browser_path(), *flags, f"--user-data-dir={profile}", "about:blank"],
        preexec_fn=as_chromium_wants_them,
        pass_fds=(3, 4),
        stderr=subprocess.DEVNULL,
    )
    os.close(to_browser)
    os.close(from_browser)
    try:
        with os.fdopen(commands, "wb") as written, os.fdopen(events, "rb") as read:
            yield Page(written, read)
    finally:
        process.terminate()
        process.wait()
