"""Bodies of writes and calls: JSON, CSV or a form, always as the JSON array that goes to the database.

https://docs.postgrest.org/en/stable/references/api/resource_representation.html#request-body
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from gateway.rest.errors import RestError

csv.field_size_limit(2**30)  # the body as a whole is limited already
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Payload:
    """A JSON array as text, and the keys of its objects; `is_empty` where it holds none."""

    text: str
    keys: tuple[str, ...] = ()
    is_empty: bool = False


def payload_of(content_type: str, body: bytes, columns: tuple[str, ...] | None = None) -> Payload:
    """The rows in `body`; with `columns`, JSON goes on unread. Raises PGRST102."""
    text = text_of(body)
    match content_type:
        case "application/json" | "application/vnd.pgrst.object+json" | "application/vnd.pgrst.array+json":
            if columns is None:
                return _from_json(text)
            return Payload(text if text.lstrip().startswith("[") else f"[{text}]", columns)
        case "text/csv":
            return _from_csv(text)
        case _ if content_type == _FORM:
            fields = dict(form_fields(text))
            return Payload(_dump([fields]), columns or tuple(sorted(fields)))
        case _:
            raise unacceptable(content_type)


def unacceptable(content_type: str) -> RestError:
    """A body of a type that isn't read."""
    return RestError(400, "PGRST102", f"Content-Type not acceptable: {content_type}")


def text_of(body: bytes) -> str:
    """The body as text. Raises PGRST102."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _invalid_json() from error


def parse_json(text: str) -> Any:
    """The value of `text`. Raises PGRST102."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _invalid_json() from error


def form_fields(text: str) -> list[tuple[str, str]]:
    """The fields of a form, in order."""
    return parse_qsl(text, keep_blank_values=True)


def _from_json(text: str) -> Payload:
    value = parse_json(text)
    if isinstance(value, dict):
        return Payload(f"[{text}]", tuple(sorted(value)))
    if not isinstance(value, list):
        return Payload("[]", (), is_empty=True)
    if not value:
        return Payload("[]", (), is_empty=True)
    return Payload(text, _uniform_keys(value))


def _uniform_keys(rows: list[Any]) -> tuple[str, ...]:
    keys = rows[0].keys() if isinstance(rows[0], dict) else None
    if keys is None or not all(isinstance(row, dict) and row.keys() == keys for row in rows):
        raise RestError(400, "PGRST102", "All object keys must match")
    return tuple(sorted(keys))


def _from_csv(text: str) -> Payload:
    try:
        lines = [line for line in csv.reader(text.splitlines(keepends=True), strict=True) if line]
    except csv.Error as error:
        raise RestError(400, "PGRST102", f"parse error: {error}") from error
    if not lines:
        return Payload("[]", (), is_empty=True)
    header, *rows = lines
    if not all(len(row) == len(header) for row in rows):
        raise RestError(400, "PGRST102", "All lines must have same number of fields")
    objects = [{key: _field(value) for key, value in zip(header, row, strict=True)} for row in rows]
    return Payload(_dump(objects), tuple(sorted(header)), is_empty=not rows)


def _field(value: str) -> str | None:
    return None if value == "NULL" else value


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _invalid_json() -> RestError:
    return RestError(400, "PGRST102", "Empty or invalid json")
