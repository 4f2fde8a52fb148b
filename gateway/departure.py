"""Notices that a client has gone away while its request takes long, and gives the request up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Receive

_PATIENCE_S = 0.1


class Departure:
    """Cancels the current task when its client goes away, from a tenth of a second on until `end`.

    Most requests are over before that, so they cost a timer and no task.
    """

    __slots__ = ("_receive", "_task", "_timer", "_watching")

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._task = asyncio.current_task()
        self._watching: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(_PATIENCE_S, self._begin)

    def end(self) -> None:
        """The request is over."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()

    def _begin(self) -> None:
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        if self._task is not None:
            self._task.cancel()
