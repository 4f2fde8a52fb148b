"""In which form an answer goes out (https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types)."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateway.http import Headers


class Media(Enum):
    """The forms of an answer; the value is the media type."""

    JSON = "application/json"
    """Answers of well-formed requests have status 200 here, whatever they say."""
    RESPONSE = "application/graphql-response+json"
    """Requests that were not carried out have a status of 4xx or 5xx here, and no `data`."""
    HTML = "text/html"
    """A page for people."""

    @property
    def headers(self) -> Headers:
        """The header that names it."""
        return ((b"content-type", self.value.encode() + b"; charset=utf-8"),)


_BY_TYPE = {media.value: media for media in (Media.RESPONSE, Media.JSON, Media.HTML)}


def accepted(headers: Headers) -> Media:
    """The form that the caller likes best; plain JSON where it says nothing that is known."""
    given = b",".join(value for name, value in headers if name == b"accept")
    return _best(given.decode("latin-1")) if given else Media.JSON


@lru_cache(maxsize=256)
def _best(accept: str) -> Media:
    weights = [(_weight(part), -index, _type(part)) for index, part in enumerate(accept.split(","))]
    known = [entry for entry in weights if entry[2] in _BY_TYPE and entry[0] > 0]
    return _BY_TYPE[max(known)[2]] if known else Media.JSON


def _type(part: str) -> str:
    return part.partition(";")[0].strip().lower()


def _weight(part: str) -> float:
    for parameter in part.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            number = value.strip()
            return float(number) if number.replace(".", "", 1).isdecimal() else 0.0
    return 1.0
