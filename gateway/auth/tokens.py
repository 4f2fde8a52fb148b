"""Access tokens (RFC 7519): issue, verify once, remember until they expire.

The algorithm of a token is taken from the key that may verify it, never from its header alone. Failures carry
PostgREST's codes (PGRST300, 301, 303) so that REST, GraphQL and the auth routes report them alike.
"""

from __future__ import annotations

import hmac
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jwt import PyJWS
from jwt.exceptions import InvalidSignatureError, PyJWTError

from gateway.auth.claim_path import parse_path
from gateway.auth.claims import SKEW_S, Rules, TokenError, check_claims, compact, identity_in, read_claims
from gateway.auth.keys import BadSecretError, Key, KeyRing, read_keys, thumbprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.lanes import Identity

MAX_TOKEN_CHARS = 8192
_UNSIGNED = "JWT is unsecured but expected 'alg' was not 'none'"
_NO_KEY = "No suitable key was found to decode the JWT"

__all__ = ["Grant", "TokenError", "Tokens", "daira_tokens", "postgrest_tokens"]


@dataclass(frozen=True)
class Grant:
    """Who an access token speaks for: account, database role, session and how it was proven (`aal`, `amr`)."""

    user_id: str
    role: str
    session_id: str
    amr: tuple[str, ...] = ("password",)
    aal: str = "aal1"


@dataclass(frozen=True)
class _Verified:
    identity: Identity
    until: float


class Tokens:
    """Verifies bearer tokens and issues DAIRA's own. Not shared between threads."""

    def __init__(
        self,
        ring: KeyRing | None,
        rules: Rules,
        *,
        lifetime_s: int = 900,
        remember: int = 10_000,
        now: Callable[[], float] = time.time,
    ) -> None:
        """`ring` None refuses every token (PGRST300). At most `remember` verified tokens are kept, oldest out first."""
        self._ring = ring
        self._rules = rules
        self._remember = remember
        self._now = now
        self._verified: dict[str, _Verified] = {}
        self._ended: dict[str, float] = {}
        self._jws = PyJWS()
        self.lifetime_s = lifetime_s
        self.hits = self.misses = self.evictions = 0

    def __len__(self) -> int:
        return len(self._verified)

    def verify(self, token: str) -> Identity:
        """The identity that `token` proves; the same object while it is remembered. Raises TokenError."""
        known = self._verified.get(token)
        if known is not None and known.until > self._now():
            self.hits += 1
            return known.identity
        self.misses += 1
        return self._learn(token)

    def issue(self, grant: Grant) -> str:
        """A signed access token for `grant`, valid for `lifetime_s` seconds."""
        key = self._keys().keys[0]
        issued_at = int(self._now())
        claims = {
            "iss": self._rules.issuer,
            "aud": self._rules.audience,
            "sub": grant.user_id,
            "role": grant.role,
            "sid": grant.session_id,
            "aal": grant.aal,
            "amr": list(grant.amr),
            "iat": issued_at,
            "exp": issued_at + self.lifetime_s,
            "jti": uuid.uuid4().hex,
        }
        return self._jws.encode(compact(claims).encode(), key.material, key.algorithms[0], _header(key))

    def end_session(self, session_id: str) -> None:
        """Refuse the access tokens of a session that is over. Known to this process only; others let them run out."""
        now = self._now()
        self._ended = {sid: until for sid, until in self._ended.items() if until > now}
        self._ended[session_id] = now + self.lifetime_s + SKEW_S
        self.forget_all()

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        """A secret for another purpose from each symmetric key, the preferred one first. Raises BadSecretError."""
        materials = [key.material for key in self._keys().keys if isinstance(key.material, bytes)]
        if not materials:
            raise BadSecretError("DAIRA's own secret needs at least one symmetric key.")
        return tuple(hmac.digest(material, b"daira " + purpose.encode(), "sha256") for material in materials)

    def forget_all(self) -> None:
        """Verify every token anew from here on."""
        self._verified.clear()

    def _learn(self, token: str) -> Identity:
        self._verified.pop(token, None)
        claims = read_claims(self._signed_payload(token))
        until = check_claims(claims, self._rules, self._now())
        if self._ended.get(str(claims.get("sid")), 0.0) > self._now():
            raise TokenError("PGRST303", "The session is over")
        identity = identity_in(claims, self._rules)
        while self._verified and len(self._verified) >= self._remember:
            self.evictions += 1
            del self._verified[next(iter(self._verified))]
        if self._remember:
            self._verified[token] = _Verified(identity, until)
        return identity

    def _keys(self) -> KeyRing:
        if self._ring is None:
            raise TokenError("PGRST300", "Server lacks JWT secret", status=500)
        return self._ring

    def _signed_payload(self, token: str) -> bytes:
        ring = self._keys()
        header = self._header(token)
        algorithm = header.get("alg")
        if not isinstance(algorithm, str) or algorithm.lower() == "none":
            raise TokenError("PGRST301", "Wrong or unsupported encoding algorithm", _UNSIGNED)
        candidates = ring.candidates(algorithm, header.get("kid"))
        for key in candidates:
            payload = self._payload_if_signed_by(key, algorithm, token)
            if payload is not None:
                return payload
        reason = "None of the keys was able to decode the JWT" if candidates else _NO_KEY
        raise TokenError("PGRST301", "No suitable key or wrong key type", reason)

    def _header(self, token: str) -> dict[str, Any]:
        parts = token.count(".") + 1
        if not token:
            raise TokenError("PGRST301", "Empty JWT is sent in Authorization header")
        if parts != 3:
            raise TokenError("PGRST301", f"Expected 3 parts in JWT; got {parts}")
        if len(token) > MAX_TOKEN_CHARS or not token.isascii():
            raise TokenError("PGRST301", "JWT cryptographic operation failed")
        try:
            return self._jws.get_unverified_header(token)
        except (PyJWTError, RecursionError) as error:  # a header of brackets only exhausts the JSON parser
            raise TokenError("PGRST301", "JWT cryptographic operation failed") from error

    def _payload_if_signed_by(self, key: Key, algorithm: str, token: str) -> bytes | None:
        try:
            payload: bytes = self._jws.decode(token, key.material, [algorithm])
        except InvalidSignatureError:
            return None
        except PyJWTError as error:
            raise TokenError("PGRST301", "JWT cryptographic operation failed") from error
        return payload


