"""Throttles: the generic cell rate algorithm in one Lua script on Valkey (https://en.wikipedia.org/wiki/GCRA).

Attempts to sign in, register and refresh are counted here and refused when they cannot be counted.
"""

from __future__ import annotations

import hashlib
import math
import re
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from gateway.problems import Fault, ProblemError, unavailable

if TYPE_CHECKING:
    from redis.asyncio import Redis

_RATE = re.compile(r"(?P<tokens>[1-9]\d*)/(?P<count>[1-9]\d*)?(?P<unit>[smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Rate:
    """So many tokens per period; the whole of them may be spent at once."""

    tokens: int
    period_s: int


@dataclass(frozen=True)
class Bucket:
    """What is counted: a rate and the key it is counted under."""

    key: str
    rate: Rate


@dataclass(frozen=True)
class Allowance:
    """What is left in the tightest bucket; `reset_s` until it is full again."""

    limit: int
    remaining: int
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        """RateLimit-* (draft-ietf-httpapi-ratelimit-headers-03)."""
        return {
            "ratelimit-limit": str(self.limit),
            "ratelimit-remaining": str(self.remaining),
            "ratelimit-reset": str(self.reset_s),
        }


def parse_rate(text: str) -> Rate:
    """`5/15m`, `3/1h`, `100/m` as a rate; raises ValueError."""
    match = _RATE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"a rate is written like 5/15m, not {text!r}")
    return Rate(int(match["tokens"]), int(match["count"] or 1) * _SECONDS[match["unit"]])


def network_of(ip: str | None) -> str:
    """What counts as one origin: an IPv4 address, the /64 of an IPv6 address."""
    if ip is None:
        return "unknown"
    address = ip_address(ip)
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return str(address)


def bucket(scope: str, rate: Rate, *who: str) -> Bucket:
    """The bucket of `who` in `scope`; what identifies them is digested, so that Valkey holds no addresses."""
    digest = hashlib.sha256("\0".join(who).encode()).hexdigest()[:32]
    return Bucket(f"{{rl:{scope}}}:{digest}", rate)


class Throttle:
    """Spends tokens in Valkey."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._script = redis.register_script(files("gateway.auth").joinpath("throttle.lua").read_text())

    async def spend(self, *buckets: Bucket) -> Allowance:
        """Takes one token from every bucket or none. Raises ProblemError: 429, or 503 where nothing can be counted."""
        rates = [number for each in buckets for number in (each.rate.tokens, each.rate.period_s * 1_000_000)]
        try:
            reply: list[int] = await self._script(keys=[each.key for each in buckets], args=rates)
        except (RedisError, OSError) as error:
            raise unavailable(Fault.THROTTLE_AWAY, "Try again in a moment.", 2) from error
        allowed, remaining, retry_ms, reset_ms, decided = reply
        left = Allowance(buckets[decided - 1].rate.tokens, remaining, math.ceil(reset_ms / 1000))
        if not allowed:
            raise _refusal(left, math.ceil(retry_ms / 1000))
        return left

    async def forgive(self, spent: Bucket) -> None:
        """Forgets what was spent from a bucket; where Valkey is away the bucket refills by itself in time."""
        with suppress(RedisError, OSError):
            await self._redis.delete(spent.key)


def _refusal(left: Allowance, retry_s: int) -> ProblemError:
    headers = {**left.headers, "retry-after": str(retry_s)}
    return ProblemError(Fault.THROTTLED, f"Try again in {retry_s} seconds.", headers=headers)
