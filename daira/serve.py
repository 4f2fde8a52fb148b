"""The long-running commands: gateway, generated interfaces alone, worker."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from daira.errors import StackError

if TYPE_CHECKING:
    from pydantic import ValidationError


def serve_gateway(host: str, port: int) -> None:
    """Serves everything until a signal. Raises StackError for settings that are missing or wrong."""
    from pydantic import ValidationError

    from gateway.app import build
    from gateway.serve import serve
    from gateway.settings import Settings

    try:
        settings = Settings()  # type: ignore[call-arg]  # pydantic reads the environment
    except ValidationError as error:
        raise _settings_error(error) from error
    serve(build(settings), host, port)


def serve_api(host: str, port: int) -> None:
    """Serves the generated interfaces until a signal. Raises StackError for settings that are missing or wrong."""
    gc.disable()  # imports make no garbage, and looking for it takes a tenth of the start; `serve` enables it

    from pydantic import ValidationError

    from gateway.app import build_api
    from gateway.serve import serve
    from gateway.settings import ApiSettings

    try:
        settings = ApiSettings()
        admin_host = settings.pgrst_admin_server_host or host
        app = build_api(settings.model_copy(update={"pgrst_admin_server_host": admin_host}))
    except ValidationError as error:
        raise _settings_error(error) from error
    except ValueError as error:
        raise StackError(f"The settings are wrong: {error}", "Set them in the environment.") from error
    if settings.pgrst_admin_server_port == port:
        raise StackError("PGRST_ADMIN_SERVER_PORT is the port of the server itself.", "Choose another.")
    serve(app, host, port)


def work(queues: str, concurrency: int, monitor_host: str, monitor_port: int | None) -> None:
    """Runs jobs until a signal. Raises StackError when WORKER_DATABASE_URL is not set, or for an unknown queue."""
    from jobs.app import QUEUES
    from jobs.worker import WorkerOptions, run

    database = os.environ.get("WORKER_DATABASE_URL")
    if not database:
        raise StackError("WORKER_DATABASE_URL is not set.", "Set it to the address of role worker.")
    names = tuple(name.strip() for name in queues.split(",") if name.strip())
    unknown = [name for name in names if name not in QUEUES]
    if unknown:
        raise StackError(f"There is no queue {', '.join(unknown)}.", f"The queues are {', '.join(QUEUES)}.")
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


def _settings_error(error: ValidationError) -> StackError:
    wrong = "; ".join(f"{'.'.join(map(str, each['loc'])).upper()}: {each['msg']}" for each in error.errors())
    return StackError(f"The settings are wrong: {wrong}.", "Set them in the environment; .env.example lists them.")
