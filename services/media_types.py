"""The media types that DAIRA takes in: how large they may be and how their files begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MEGABYTE = 1024 * 1024


class Family(Enum):
    """A kind of media with the size in bytes that one file may have."""

    IMAGE = 10 * MEGABYTE
    VIDEO = 500 * MEGABYTE

    @property
    def max_bytes(self) -> int:
        """The largest file."""
        return self.value


@dataclass(frozen=True)
class MediaType:
    """One accepted type: its name, the ending of its keys, and the kind that sets its limit."""

    name: str
    ending: str
    family: Family


_TYPES = (
    MediaType("image/jpeg", "jpg", Family.IMAGE),
    MediaType("image/png", "png", Family.IMAGE),
    MediaType("image/gif", "gif", Family.IMAGE),
    MediaType("image/webp", "webp", Family.IMAGE),
    MediaType("image/avif", "avif", Family.IMAGE),
    MediaType("image/heic", "heic", Family.IMAGE),
    MediaType("video/mp4", "mp4", Family.VIDEO),
    MediaType("video/quicktime", "mov", Family.VIDEO),
    MediaType("video/webm", "webm", Family.VIDEO),
)
_BY_NAME = {media_type.name: media_type for media_type in _TYPES} | {"image/jpg": _TYPES[0]}

_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1aE\xdf\xa3", "video/webm"),
)
# ISO base media files (ISO/IEC 14496-12): the brand at byte 8 tells the kind.
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"qt  ": "video/quicktime",
}


def media_type(name: str) -> MediaType | None:
    """The accepted type of this name (parameters and case do not matter), or None. SVG is never accepted."""
    return _BY_NAME.get(name.partition(";")[0].strip().lower())


def detect(head: bytes) -> str | None:
    """The type that the first bytes of a file show, or None."""
    for beginning, name in _BEGINNINGS:
        if head.startswith(beginning):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12], "video/mp4")
    return None
