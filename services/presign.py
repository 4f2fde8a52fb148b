"""Presigned URLs for S3: signature version 4 in the query string, computed without a request.

https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html. The client library signs the host alone;
a signed Content-Length is what bounds the size of a PUT.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Signer:
    """Signs for one address of a store, as clients reach it."""

    base_url: str
    access_key: str
    secret_key: str
    region: str

    def presign(
        self,
        method: str,
        path: str,
        expires_s: int,
        headers: Mapping[str, str] | None = None,
        moment: datetime | None = None,
    ) -> str:
        """The URL with which anybody may send `method` to `path` with exactly these headers until it expires."""
        base = urlsplit(self.base_url)
        signed = {"host": base.netloc, **(headers or {})}
        stamp = (moment or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
        scope = f"{stamp[:8]}/{self.region}/s3/aws4_request"
        location = quote(f"{base.path.rstrip('/')}{path}", safe="/-_.~")
        query = _query(f"{self.access_key}/{scope}", stamp, expires_s, signed)
        lines = [f"{name}:{signed[name]}\n" for name in sorted(signed)]
        request = "\n".join([method, location, query, "".join(lines), ";".join(sorted(signed)), "UNSIGNED-PAYLOAD"])
        to_sign = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(request.encode()).hexdigest()])
        signature = hmac.digest(self._key(scope), to_sign.encode(), "sha256").hex()
        return f"{base.scheme}://{base.netloc}{location}?{query}&X-Amz-Signature={signature}"

    def _key(self, scope: str) -> bytes:
        key = b"AWS4" + self.secret_key.encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return key


def _query(credential: str, stamp: str, expires_s: int, signed: Mapping[str, str]) -> str:
    fields = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": credential,
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(expires_s),
        "X-Amz-SignedHeaders": ";".join(sorted(signed)),
    }
    return "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in fields.items())
