"""/upload: signed addresses over HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from gateway.auth.clients import identity_of
from gateway.bodies import body_schema, read_body
from gateway.uploads.bodies import UploadDone, UploadRequest
from gateway.uploads.desk import Desk

if TYPE_CHECKING:
    from gateway.app import Services


def router(services: Services) -> APIRouter:
    """The routes under /upload."""
    routes = APIRouter(prefix="/upload", tags=["upload"])
    desk = Desk(services.lanes, services.objects)
    tokens = services.tokens

    @routes.post("/presign", openapi_extra=body_schema(UploadRequest))
    async def presign(request: Request) -> Response:
        """An address that takes one file with PUT within ten minutes."""
        identity = identity_of(request, tokens)
        ticket = await desk.request(identity, await read_body(request, UploadRequest))
        return _answer({"uploadUrl": ticket.upload_url, "objectKey": ticket.object_key, "publicUrl": ticket.public_url})

    @routes.post("/complete", openapi_extra=body_schema(UploadDone))
    async def complete(request: Request) -> Response:
        """Have a file that was sent accepted now."""
        identity = identity_of(request, tokens)
        body = await read_body(request, UploadDone)
        state = await desk.complete(identity, body.object_key)
        return _answer(
            {
                "objectKey": state.object_key,
                "status": state.status,
                "publicUrl": state.public_url if state.status == "ready" else None,
                "rejection": state.rejection,
            }
        )

    return routes


def _answer(document: dict[str, str | None]) -> Response:
    return Response(json.dumps(document).encode(), 200, {"cache-control": "no-store"}, "application/json")
