"""What a file is, by its first bytes."""

from __future__ import annotations

import pytest

from services.media_types import Family, detect, media_type


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\xff\xd8\xff\xdb", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"GIF87a..", "image/gif"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x1cftypavif", "image/avif"),
        (b"\0\0\0\x1cftypheic", "image/heic"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\x1aE\xdf\xa3\x01", "video/webm"),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"<svg xmlns=", None),
        (b"#!/bin/sh", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_detection(head: bytes, name: str | None) -> None:
    assert detect(head) == name


@pytest.mark.parametrize(
    ("name", "ending"), [("image/jpeg", "jpg"), ("IMAGE/JPG", "jpg"), ("video/mp4; codecs=avc1", "mp4")]
)
def test_accepted_names(name: str, ending: str) -> None:
    found = media_type(name)
    assert found is not None
    assert found.ending == ending


@pytest.mark.parametrize("name", ["", "image/svg+xml", "text/html", "application/octet-stream", "image"])
def test_other_names(name: str) -> None:
    assert media_type(name) is None


def test_the_products_limits() -> None:
    assert (Family.IMAGE.max_bytes, Family.VIDEO.max_bytes) == (10 * 1024**2, 500 * 1024**2)
