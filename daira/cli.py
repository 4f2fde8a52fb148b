"""The `daira` command. Each command imports what it needs, so that `daira api` answers soon after its launch."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from daira import analytics, dlq, mail
from daira.cli_options import HERE, LOOPBACK, Data, Host, Port, admin_url_of
from daira.errors import StackError, from_os_error
from daira.home import home_at
from daira.parts import MigrateAction, Part

app = typer.Typer(
    help="Runs DAIRA: the local stack, its parts, and the migrations of its database.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(analytics.app, name="analytics")
app.add_typer(dlq.app, name="dlq")
app.add_typer(mail.app, name="mail")


@app.command()
def up(
    data: Data = HERE,
    port: Port = 8000,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Fill an empty database with demo data.")] = True,
) -> None:
    """Start everything and stay until Ctrl-C."""
    from daira.up import UpOptions, run

    run(UpOptions(data, port, demo))


@app.command()
def down(data: Data = HERE) -> None:
    """Stop what `daira up` has started on this directory."""
    from daira.stack import stop_stack

    stop_stack(home_at(data), _say)


@app.command()
def url(part: Part, data: Data = HERE) -> None:
    """Print the address of a running server, with its credentials."""
    from daira.stack import url_of

    typer.echo(url_of(home_at(data), part))


@app.command()
def doctor(data: Data = HERE) -> None:
    """Say what is up, which version, and what is wrong."""
    from daira.doctor import examine, show

    raise typer.Exit(show(examine(home_at(data))))


@app.command()
def health(data: Data = HERE) -> None:
    """Print the gateway's health page; the exit code is 1 unless all is well."""
    from daira.stack import health_of

    document, is_well = health_of(home_at(data))
    typer.echo(document)
    raise typer.Exit(0 if is_well else 1)


@app.command()
def migrate(
    action: Annotated[MigrateAction, typer.Argument(help="What to do.")] = MigrateAction.UP,
    data: Data = HERE,
    steps: Annotated[int, typer.Option(min=1, help="How many migrations `down` takes back.")] = 1,
    output: Annotated[Path | None, typer.Option(help="Where `dump` writes; db/schema.sql otherwise.")] = None,
) -> None:
    """Migrate the database of DATABASE_URL, or else of the running stack."""
    from daira.migrate.commands import perform

    raise typer.Exit(perform(action, home_at(data), steps, output, _say))


@app.command()
def seed(
    data: Data = HERE,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Load the demo data, too.")] = True,
    scale: Annotated[
        int | None,
        typer.Option(
            metavar="USERS",
            min=1_000,
            help="Load made-up people in number, too, once: 100000 make 1 million posts and 5 million follows.",
        ),
    ] = None,
) -> None:
    """Load the reference data and the demo data; repeating it changes nothing."""
    from daira.migrate.source import packaged_source
    from daira.progress import Progress
    from daira.seed import load_demo, load_reference, load_scale

    address = admin_url_of(data)
    load_reference(packaged_source(), address)
    if demo:
        load_demo(packaged_source(), address)
    if scale:
        load_scale(packaged_source(), address, scale, Progress())
    _say("Loaded.")


@app.command()
def buckets() -> None:
    """Make the buckets of the object store in MINIO_ENDPOINT."""
    from daira.buckets import make_buckets

    make_buckets(os.environ)
    _say("The buckets are there.")


@app.command()
def push_key() -> None:
    """Print a new key for VAPID_PRIVATE_KEY."""
    from services.vapid import make_private_key

    typer.echo(make_private_key())


@app.command()
def gateway(host: Host = LOOPBACK, port: Port = 8000) -> None:
    """Serve the whole gateway; everything is set by the environment."""
    from daira.serve import serve_gateway

    serve_gateway(host, port)


@app.command()
def api(host: Host = LOOPBACK, port: Port = 8000) -> None:
    """Serve only the generated REST and GraphQL on the database in PGRST_DB_URI."""
    from daira.serve import serve_api

    serve_api(host, port)


@app.command()
def worker(
    queues: Annotated[str, typer.Option(help="Queues to serve, separated by commas; all when empty.")] = "",
    concurrency: Annotated[int, typer.Option(min=1, help="How many jobs run at once.")] = 4,
    monitor_port: Annotated[int | None, typer.Option(help="Port of the worker's health page and metrics.")] = None,
    monitor_host: Annotated[str, typer.Option(help="Address of that page.")] = LOOPBACK,
) -> None:
    """Run jobs on the database in WORKER_DATABASE_URL."""
    from daira.serve import work

    work(queues, concurrency, monitor_host, monitor_port)


def main() -> None:
    """Runs a command; what it can't do it says in one line, with exit code 1."""
    try:
        app(standalone_mode=True)
    except StackError as error:
        _fail(error)
    except OSError as error:
        _fail(from_os_error(error, "at work"))


def _fail(error: StackError) -> NoReturn:
    typer.echo(f"daira: {error}", err=True)
    sys.exit(1)


def _say(text: str) -> None:
    typer.echo(text, err=True)
