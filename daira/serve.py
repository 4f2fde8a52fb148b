"""The long-running commands: gateway, generated interfaces alone, worker."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from daira.errors import StackError

if TYPE_CHECKING:
    from pydantic import ValidationError
    from starlette.types import ASGIApp

GRACE_SECONDS = 10
BACKLOG = 4096


def serve_gateway(host: str, port: int) -> None:
    """Serves everything until a signal. Raises StackError for settings that are missing or wrong."""
    from pydantic import ValidationError

    from gateway.app import build
    from gateway.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        raise _settings_error(error) from error
    _serve(build(settings), host, port)


def serve_api(host: str, port: int) -> None:
    """Serves the generated interfaces until a signal. Raises StackError for settings that are missing or wrong."""
    from pydantic import ValidationError

    from gateway.app import build_api
    from gateway.settings import ApiSettings

    try:
        settings = ApiSettings()
    except ValidationError as error:
        raise _settings_error(error) from error
    _serve(build_api(settings), host, port)


def work(queues: str, concurrency: int, monitor_host: str, monitor_port: int | None) -> None:
    """Runs jobs until a signal. Raises StackError when WORKER_DATABASE_URL is not set."""
    from jobs.worker import WorkerOptions, run

    database = os.environ.get("WORKER_DATABASE_URL")
    if not database:
        raise StackError("WORKER_DATABASE_URL is not set.", "Set it to the address of role worker.")
    names = tuple(name.strip() for name in queues.split(",") if name.strip())
    run(
        WorkerOptions(
            database,
            names,
            concurrency,
            monitor_port=monitor_port,
            monitor_host=monitor_host,
            log_level=os.environ.get("LOG_LEVEL") or "INFO",
        )
    )


def _serve(app: ASGIApp, host: str, port: int) -> None:
    """One process. The addresses of clients are taken from a proxy only where FORWARDED_ALLOW_IPS names it."""
    import uvicorn

    trusted = os.environ.get("FORWARDED_ALLOW_IPS")
    uvicorn.run(
        app,
        host=host,
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(trusted),
        forwarded_allow_ips=trusted,
        backlog=BACKLOG,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def _settings_error(error: ValidationError) -> StackError:
    wrong = "; ".join(f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())
    return StackError(f"The settings are wrong: {wrong}.", "Set them in the environment; .env.example lists them.")
