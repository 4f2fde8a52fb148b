"""How FastAPI turns exceptions into problem documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from gateway.auth.tokens import TokenError
from gateway.lanes import LaneError
from gateway.observe.events import RequestCrashed
from gateway.observe.logs import report
from gateway.problems import Expected, Fault, ProblemError, problem_of
from services.objects import StoreUnavailableError

if TYPE_CHECKING:
    from starlette.requests import Request

_BY_STATUS = {404: Fault.NO_SUCH_ROUTE, 405: Fault.METHOD_NOT_ALLOWED}


def exception_handlers() -> dict[int | type[Exception], Any]:
    """For `FastAPI(exception_handlers=...)`. What no table knows is reported and answered with 500, without details."""
    expected = (ProblemError, TokenError, LaneError, StoreUnavailableError)
    return {**dict.fromkeys(expected, _on_expected), HTTPException: _on_http, Exception: _on_crash}


async def _on_expected(request: Request, error: Expected) -> Response:
    return problem_of(error).response(_request_id(request))


async def _on_http(request: Request, error: HTTPException) -> Response:
    fault = _BY_STATUS.get(error.status_code, Fault.NO_SUCH_ROUTE)
    detail = f"{request.method} {request.url.path[:200]} is not served."
    return ProblemError(fault, detail, headers=error.headers).problem.response(_request_id(request))


async def _on_crash(request: Request, error: Exception) -> Response:
    request_id = _request_id(request)
    report(RequestCrashed(request_id, request.url.path, error))
    return ProblemError(Fault.UNEXPECTED, "It has been noted under the request id.").problem.response(request_id)


def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))
