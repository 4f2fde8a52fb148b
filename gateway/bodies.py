"""Reading a JSON body into a pydantic model: limits first, then encoding, then shape."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError
from starlette.requests import ClientDisconnect

from gateway.problems import Fault, FieldError, ProblemError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails
    from starlette.requests import Request

MAX_BODY_BYTES = 16 * 1024


def _normalised(text: str) -> str:
    if "\0" in text:
        raise ValueError("text may not contain the NUL character")
    return unicodedata.normalize("NFKC", text)


Text = Annotated[str, AfterValidator(_normalised)]
"""Text in normalisation form NFKC, without NUL (PostgreSQL cannot store it)."""


class Body(BaseModel):
    """A request body: unknown fields are refused and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


Model = TypeVar("Model", bound=Body)


async def read_body(request: Request, model: type[Model], limit: int = MAX_BODY_BYTES) -> Model:
    """The body of `request` as `model`; raises ProblemError."""
    _check_type(request.headers.get("content-type", ""))
    text = _decode(await _read_at_most(request, limit))
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise _refusal(error) from error


def body_schema(model: type[Body]) -> dict[str, Any]:
    """What OpenAPI says about a route that reads `model`."""
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {"requestBody": {"required": True, "content": content}}


def _check_type(content_type: str) -> None:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise ProblemError(Fault.NOT_A_JSON_TYPE, "Send the header content-type: application/json.")


async def _read_at_most(request: Request, limit: int) -> bytes:
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise ProblemError(
                    Fault.BODY_TOO_LARGE, f"At most {limit} bytes are read here.", headers={"connection": "close"}
                )
            chunks.append(chunk)
    except ClientDisconnect as error:
        raise ProblemError(Fault.BODY_INCOMPLETE, "The connection was closed before the body was complete.") from error
    return b"".join(chunks)


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise ProblemError(Fault.NOT_UTF8, f"Byte {error.start} begins no character.") from error


def _refusal(error: ValidationError) -> ProblemError:
    details = error.errors(include_url=False, include_context=False, include_input=False)
    if details[0]["type"] == "json_invalid":
        return ProblemError(Fault.NOT_JSON, details[0]["msg"])
    errors = tuple(_field_error(detail) for detail in details)
    return ProblemError(Fault.BAD_FIELDS, f"{errors[0].field or 'body'}: {errors[0].message}", errors=errors)


def _field_error(detail: ErrorDetails) -> FieldError:
    path = ".".join(str(part) for part in detail["loc"])
    return FieldError(path.encode(errors="replace").decode()[:100], detail["msg"].removeprefix("Value error, "))
