"""PostgREST's error bodies and codes (https://docs.postgrest.org/en/stable/references/errors.html)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.http import JSON, Headers, Response
from gateway.rest.similar import misspelt, mistyped

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(eq=False)
class RestError(Exception):
    """A refusal with PostgREST's code and the HTTP status that goes with it."""

    status: int
    code: str
    message: str
    details: str | list[dict[str, str]] | None = None
    hint: str | None = None
    headers: Headers = ()

    def response(self, headers: Headers = ()) -> Response:
        """The error as PostgREST writes it."""
        return error_response(self.status, self.code, self.message, self.details, self.hint, self.headers + headers)


def error_response(
    status: int,
    code: str,
    message: str,
    details: str | list[dict[str, str]] | None = None,
    hint: str | None = None,
    headers: Headers = (),
) -> Response:
    """`{code, details, hint, message}` with its status."""
    body = {"code": code, "details": details, "hint": hint, "message": message}
    proxy: Headers = ((b"proxy-status", b"PostgREST; error=" + code.encode("latin-1", "replace")),)
    return Response(status, JSON + proxy + headers, json.dumps(body, ensure_ascii=False).encode(errors="replace"))


def terse(answer: Response) -> Response:
    """An error without its details and hint, for callers who shall not learn more; other answers as they are."""
    if not any(name == b"proxy-status" for name, _ in answer.headers):
        return answer
    body = json.loads(answer.body)
    kept = {name: body[name] for name in ("code", "message")}
    return answer._replace(body=json.dumps(kept, ensure_ascii=False).encode())


def parse_error(what: str, text: str, position: int, expected: str | None = None, shift: int = 0) -> RestError:
    """PGRST100: a part of the query string that can't be read; `shift` counts what stands before `text`."""
    found = f'"{text[position]}"' if position < len(text) else "end of input"
    details = f"unexpected {found}" + (f" expecting {expected}" if expected else "")
    return RestError(
        400, "PGRST100", f'"failed to parse {what} ({text})" (line 1, column {position + shift + 1})', details
    )


def unknown_table(schema: str, name: str, known: Iterable[str]) -> RestError:
    """PGRST205: no such table, with the nearest name that there is."""
    near = mistyped(name, known)
    hint = f"Perhaps you meant the table '{schema}.{near}'" if near else None
    return RestError(404, "PGRST205", f"Could not find the table '{schema}.{name}' in the schema cache", None, hint)


def unknown_column(relation: str, name: str, known: Iterable[str]) -> RestError:
    """42703: no such column, with the nearest name that there is, as PostgreSQL chooses it."""
    near = misspelt(name, known)
    hint = f'Perhaps you meant to reference the column "{relation}.{near}".' if near else None
    return RestError(400, "42703", f"column {relation}.{name} does not exist", None, hint)
