"""Documents that all gateways of an installation know, in Valkey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redis.exceptions import RedisError

if TYPE_CHECKING:
    from redis.asyncio import Redis

_PREFIX, _SECONDS = "graphql:document:", 86_400


class SharedDocuments:
    """Kept for a day after the last time that a gateway learned them. Without Valkey each gateway learns for itself."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def find(self, digest: str) -> str | None:
        """The document with this digest."""
        try:
            found = await self._redis.get(_PREFIX + digest)
        except RedisError:
            return None
        return found.decode() if isinstance(found, bytes) else found

    async def keep(self, digest: str, text: str) -> None:
        """Add a document."""
        try:
            await self._redis.set(_PREFIX + digest, text.encode("utf-8", "replace"), ex=_SECONDS)
        except RedisError:
            return
