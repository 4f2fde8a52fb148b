"""Options that several commands take, and what they mean."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Option(help="Directory of the stack's data, secrets and logs.")]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]

HERE = Path(".daira")
LOOPBACK = "127.0.0.1"


def admin_url_of(data: Path) -> str:
    """The superuser's address: DATABASE_URL, or else that of the stack in this directory. Raises StackError."""
    from daira.home import home_at
    from daira.stack import admin_url

    return admin_url(home_at(data), os.environ)