def daira_tokens(secret: str, *, algorithm: str, audience: str, issuer: str, lifetime_s: int) -> Tokens:
    """Tokens that DAIRA issues for itself: one algorithm; exp, aud, iss, sub and role must be there."""
    ring = read_keys(secret, algorithms=(algorithm,))
    rules = Rules(audience, issuer, required=frozenset({"exp", "aud", "iss", "sub", "role"}))
    return Tokens(_named(ring), rules, lifetime_s=lifetime_s)


def postgrest_tokens(
    secret: str | None,
    *,
    is_base64: bool = False,
    audience: str | None = None,
    role_claim_key: str = ".role",
    anon_role: str | None = None,
    remember: int = 1000,
) -> Tokens:
    """Tokens under PostgREST's rules, for `daira api` on any database: its grants alone say which roles there are.

    Raises BadSecretError, ValueError.
    """
    ring = read_keys(secret, is_base64=is_base64) if secret else None
    role_path = parse_path(role_claim_key)
    rules = Rules(audience or None, role_path=role_path, default_role=anon_role, forbidden_roles=frozenset())
    return Tokens(ring, rules, remember=remember)


def _named(ring: KeyRing) -> KeyRing:
    """Symmetric keys without a `kid` get one, so that a later secret can verify beside this one."""
    return KeyRing(tuple(_with_kid(key) for key in ring.keys))


def _with_kid(key: Key) -> Key:
    if key.kid is not None or not isinstance(key.material, bytes):
        return key
    return Key(thumbprint(key.material), key.algorithms, key.material)


def _header(key: Key) -> dict[str, Any]:
    return {} if key.kid is None else {"kid": key.kid}
