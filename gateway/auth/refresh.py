"""Refresh tokens that need no row of their own: the session, a counter, and a keyed digest of both.

Layout, base64url without padding: version (1 byte), session (8), counter (8), HMAC-SHA-256 (first 16), SHA-256 of all
that stands before (first 4). The checksum turns junk away without a look into the database. The digest's key needs
both halves, the session's own from the database and the gateway's secret: neither one alone makes a token.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

_BODY = struct.Struct(">BQQ")
_MAC_BYTES = 16
_SUM_BYTES = 4
_LENGTH = _BODY.size + _MAC_BYTES + _SUM_BYTES
_VERSION = 1
_MAX_BIGINT = 2**63 - 1


@dataclass(frozen=True)
class RefreshToken:
    """What a refresh token says; `mac` is not checked until the session's key is at hand."""

    session_id: int
    counter: int
    mac: bytes

    def is_made_with(self, secret: bytes, session_key: bytes) -> bool:
        """Whether this server made it for its session."""
        return hmac.compare_digest(self.mac, _mac(secret, session_key, self.session_id, self.counter))


def make_refresh_token(secret: bytes, session_key: bytes, session_id: int, counter: int) -> str:
    """The token with this counter; the same arguments give the same token."""
    body = _BODY.pack(_VERSION, session_id, counter) + _mac(secret, session_key, session_id, counter)
    return base64.urlsafe_b64encode(body + _checksum(body)).decode().rstrip("=")


def read_refresh_token(text: str) -> RefreshToken | None:
    """What `text` says, or None where it cannot be one of our tokens."""
    try:
        octets = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, checksum = octets[:-_SUM_BYTES], octets[-_SUM_BYTES:]
    if len(octets) != _LENGTH or not hmac.compare_digest(checksum, _checksum(body)):
        return None
    version, session_id, counter = _BODY.unpack_from(body)
    if version != _VERSION or max(session_id, counter) > _MAX_BIGINT:
        return None
    return RefreshToken(session_id, counter, body[_BODY.size :])


def _mac(secret: bytes, session_key: bytes, session_id: int, counter: int) -> bytes:
    key = hmac.digest(secret, session_key, "sha256")
    return hmac.digest(key, _BODY.pack(_VERSION, session_id, counter), "sha256")[:_MAC_BYTES]


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_SUM_BYTES]
