"""Failures of the routes that are not generated, as RFC 9457 problem documents with a registered code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from gateway.auth.tokens import TokenError
from gateway.lanes import DatabaseError, LaneError, OutcomeUnknown
from services.objects import StoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIA_TYPE = "application/problem+json"


class Fault(Enum):
    """Every code that these routes answer with: the code, its HTTP status and its title (docs/reference/errors.md)."""

    NOT_JSON = ("DG001", 400, "The body is not valid JSON")
    NOT_UTF8 = ("DG002", 400, "The body is not valid UTF-8")
    BODY_TOO_LARGE = ("DG003", 413, "The body is too large")
    NOT_A_JSON_TYPE = ("DG004", 415, "The body must be sent as application/json")
    BAD_FIELDS = ("DG005", 422, "Some fields are not acceptable")
    NO_SUCH_ROUTE = ("DG006", 404, "There is nothing here")
    METHOD_NOT_ALLOWED = ("DG007", 405, "This method is not allowed here")
    UNEXPECTED = ("DG008", 500, "Something went wrong on our side")
    BODY_INCOMPLETE = ("DG009", 400, "The body ended early")
    THROTTLED = ("DG010", 429, "Too many requests")
    DATABASE_AWAY = ("DG011", 503, "The database cannot be reached")
    OUTCOME_UNKNOWN = ("DG012", 503, "It is not known whether the change was made")
    THROTTLE_AWAY = ("DG013", 503, "Attempts cannot be counted at the moment")
    HASHING_BUSY = ("DG014", 503, "Too many sign-ins at once")
    STORE_AWAY = ("DG015", 503, "The object store cannot be reached")
    NO_TOKEN = ("DG020", 401, "An access token is needed")
    BAD_CREDENTIALS = ("DG021", 401, "The e-mail address or the password is wrong")
    BAD_REFRESH_TOKEN = ("DG022", 401, "The refresh token is not valid")
    REFRESH_TOKEN_REUSED = ("DG023", 401, "The refresh token was used before; the session has been ended")
    SESSION_OVER = ("DG024", 401, "The session is over")
    ACCOUNT_DISABLED = ("DG025", 403, "The account is disabled")
    REFRESH_BUSY = ("DG026", 409, "The session is being refreshed by another request")
    BAD_ONE_TIME_TOKEN = ("DG027", 400, "The token is not valid, or not any more")
    USERNAME_TAKEN = ("DG030", 409, "The username is taken")
    EMAIL_TAKEN = ("DG031", 409, "The e-mail address has an account")
    USERNAME_INVALID = ("DG032", 422, "The username is not acceptable")
    EMAIL_INVALID = ("DG033", 422, "The e-mail address is not acceptable")
    PASSWORD_TOO_SHORT = ("DG034", 422, "The password is too short")
    PASSWORD_TOO_LONG = ("DG035", 422, "The password is too long")
    BIRTH_DATE_INVALID = ("DG036", 422, "The date of birth is not acceptable")
    TYPE_NOT_ALLOWED = ("DG040", 422, "Files of this type are not accepted")
    FILE_TOO_LARGE = ("DG041", 422, "The file is too large")
    NO_SUCH_UPLOAD = ("DG042", 404, "There is no such upload")
    NOT_UPLOADED_YET = ("DG043", 409, "The file has not been uploaded yet")

    @property
    def code(self) -> str:
        """The registered code."""
        return self.value[0]

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[1]

    @property
    def title(self) -> str:
        """The same sentence for every occurrence."""
        return self.value[2]


class ProblemError(Exception):
    """A request that is refused: what is wrong, what helps, which fields, and headers that go with the answer."""

    def __init__(
        self,
        fault: Fault,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{fault.code}: {detail}")
        self.problem = Problem(fault.status, fault.code, fault.title, detail, errors, dict(headers or {}))


@dataclass(frozen=True)
class FieldError:
    """One field that is not acceptable: its path in the body and why."""

    field: str
    message: str


@dataclass(frozen=True)
class Problem:
    """A problem document before it is written."""

    status: int
    code: str
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)

    def response(self, request_id: str) -> Response:
        """The answer, with `request_id` so that a report can be matched with the log."""
        document: dict[str, Any] = {
            "type": f"urn:daira:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "request_id": request_id,
        }
        if self.errors:
            document["errors"] = [{"field": error.field, "message": error.message} for error in self.errors]
        body = json.dumps(document, ensure_ascii=False).encode()
        return Response(body, self.status, {"cache-control": "no-store", **self.headers}, MEDIA_TYPE)


def unavailable(fault: Fault, detail: str, retry_after_s: int = 1) -> ProblemError:
    """A refusal that invites a retry."""
    return ProblemError(fault, detail, headers={"retry-after": str(retry_after_s)})


Expected = ProblemError | TokenError | LaneError | StoreUnavailableError


def problem_of(error: Expected) -> Problem:
    """The problem that an error from below stands for."""
    match error:
        case ProblemError():
            return error.problem
        case TokenError():
            headers = {"www-authenticate": error.challenge}
            return Problem(error.status, error.code, error.message, error.details or error.message, headers=headers)
        case OutcomeUnknown():
            return unavailable(Fault.OUTCOME_UNKNOWN, "Read the state before you try again.").problem
        case DatabaseError():
            return _of_sqlstate(error)
        case StoreUnavailableError():
            return unavailable(Fault.STORE_AWAY, "Try again in a moment.").problem
        case _:
            return unavailable(Fault.DATABASE_AWAY, "Try again in a moment.").problem


def _of_sqlstate(error: DatabaseError) -> Problem:
    if error.sqlstate[:2] in ("08", "53", "57"):
        return unavailable(Fault.DATABASE_AWAY, "Try again in a moment.").problem
    return ProblemError(Fault.UNEXPECTED, "The request could not be carried out.").problem
