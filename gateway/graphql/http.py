"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): a request's bytes to what it asks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs

from gateway.graphql.errors import Code, Refusal

if TYPE_CHECKING:
    from gateway.graphql.limits import Limits
    from gateway.http import Request

_MAX_PARAMETERS = 16
_OBJECTS = ("variables", "extensions")


class Asked(NamedTuple):
    """A document, or the SHA-256 of one that is known, which of its operations, and the variables."""

    text: str | None
    operation_name: str | None
    variables: Mapping[str, Any] | None
    digest: str | None = None


def read_request(request: Request, limits: Limits) -> Asked:
    """What `request` asks. Raises `Refusal` with a status of 400, 405, 413 or 415."""
    if request.method == "GET":
        return _asked(_get_document(request.query))
    if request.method != "POST":
        raise Refusal(Code.BAD_REQUEST, f"{request.method} is not a method of this endpoint.", "Use POST.", 405)
    asked = _asked(_post_document(request, limits))
    limits.check("variables_bytes", len(request.body) - len((asked.text or "").encode("utf-8", "surrogatepass")))
    return asked


def _post_document(request: Request, limits: Limits) -> Any:
    _check_size(len(request.body), limits)
    if not _is_json(request):
        raise Refusal(Code.BAD_REQUEST, "The body is not JSON.", "Send Content-Type: application/json.", 415)
    try:
        return json.loads(request.body.decode())
    except UnicodeDecodeError:
        raise Refusal(Code.BAD_REQUEST, "The body is not valid UTF-8.", status=400) from None
    except (ValueError, RecursionError):
        raise Refusal(Code.BAD_REQUEST, "The body is not valid JSON.", status=400) from None


def _check_size(size: int, limits: Limits) -> None:
    """Refuse, before it is read, what is too large however it is shared out."""
    if size > limits.document_bytes + limits.variables_bytes:
        refusal = limits.exceeded("variables_bytes")
        refusal.status = 413
        raise refusal


def _is_json(request: Request) -> bool:
    given = next((value for name, value in request.headers if name == b"content-type"), b"application/json")
    return given.partition(b";")[0].strip().lower() in (b"application/json", b"application/graphql+json")


def _get_document(query: str) -> Any:
    try:
        fields = parse_qs(query, max_num_fields=_MAX_PARAMETERS, errors="strict")
        first: dict[str, Any] = {name: values[0] for name, values in fields.items()}
        return first | {name: json.loads(first[name]) for name in _OBJECTS if name in first}
    except (ValueError, RecursionError):
        raise Refusal(Code.BAD_REQUEST, "The query string can't be read.", status=400) from None


def _asked(document: Any) -> Asked:
    if isinstance(document, list):
        raise Refusal(Code.BAD_REQUEST, "Several operations in one request are not supported.", "Send each alone.", 400)
    if not isinstance(document, dict):
        raise Refusal(Code.BAD_REQUEST, "One JSON object is expected.", 'Send {"query": "..."}.', 400)
    digest = _digest(document.get("extensions"))
    text, name, variables = document.get("query"), document.get("operationName"), document.get("variables")
    if not isinstance(text, str) and (text is not None or digest is None):
        raise Refusal(Code.BAD_REQUEST, '"query" must be a string.', status=400)
    if not isinstance(name, str | None):
        raise Refusal(Code.BAD_REQUEST, '"operationName" must be a string.', status=400)
    if not isinstance(variables, dict | None):
        raise Refusal(Code.BAD_REQUEST, '"variables" must be an object.', status=400)
    return Asked(text, name or None, variables, digest)


def _digest(extensions: Any) -> str | None:
    """What Apollo's protocol for persisted queries names the document by."""
    if not isinstance(extensions, dict | None):
        raise Refusal(Code.BAD_REQUEST, '"extensions" must be an object.', status=400)
    persisted = (extensions or {}).get("persistedQuery")
    if persisted is None:
        return None
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    if not isinstance(digest, str) or persisted.get("version") != 1:
        raise Refusal(
            Code.BAD_REQUEST, '"persistedQuery" must have version 1 and a sha256Hash.', "See Apollo's protocol.", 400
        )
    return digest
