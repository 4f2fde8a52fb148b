"""Rows and failures as answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from gateway.errors import status_of
from gateway.http import Headers, Response
from gateway.rest.errors import RestError, error_response

if TYPE_CHECKING:
    from gateway.http import Request
    from gateway.lanes import DatabaseError, Rows
    from gateway.rest.media import Media

_DEEP = 1000
_NO_WHERE = "requires a WHERE clause"
_BAD_HEADERS = "response.headers guc must be a JSON array composed of objects with a single key and a string value"
_BAD_STATUS = "response.status guc must be a valid status code"
_MESSAGE_FORM = (
    "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'."
)
_DETAIL_FORM = "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'."


class Outcome(NamedTuple):
    """The one row of a statement."""

    total: int | None
    page_total: int
    body: bytes
    headers: bytes | None
    status: bytes | None
    more: tuple[bytes | None, ...]


def outcome_of(rows: Rows) -> Outcome:
    """The row as values."""
    total, page_total, body, headers, status, *more = rows.first() or (None,) * 5
    return Outcome(
        None if total is None else int(total), int(page_total or b"0"), body or b"", headers, status, tuple(more)
    )


def singular(outcome: Outcome) -> RestError | None:
    """PGRST116 where there isn't exactly one row."""
    if outcome.page_total == 1:
        return None
    details = f"The result contains {outcome.page_total} rows"
    return RestError(406, "PGRST116", "Cannot coerce the result to a single JSON object", details)


def body_of(outcome: Outcome, media: Media) -> bytes:
    """The body as it goes out; bytea comes from the lane in hexadecimal."""
    if media.handler is not None and media.handler.is_binary:
        return bytes.fromhex(outcome.body[2:].decode()) if outcome.body.startswith(b"\\x") else outcome.body
    return outcome.body


def plan_answer(rows: Rows, media: Media) -> Response:
    """The explanation that `explain` gave."""
    lines = b"\n".join(row[0] or b"" for row in rows)
    return Response(200, ((b"content-type", media.content_type),), lines)


def answered(status: int, headers: Headers, body: bytes, outcome: Outcome) -> Response:
    """An answer in which the database has the last word on status and headers. Raises PGRST111 and PGRST112."""
    if outcome.headers is not None:
        own = _own_headers(outcome.headers)
        names = {name for name, _ in own}
        headers = (*own, *(pair for pair in headers if pair[0] not in names))
    return Response(status if outcome.status is None else _own_status(outcome.status), headers, body)


def _own_headers(text: bytes) -> Headers:
    try:
        pairs = [pair for given in json.loads(text) for pair in given.items() if len(given) == 1]
    except (ValueError, AttributeError, TypeError) as error:
        raise RestError(500, "PGRST111", _BAD_HEADERS) from error
    return _as_headers(pairs, RestError(500, "PGRST111", _BAD_HEADERS))


def _as_headers(pairs: list[tuple[str, Any]], refusal: RestError) -> Headers:
    if not pairs or not all(isinstance(value, str) for _, value in pairs):
        raise refusal
    encoded = tuple((name.lower().encode(), value.encode()) for name, value in pairs)
    if any(set(b"\r\n\0") & set(name + value) for name, value in encoded):
        raise refusal
    return encoded


def _own_status(text: bytes) -> int:
    if not text.isdigit() or not 200 <= int(text) <= 599:
        raise RestError(500, "PGRST112", _BAD_STATUS)
    return int(text)


def database_failure(error: DatabaseError, request: Request, *, anonymous: bool) -> Response:
    """What PostgreSQL refused."""
    if error.sqlstate == "PGRST":
        try:
            return _raised(error)
        except RestError as refusal:
            return refusal.response()
    status = _status(error, request, anonymous=anonymous)
    challenge: Headers = ((b"www-authenticate", b"Bearer"),) if status == 401 else ()
    return error_response(status, error.sqlstate, error.message, error.detail, error.hint, challenge)


def _status(error: DatabaseError, request: Request, *, anonymous: bool) -> int:
    """The status, also where the code alone doesn't tell."""
    match error.sqlstate:
        case "57014":
            return 500
        case "54001":
            return 400 if _is_deep(request.body) or _is_deep(unquote_to_bytes(request.query)) else 500
        case "21000":
            return 400 if error.message.startswith("ON CONFLICT DO ") or error.message.endswith(_NO_WHERE) else 500
        case "22023" if error.message.startswith("role ") and error.message.endswith(" does not exist"):
            return 401
        case code:
            return status_of(code, anonymous=anonymous)


def _is_deep(text: bytes) -> bool:
    """Whether the caller's own JSON is nested so deeply that nobody can be asked to read it."""
    depth = 0
    for byte in text:
        depth += (byte in b"[{") - (byte in b"]}")
        if depth > _DEEP:
            return True
    return False


def _raised(error: DatabaseError) -> Response:
    message = _object("MESSAGE", error.message, ("code", "message"), _MESSAGE_FORM)
    if error.detail is None:
        raise _unreadable("DETAIL is missing in the RAISE statement", _DETAIL_FORM)
    detail = _object("DETAIL", error.detail, ("status", "headers"), _DETAIL_FORM)
    refusal = _unreadable(f"Invalid JSON value for DETAIL: '{error.detail}'", _DETAIL_FORM)
    if not isinstance(detail["status"], int) or not isinstance(detail["headers"], dict):
        raise refusal
    headers = _as_headers(list(detail["headers"].items()), refusal) if detail["headers"] else ()
    code, text = str(message["code"]), str(message["message"])
    answer = error_response(detail["status"], code, text, message.get("details"), message.get("hint"))
    names = {name for name, _ in headers}
    kept = tuple(pair for pair in answer.headers if pair[0] not in names)
    return answer._replace(headers=kept + headers)


def _object(what: str, text: str, needed: tuple[str, ...], form: str) -> dict[str, Any]:
    refusal = _unreadable(f"Invalid JSON value for {what}: '{text}'", form)
    try:
        found = json.loads(text)
    except ValueError as error:
        raise refusal from error
    if not isinstance(found, dict) or not all(key in found for key in needed):
        raise refusal
    return found


def _unreadable(details: str, hint: str) -> RestError:
    return RestError(500, "PGRST121", "Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error", details, hint)
