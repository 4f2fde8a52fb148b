"""Which representation an answer has (https://docs.postgrest.org/en/stable/references/api/resource_representation.html)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from gateway.rest.errors import RestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.catalog.model import Name

_OBJECT = ("application/vnd.pgrst.object+json", "application/vnd.pgrst.object")
_ARRAY = ("application/vnd.pgrst.array+json", "application/vnd.pgrst.array")
_PLANS = {
    "application/vnd.pgrst.plan": "text",
    "application/vnd.pgrst.plan+text": "text",
    "application/vnd.pgrst.plan+json": "json",
}
_OPTIONS = ("analyze", "verbose", "settings", "buffers", "wal")


class Form(Enum):
    """How rows are written."""

    JSON = auto()
    CSV = auto()
    GEOJSON = auto()
    NDJSON = auto()
    CUSTOM = auto()


@dataclass(frozen=True, slots=True)
class Plan:
    """An explanation is wanted instead of the rows; `options` are those of `explain`."""

    format: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handler:
    """What makes a media type: a function of rows, or the result of the function that is called where None.

    `row` is the relation whose rows the aggregate takes, None for one that takes any.
    """

    aggregate: Name | None = None
    row: Name | None = None
    is_binary: bool = False


@dataclass(frozen=True, slots=True)
class Media:
    """The representation that was agreed on."""

    content_type: bytes
    form: Form = Form.JSON
    single: bool = False
    stripped: bool = False
    handler: Handler | None = None
    """Also what writes a row as a GeoJSON feature."""
    plan: Plan | None = None
    streamed: bool = False
    """Whether a read answers row by row, without ever holding the whole."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One element of Accept."""

    type: str
    params: tuple[tuple[str, str], ...] = ()

    def param(self, name: str) -> str | None:
        """The parameter `name`."""
        return next((value for key, value in self.params if key == name), None)


JSON_MEDIA = Media(b"application/json; charset=utf-8")
_BUILT_IN = {
    "*/*": JSON_MEDIA,
    "application/json": JSON_MEDIA,
    "text/csv": Media(b"text/csv; charset=utf-8", Form.CSV),
    "application/x-ndjson": Media(b"application/x-ndjson; charset=utf-8", Form.NDJSON, streamed=True),
}
_GEOJSON = b"application/geo+json; charset=utf-8"
NO_HANDLERS: Mapping[str, Handler] = {}


@lru_cache(maxsize=1024)
def parse_accept(text: str) -> tuple[Accepted, ...]:
    """The elements of an Accept header, the weightiest first; `*/*` where there is none."""
    weighed = [_element(part) for part in _split(text, ",") if part.strip()]
    weighed.sort(key=lambda pair: -pair[0])
    return tuple(accepted for weight, accepted in weighed if weight > 0) or (Accepted("*/*"),)


def choose(
    text: str, handlers: Mapping[str, Handler] = NO_HANDLERS, *, plans: bool = False, feature: Name | None = None
) -> Media:
    """The first representation of `text` that can be made. Raises PGRST107."""
    elements = parse_accept(text)
    for accepted in elements:
        media = _media(accepted, handlers, plans, feature)
        if media is not None:
            return media
    names = ", ".join(accepted.type for accepted in elements)
    raise RestError(406, "PGRST107", f"None of these media types are available: {names}")


def _any_handler(accepted: Accepted, handler: Handler) -> Media:
    shown = "application/octet-stream" if accepted.type == "*/*" else accepted.type
    return Media(shown.encode("latin-1"), Form.CUSTOM, handler=handler)


def _media(accepted: Accepted, handlers: Mapping[str, Handler], plans: bool, feature: Name | None) -> Media | None:
    if accepted.type in _PLANS:
        return _plan(accepted, handlers, feature) if plans else None
    if accepted.type in _OBJECT or accepted.type in _ARRAY:
        return _vendor(accepted)
    if "*/*" in handlers:
        return _any_handler(accepted, handlers["*/*"])
    if accepted.type in handlers:
        return Media(accepted.type.encode("latin-1"), Form.CUSTOM, handler=handlers[accepted.type])
    if accepted.type == "application/geo+json":
        return Media(_GEOJSON, Form.GEOJSON, handler=Handler(feature)) if feature else None
    found = _BUILT_IN.get(accepted.type)
    if found is not None and found.form is Form.CSV and accepted.param("stream") == "true":
        return replace(found, streamed=True)
    return found


def _vendor(accepted: Accepted) -> Media | None:
    stripped = accepted.param("nulls") == "stripped"
    suffix = ";nulls=stripped" if stripped else ""
    if accepted.type in _OBJECT:
        return Media(f"{_OBJECT[0]}{suffix}; charset=utf-8".encode(), single=True, stripped=stripped)
    return Media(f"{_ARRAY[0]}{suffix}; charset=utf-8".encode(), stripped=True) if stripped else JSON_MEDIA


def _plan(accepted: Accepted, handlers: Mapping[str, Handler], feature: Name | None) -> Media | None:
    target = accepted.param("for") or "application/json"
    inner = _media(Accepted(*_type_and_params(target)), handlers, False, feature)
    if inner is None:
        return None
    asked = (accepted.param("options") or "").split("|")
    options = tuple(option for option in _OPTIONS if option in asked)
    format_ = _PLANS[accepted.type]
    shown = f'application/vnd.pgrst.plan+{format_}; for="{inner.content_type.decode().partition("; charset")[0]}"'
    if options:
        shown += f"; options={'|'.join(options)}"
    content_type = f"{shown}; charset=utf-8".encode()
    return Media(content_type, inner.form, inner.single, inner.stripped, inner.handler, Plan(format_, options))


def _element(part: str) -> tuple[float, Accepted]:
    type_, params = _type_and_params(part)
    weight = next((value for key, value in params if key == "q"), "1")
    return _weight(weight), Accepted(type_, tuple(pair for pair in params if pair[0] != "q"))


def _type_and_params(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    type_, *rest = _split(text, ";")
    pairs = (part.partition("=") for part in rest)
    return type_.strip().lower(), tuple((key.strip().lower(), value.strip().strip('"')) for key, _, value in pairs)


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 1.0


def _split(text: str, separator: str) -> list[str]:
    if '"' not in text:
        return text.split(separator)
    parts, quoted = [""], False
    for character in text:
        quoted ^= character == '"'
        if character == separator and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts
