"""`daira mail`: what a local stack has sent by e-mail, kept as files in its data directory."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Annotated

import typer

from daira.cli_options import HERE, Data
from daira.errors import StackError
from daira.home import home_at

SHOWN = ("Delivered-To", "From", "Subject", "Date", "Message-ID")

app = typer.Typer(help="Shows the e-mails that the running or a former stack sent; they never left this machine.")


@app.command("list")
def list_messages(
    data: Data = HERE,
    to: Annotated[str, typer.Option(help="Only those to this address.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
) -> None:
    """List messages, newest first."""
    shown = 0
    for path in _paths(data):
        message = _read(path)
        if to.casefold() in (message["Delivered-To"] or "").casefold():
            typer.echo(f"{path.stem}  {message['Delivered-To']}  {message['Subject']}")
            shown += 1
        if shown == limit:
            break


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="As `list` has it; the newest one otherwise.")] = "",
    data: Data = HERE,
) -> None:
    """Print one message as its reader would see it."""
    found = next((path for path in _paths(data) if name in ("", path.stem)), None)
    if found is None:
        raise StackError(f"There is no message {name}.".replace(" .", "."), "See `daira mail list`.")
    message = _read(found)
    for header in SHOWN:
        typer.echo(f"{header}: {message[header]}")
    body = message.get_body(("plain",))
    typer.echo(f"\n{body.get_content() if body else ''}", nl=False)


def _paths(data: Path) -> list[Path]:
    return sorted(home_at(data).mail.glob("*.eml"), reverse=True)


def _read(path: Path) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
