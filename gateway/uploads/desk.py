"""Where uploads are asked for and handed in, without HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.lanes import Identity
from gateway.problems import Fault, ProblemError
from gateway.statements import load_statements, text_row
from services.acceptance import Accepted, Missing, Outcome, accept
from services.media_types import MediaType, media_type

if TYPE_CHECKING:
    from gateway.lanes import Lanes
    from gateway.uploads.bodies import UploadRequest
    from services.objects import ObjectStore

GATEWAY = Identity("gateway")
URL_LIFE_S = 600
# A large file may still be on its way when its address expires.
UPLOAD_LIFE = "40 minutes"

_SQL = load_statements("gateway.uploads")


@dataclass(frozen=True)
class Ticket:
    """Where to send the file, its key, and where it can be read once it was accepted."""

    upload_url: str
    object_key: str
    public_url: str


@dataclass(frozen=True)
class State:
    """How far an upload has come."""

    object_key: str
    status: str
    public_url: str
    rejection: str | None


@dataclass(frozen=True)
class Desk:
    """Hands out tickets and accepts files."""

    lanes: Lanes
    store: ObjectStore

    async def request(self, identity: Identity, body: UploadRequest) -> Ticket:
        """A ticket for one file; raises ProblemError for a type or size that is not accepted."""
        kind = _checked(body)
        bucket = self.store.config.public_bucket
        params = (identity.user_id, bucket, body.file_name, kind.name, _text(body.byte_size), UPLOAD_LIFE)
        rows = await self.lanes.run(GATEWAY, _SQL["request_upload"], params)
        [key] = text_row(rows)
        if not key:
            raise ProblemError(Fault.ACCOUNT_DISABLED, "A suspended account uploads nothing.")
        url = self.store.presign_put(key, URL_LIFE_S, body.byte_size)
        return Ticket(url, key, self.store.public_url(key))

    async def complete(self, identity: Identity, key: str) -> State:
        """Accepts the file now rather than when the job comes to it; asking twice gives the same answer."""
        row = text_row(await self.lanes.run(identity, _SQL["find_own_upload"], (key,)))
        if not row:
            raise ProblemError(Fault.NO_SUCH_UPLOAD, "You have asked for no upload with this key.")
        content_type, status, rejection = row
        if status not in ("requested", "uploaded"):
            return self._state(key, status, rejection)
        return await self._settle(identity, key, await accept(self.store, key, content_type))

    async def _settle(self, identity: Identity, key: str, outcome: Outcome) -> State:
        if isinstance(outcome, Missing):
            return await self._settled_meanwhile(identity, key)
        result = ("ready", str(outcome.byte_size), None) if isinstance(outcome, Accepted) else _rejected(outcome.reason)
        rows = await self.lanes.run(GATEWAY, _SQL["finish_upload"], (key, *result))
        await self.store.discard(key)
        if rows.value() is None:
            return await self._settled_meanwhile(identity, key)
        return self._state(key, result[0], result[2] or "")

    async def _settled_meanwhile(self, identity: Identity, key: str) -> State:
        """The job was faster, or nothing has come."""
        row = text_row(await self.lanes.run(identity, _SQL["find_own_upload"], (key,)))
        if not row or row[1] in ("requested", "uploaded"):
            raise ProblemError(Fault.NOT_UPLOADED_YET, "Send the file to its uploadUrl first.")
        return self._state(key, row[1], row[2])

    def _state(self, key: str, status: str, rejection: str) -> State:
        return State(key, status, self.store.public_url(key), rejection or None)


def _checked(body: UploadRequest) -> MediaType:
    kind = media_type(body.content_type)
    if kind is None:
        raise ProblemError(
            Fault.TYPE_NOT_ALLOWED, "Images (JPEG, PNG, GIF, WebP, AVIF, HEIC) and videos (MP4, MOV, WebM)."
        )
    if (body.byte_size or 0) > kind.family.max_bytes:
        raise ProblemError(Fault.FILE_TOO_LARGE, f"At most {kind.family.max_bytes} bytes are accepted for {kind.name}.")
    return kind


def _rejected(reason: str) -> tuple[str, None, str]:
    return ("rejected", None, reason)


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)
