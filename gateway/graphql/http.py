"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): a request's bytes to what it asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from gateway.http import Request

_MAX_BODY = 262_144
_MAX_PARAMETERS = 16


class Asked(NamedTuple):
    """A document, which of its operations, and the variables."""

    text: str
    operation_name: str | None
    variables: Mapping[str, Any] | None


def read_request(request: Request) -> Asked:
    """What `request` asks. Raises `Refusal` with a status of 400, 405, 413 or 415."""
    if request.method == "POST":
        return _asked(_post_document(request))
    if request.method == "GET":
        return _asked(_get_document(request.query))
    raise Refusal(Code.BAD_REQUEST, f"{request.method} is not a method of this endpoint.", "Use POST.", 405)


def _post_document(request: Request) -> Any:
    if len(request.body) > _MAX_BODY:
        raise Refusal(Code.TOO_LARGE, "The body is too large.", f"The limit is {_MAX_BODY} bytes.", 413)
    if not _is_json(request):
        raise Refusal(Code.BAD_REQUEST, "The body is not JSON.", "Send Content-Type: application/json.", 415)
    try:
        return json.loads(request.body.decode())
    except UnicodeDecodeError:
        raise Refusal(Code.BAD_REQUEST, "The body is not valid UTF-8.", status=400) from None
    except (ValueError, RecursionError):
        raise Refusal(Code.BAD_REQUEST, "The body is not valid JSON.", status=400) from None


def _is_json(request: Request) -> bool:
    given = next((value for name, value in request.headers if name == b"content-type"), b"application/json")
    return given.partition(b";")[0].strip().lower() in (b"application/json", b"application/graphql+json")


def _get_document(query: str) -> Any:
    try:
        fields = parse_qs(query, max_num_fields=_MAX_PARAMETERS, errors="strict")
        first = {name: values[0] for name, values in fields.items()}
        return first | ({"variables": json.loads(first["variables"])} if "variables" in first else {})
    except (ValueError, RecursionError):
        raise Refusal(Code.BAD_REQUEST, "The query string can't be read.", status=400) from None


def _asked(document: Any) -> Asked:
    if not isinstance(document, dict):
        raise Refusal(Code.BAD_REQUEST, "One JSON object is expected.", 'Send {"query": "..."}.', 400)
    text, name, variables = document.get("query"), document.get("operationName"), document.get("variables")
    if not isinstance(text, str):
        raise Refusal(Code.BAD_REQUEST, '"query" must be a string.', status=400)
    if not isinstance(name, str | None):
        raise Refusal(Code.BAD_REQUEST, '"operationName" must be a string.', status=400)
    if not isinstance(variables, dict | None):
        raise Refusal(Code.BAD_REQUEST, '"variables" must be an object.', status=400)
    return Asked(text, name or None, variables)
