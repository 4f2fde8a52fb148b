"""The object store (any S3): a private bucket for what arrives, a public one for what was accepted."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import urllib3
from minio import Minio
from minio.commonconfig import REPLACE, CopySource
from minio.error import InvalidResponseError, S3Error, ServerError
from urllib3.exceptions import HTTPError

from services.presign import Signer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

THREADS = 8
HEAD_BYTES = 64
_ABSENT = frozenset({"NoSuchKey", "NoSuchObject", "ResourceNotFound"})

Result = TypeVar("Result")


class StoreUnavailableError(Exception):
    """The store did not answer, or refused what it should allow."""


class ObjectChangedError(Exception):
    """The object was replaced between the look at it and its publication."""


@dataclass(frozen=True)
class StoreConfig:
    """Where the store is. `public_url` is its address for clients, if that differs from `endpoint`."""

    endpoint: str
    access_key: str
    secret_key: str
    secure: bool = False
    public_bucket: str = "media-public"
    private_bucket: str = "media-private"
    public_url: str | None = None
    region: str = "us-east-1"

    @property
    def base_url(self) -> str:
        """The address for clients, without a slash at its end."""
        scheme = "https" if self.secure else "http"
        return (self.public_url or f"{scheme}://{self.endpoint}").rstrip("/")


def config_from(environment: Mapping[str, str]) -> StoreConfig:
    """The configuration in the variables MINIO_*; raises KeyError for one that must be there."""
    return StoreConfig(
        environment["MINIO_ENDPOINT"],
        environment["MINIO_ACCESS_KEY"],
        environment["MINIO_SECRET_KEY"],
        environment.get("MINIO_SECURE", "").lower() in ("1", "true", "yes", "on"),
        environment.get("MINIO_BUCKET_PUBLIC") or "media-public",
        environment.get("MINIO_BUCKET_PRIVATE") or "media-private",
        environment.get("MINIO_PUBLIC_URL") or None,
    )


@dataclass(frozen=True)
class Arrived:
    """An object in the private bucket: its size in bytes, its version tag and its first bytes."""

    size: int
    etag: str
    head: bytes


class ObjectStore:
    """The two buckets. Calls run in threads of their own; every failure of the store is a StoreUnavailableError."""

    def __init__(self, config: StoreConfig) -> None:
        self.config = config
        http = urllib3.PoolManager(
            maxsize=THREADS, timeout=urllib3.Timeout(connect=2, read=30), retries=urllib3.Retry(1, backoff_factor=0.1)
        )
        self._client = Minio(
            config.endpoint,
            access_key=config.access_key,
            secret_key=config.secret_key,
            secure=config.secure,
            region=config.region,
            http_client=http,
        )
        self._signer = Signer(config.base_url, config.access_key, config.secret_key, config.region)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="objects")

    def presign_put(self, key: str, expires_s: int, byte_size: int | None = None) -> str:
        """The URL to which a client sends the object; with `byte_size`, no other size is accepted."""
        headers = {} if byte_size is None else {"content-length": str(byte_size)}
        return self._signer.presign("PUT", f"/{self.config.private_bucket}/{key}", expires_s, headers)

    def public_url(self, key: str) -> str:
        """Where the object can be read once it has been published."""
        return f"{self.config.base_url}/{self.config.public_bucket}/{key}"

    async def ensure_buckets(self) -> None:
        """Makes the buckets that are missing, and the public one readable (but not listable) by anybody."""
        await self._call(self._ensure_buckets)

    async def arrived(self, key: str) -> Arrived | None:
        """The object that a client has sent, or None."""
        return await self._call(lambda: self._arrived(key))

    async def publish(self, key: str, etag: str, content_type: str) -> None:
        """Copies the object, if it still has this tag, to the public bucket; raises ObjectChangedError."""
        await self._call(lambda: self._publish(key, etag, content_type))

    async def discard(self, key: str) -> None:
        """Removes the object from the private bucket; removing it twice is no error."""
        await self._call(lambda: self._client.remove_object(self.config.private_bucket, key))

    async def ping(self) -> None:
        """One small authenticated question."""
        await self._call(lambda: self._client.bucket_exists(self.config.public_bucket))

    def close(self) -> None:
        """Lets the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _call(self, work: Callable[[], Result]) -> Result:
        def guarded() -> Result:
            with _translated():
                return work()

        return await asyncio.get_running_loop().run_in_executor(self._threads, guarded)

    def _ensure_buckets(self) -> None:
        for bucket in (self.config.public_bucket, self.config.private_bucket):
            if not self._client.bucket_exists(bucket):
                self._client.make_bucket(bucket)
        self._client.set_bucket_policy(self.config.public_bucket, _readable_by_anybody(self.config.public_bucket))

    def _arrived(self, key: str) -> Arrived | None:
        try:
            stat = self._client.stat_object(self.config.private_bucket, key)
            head = self._head(key) if stat.size else b""
        except S3Error as error:
            if error.code in _ABSENT:
                return None
            raise
        return Arrived(stat.size or 0, stat.etag or "", head)

    def _head(self, key: str) -> bytes:
        response = self._client.get_object(self.config.private_bucket, key, length=HEAD_BYTES)
        try:
            return bytes(response.read(HEAD_BYTES))
        finally:
            response.close()
            response.release_conn()

    def _publish(self, key: str, etag: str, content_type: str) -> None:
        source = CopySource(self.config.private_bucket, key, match_etag=etag)
        shown = {"Content-Type": content_type, "Cache-Control": "public, max-age=31536000, immutable"}
        try:
            self._client.copy_object(
                self.config.public_bucket, key, source, metadata=dict(shown), metadata_directive=REPLACE
            )
        except S3Error as error:
            if error.code in ("PreconditionFailed", *_ABSENT):
                raise ObjectChangedError(key) from error
            raise


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (HTTPError, S3Error, ServerError, InvalidResponseError, OSError) as error:
        raise StoreUnavailableError(f"{type(error).__name__}: {error}") from error


def _readable_by_anybody(bucket: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["s3:GetObject"],
        "Resource": [f"arn:aws:s3:::{bucket}/*"],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
