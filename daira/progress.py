"""What people see on standard error while a stack starts: each step with its time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.status import Status


class Progress:
    """Steps as they end; on a terminal also, in motion, the ones that have not ended. Standard output stays free."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(stderr=True, highlight=False, soft_wrap=True)
        self._running: list[str] = []
        self._status: Status | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._running.clear()
        self._show()

    @contextmanager
    def step(self, title: str) -> Iterator[list[str]]:
        """Times a step. What is put into the list is shown behind its title."""
        began = time.monotonic()
        remarks: list[str] = []
        self._running.append(title)
        self._show()
        try:
            yield remarks
        finally:
            if title in self._running:
                self._running.remove(title)
            self._show()
        self.say(f"{' '.join([title, *remarks]):<58} {time.monotonic() - began:5.1f} s")

    def say(self, text: str) -> None:
        """One line."""
        self.console.print(escape(text))

    def _show(self) -> None:
        if not self.console.is_terminal:
            return
        if self._status:
            self._status.stop()
            self._status = None
        if self._running:
            self._status = self.console.status(f"starting {escape(', '.join(self._running))}")
            self._status.start()
