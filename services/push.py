"""Web push: messages encrypted for one browser (RFC 8291), sent to its push service under our key (RFC 8292)."""

from __future__ import annotations

import base64
import ipaddress
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from socket import AddressFamily
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from cryptography.hazmat.primitives import serialization
from py_vapid import Vapid02
from pywebpush import WebPusher, WebPushException

TIMEOUT = aiohttp.ClientTimeout(total=10)
KEEP_SECONDS = 24 * 3600
GONE = (404, 410)


@dataclass(frozen=True)
class PushConfig:
    """Our key pair (base64url of the private number) and whom push services may write to about it.

    Endpoints come from users, so addresses that are not public are refused, unless `is_local`, for tests.
    """

    private_key: str
    contact: str
    is_local: bool = False
    trust: ssl.SSLContext | None = None

    @property
    def public_key(self) -> str:
        """What browsers take as applicationServerKey: the uncompressed point, base64url."""
        point = self.vapid().public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return base64.urlsafe_b64encode(point).decode().rstrip("=")

    def vapid(self) -> Vapid02:
        return Vapid02.from_raw(self.private_key.encode())


@dataclass(frozen=True)
class Subscription:
    """One browser: its endpoint, public key and secret, as the Push API gave them."""

    endpoint: str
    p256dh: str
    auth: str


class Answer(Enum):
    """What a push service said."""

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """The answer, and what an operator wants to read of it."""

    answer: Answer
    detail: str


def push_config_from(env: Mapping[str, str]) -> PushConfig | None:
    """The configuration in VAPID_PRIVATE_KEY and VAPID_CONTACT; None where nothing is to be pushed."""
    key = env.get("VAPID_PRIVATE_KEY")
    return PushConfig(key, env.get("VAPID_CONTACT") or "mailto:ops@localhost") if key else None


async def push(config: PushConfig, to: Subscription, content: dict[str, object], topic: str) -> Outcome:
    """Sends one message. A service that still holds one of the same topic for the browser replaces it.

    A subscription that can't be one, as only a client that means no good sends it, is gone.
    """
    if not config.is_local and _is_private_literal(to.endpoint):
        return Outcome(Answer.GONE, "the endpoint is not public")
    try:
        origin = _origin(to.endpoint)
        body = WebPusher(_subscription_info(to)).encode(json.dumps(content, ensure_ascii=False).encode())["body"]
    except (ValueError, WebPushException) as error:
        return Outcome(Answer.GONE, f"no subscription: {error}")
    connector = aiohttp.TCPConnector(
        resolver=ThreadedResolver() if config.is_local else _PublicOnly(), ssl=config.trust or True
    )
    try:
        async with aiohttp.ClientSession(connector=connector, timeout=TIMEOUT) as session:
            headers = _headers(config, origin, topic)
            async with session.post(to.endpoint, data=body, headers=headers, allow_redirects=False) as response:
                return _outcome(response.status)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Outcome(Answer.LATER, f"{type(error).__name__}: {error}")


def _origin(endpoint: str) -> str:
    """Scheme, host and port, as VAPID signs them. Raises ValueError where no host can be called so."""
    parts = urlsplit(endpoint)
    if not (parts.hostname or "").encode("idna"):
        raise ValueError("the endpoint has no host")
    return f"{parts.scheme}://{parts.netloc}"


def _headers(config: PushConfig, origin: str, topic: str) -> dict[str, str]:
    signed = config.vapid().sign({"aud": origin, "sub": config.contact})
    return {**signed, "Content-Encoding": "aes128gcm", "TTL": str(KEEP_SECONDS), "Urgency": "normal", "Topic": topic}


def _outcome(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(Answer.SENT, str(status))
    if status in GONE:
        return Outcome(Answer.GONE, str(status))
    return Outcome(Answer.LATER if status == 429 or status >= 500 else Answer.REFUSED, str(status))


def _subscription_info(to: Subscription) -> dict[str, object]:
    return {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}


def _is_private_literal(endpoint: str) -> bool:
    try:
        return not ipaddress.ip_address(urlsplit(endpoint).hostname or "").is_global
    except ValueError:
        return False


class _PublicOnly(AbstractResolver):
    """Resolves names, and leaves out addresses inside our own network."""

    def __init__(self) -> None:
        self._plain = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        found = await self._plain.resolve(host, port, family)
        public = [each for each in found if ipaddress.ip_address(each["host"]).is_global]
        if not public:
            raise OSError(f"{host} has no public address")
        return public

    async def close(self) -> None:
        await self._plain.close()
