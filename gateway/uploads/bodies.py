"""The bodies of the upload routes. Their names are those of the product's API: camelCase on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gateway.bodies import Body, Text


class UploadRequest(Body):
    """POST /upload/presign."""

    file_name: Annotated[Text, Field(alias="filename", min_length=1, max_length=255)]
    content_type: Annotated[Text, Field(alias="contentType", max_length=127)]
    byte_size: Annotated[int | None, Field(alias="size", gt=0)] = None


class UploadDone(Body):
    """POST /upload/complete."""

    object_key: Annotated[Text, Field(alias="objectKey", min_length=1, max_length=512)]
