"""`python -m daira.sink PORT DIRECTORY`: a mail server for development, which takes everything and delivers nothing."""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from aiosmtpd.smtp import Envelope, Session

LOOPBACK = "127.0.0.1"
MAX_BYTES = 1_048_576


class Keeper:
    """Writes each message into a file named by its arrival, so that names sort as messages came."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keeps one message, with its recipients on top."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(2)}"
        head = f"Delivered-To: {', '.join(envelope.rcpt_tos)}\r\n"
        written = self._directory / f".{name}"
        written.write_bytes(head.encode() + (envelope.original_content or b""))
        written.rename(self._directory / f"{name}.eml")
        return f"250 kept as {name}"


async def serve(port: int, directory: Path) -> None:
    """Takes mail until told to stop."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    keeper = Keeper(directory)

    def connection() -> SMTP:
        return SMTP(keeper, data_size_limit=MAX_BYTES, hostname="localhost", loop=loop)

    async with await loop.create_server(connection, LOOPBACK, port):
        await told.wait()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
