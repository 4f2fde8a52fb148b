"""`daira dlq`: jobs that failed for the last time, shown, sent again or let go."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from daira.cli_options import HERE, Data, admin_url_of
from daira.errors import StackError

if TYPE_CHECKING:
    import psycopg

Letter = Annotated[int, typer.Argument(help="Number of the dead letter.")]
Who = Annotated[str, typer.Option(help="In whose name; the login name otherwise.", default_factory=getpass.getuser)]

LISTED = """
select id, queue, task, attempts, failed_at, resolved_at is not null as is_resolved, error
from ops.dead_letters
where (resolved_at is null or %(all)s) and (queue = %(queue)s or %(queue)s = '')
order by id desc
limit %(limit)s
"""
SHOWN = """
select
    d.*,
    (
        select coalesce(json_agg(a order by a.id), '[]')
        from ops.dead_letter_actions as a
        where a.dead_letter_id = d.id
    ) as actions
from ops.dead_letters as d
where d.id = %s
"""

app = typer.Typer(help="Deals with jobs that failed for the last time, on DATABASE_URL or the running stack.")


@app.command("list")
def list_letters(
    data: Data = HERE,
    queue: Annotated[str, typer.Option(help="Only those of this queue.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Those that were dealt with, too.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
) -> None:
    """List dead letters, newest first."""
    with _connection(data) as conn:
        rows = conn.execute(LISTED, {"all": everything, "queue": queue, "limit": limit}).fetchall()
    for row in rows:
        done = " (dealt with)" if row["is_resolved"] else ""
        typer.echo(
            f"{row['id']}  {row['failed_at']:%Y-%m-%d %H:%M:%S}  {row['queue']}  {row['task']}"
            f"  {row['attempts']} attempts  {row['error'].splitlines()[0]}{done}"
        )


@app.command()
def show(letter: Letter, data: Data = HERE) -> None:
    """Print all that is known of one as JSON: arguments, error, traceback, and what was done with it."""
    with _connection(data) as conn:
        row = conn.execute(SHOWN, [letter]).fetchone()
    if row is None:
        raise StackError(f"There is no dead letter {letter}.", "See `daira dlq list --all`.")
    typer.echo(json.dumps(row, indent=2, default=str, ensure_ascii=False))


@app.command()
def redrive(letters: Annotated[list[int], typer.Argument(help="Their numbers.")], who: Who, data: Data = HERE) -> None:
    """Send jobs again, each with all its tries."""
    with _connection(data) as conn:
        for letter in letters:
            row = conn.execute("select ops.dlq_redrive(%s, %s) as job", [letter, who]).fetchone()
            typer.echo(f"{letter} is job {row['job'] if row else None} now")


@app.command()
def discard(
    letters: Annotated[list[int], typer.Argument(help="Their numbers.")],
    reason: Annotated[str, typer.Option(help="Why they are not needed.")],
    who: Who,
    data: Data = HERE,
) -> None:
    """Let jobs go, for a reason that is recorded."""
    with _connection(data) as conn:
        for letter in letters:
            conn.execute("select ops.dlq_discard(%s, %s, %s)", [letter, reason, who])
            typer.echo(f"{letter} is discarded")


@contextmanager
def _connection(data: Path) -> Iterator[psycopg.Connection[dict[str, Any]]]:
    """A transaction as the database's owner. What the database refuses is a StackError."""
    import psycopg
    from psycopg.rows import dict_row

    try:
        with psycopg.connect(admin_url_of(data), row_factory=dict_row, connect_timeout=5) as conn:
            yield conn
    except psycopg.Error as error:
        sentence = error.diag.message_primary or str(error).strip()
        raise StackError(sentence, error.diag.message_hint or "See `daira doctor`.") from error
