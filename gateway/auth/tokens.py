"""Access tokens (RFC 7519): issue, verify once, remember until they expire.

The algorithm of a token is taken from the key that may verify it, never from its header alone. Failures carry
PostgREST's codes (PGRST300, 301, 303) so that REST, GraphQL and the auth routes report them alike.
"""

from __future__ import annotations

import hmac
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jwt import PyJWS
from jwt.exceptions import InvalidSignatureError, PyJWTError

from gateway.auth.claim_path import Step, parse_path, walk
from gateway.auth.keys import BadSecretError, Key, KeyRing, read_keys, thumbprint
from gateway.lanes import Identity

if TYPE_CHECKING:
    from collections.abc import Callable

SKEW_S = 30
MAX_TOKEN_CHARS = 8192
MAX_BIGINT = 2**63 - 1
_IDENTIFIER = re.compile(r"[1-9][0-9]{0,18}")
_NOT_A_ROLE = re.compile(r"^$|[\x00\ud800-\udfff]")
NEVER_FROM_A_CLAIM = frozenset({"gateway", "authenticator", "migrator", "worker", "support"})


class TokenError(Exception):
    """A token that is not accepted: PostgREST's code, its sentence, and what more may be said in public."""

    def __init__(self, code: str, message: str, details: str | None = None, status: int = 401) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.status = status

    @property
    def challenge(self) -> str:
        """The WWW-Authenticate header (RFC 6750, 3)."""
        return f'Bearer error="invalid_token", error_description="{self.message}"'


@dataclass(frozen=True)
class Rules:
    """What the claims of an accepted token must say.

    `required` names claims that must be there; `audience` and `issuer` are compared where they are given;
    `default_role` stands in for an absent role claim.
    """

    audience: str | None = None
    issuer: str | None = None
    required: frozenset[str] = frozenset()
    role_path: tuple[Step, ...] = field(default_factory=lambda: parse_path(".role"))
    default_role: str | None = None
    forbidden_roles: frozenset[str] = NEVER_FROM_A_CLAIM


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
        self.hits = self.misses = 0

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
        return self._jws.encode(_compact(claims).encode(), key.material, key.algorithms[0], _header(key))

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
        claims = _claims_of(self._signed_payload(token))
        until = self._check(claims)
        if self._ended.get(str(claims.get("sid")), 0.0) > self._now():
            raise TokenError("PGRST303", "The session is over")
        identity = self._identity(claims)
        while len(self._verified) >= self._remember:
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
            raise TokenError("PGRST301", "Wrong or unsupported encoding algorithm", "The token is not signed")
        candidates = ring.candidates(algorithm, header.get("kid"))
        for key in candidates:
            payload = self._payload_if_signed_by(key, algorithm, token)
            if payload is not None:
                return payload
        reason = "None of the keys was able to decode the JWT" if candidates else "No key matches the JWT's header"
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

    def _check(self, claims: dict[str, Any]) -> float:
        """Checks times, audience and issuer; returns the moment from which the token is no longer accepted."""
        missing = sorted(name for name in self._rules.required if claims.get(name) is None)
        if missing:
            raise TokenError("PGRST303", "Parsing claims failed", f"The token lacks {', '.join(missing)}")
        now = self._now()
        expires = _number(claims, "exp")
        if expires is not None and now - SKEW_S > expires:
            raise TokenError("PGRST303", "JWT expired")
        _refuse_future(_number(claims, "nbf"), now, "JWT not yet valid")
        _refuse_future(_number(claims, "iat"), now, "JWT issued at future")
        self._check_audience(claims.get("aud"))
        if self._rules.issuer is not None and claims.get("iss") != self._rules.issuer:
            raise TokenError("PGRST303", "JWT from an unknown issuer")
        return float("inf") if expires is None else expires + SKEW_S

    def _check_audience(self, audience: object) -> None:
        values = [audience] if isinstance(audience, str) else ([] if audience is None else audience)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise TokenError("PGRST303", "The JWT 'aud' claim must be a string or an array of strings")
        strict = "aud" in self._rules.required
        if self._rules.audience is not None and (values or strict) and self._rules.audience not in values:
            raise TokenError("PGRST303", "JWT not in audience")

    def _identity(self, claims: dict[str, Any]) -> Identity:
        named = walk(claims, self._rules.role_path)
        role = self._rules.default_role if named is None else named if isinstance(named, str) else _compact(named)
        if role is None:
            raise TokenError("PGRST302", "Anonymous access is disabled")
        if role in self._rules.forbidden_roles or _NOT_A_ROLE.search(role):
            raise TokenError("PGRST303", "The JWT names a role that no token may have")
        return Identity(role, _compact({**claims, "role": role}), self._user_id(claims.get("sub")))

    def _user_id(self, subject: object) -> str:
        if (
            isinstance(subject, str)
            and subject.isascii()
            and subject.isdecimal()
            and 0 < int(subject[:20]) <= MAX_BIGINT
        ):
            return subject
        if "sub" in self._rules.required:
            raise TokenError("PGRST303", "Parsing claims failed", "The 'sub' claim is not an account's identifier")
        return ""


def is_identifier(value: object) -> bool:
    """Whether a claim is the text of an identifier: a positive bigint in decimal."""
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None and int(value) <= MAX_BIGINT


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
    """Tokens under PostgREST's rules, for `daira api` on any database. Raises BadSecretError, ValueError."""
    ring = read_keys(secret, is_base64=is_base64) if secret else None
    rules = Rules(audience or None, role_path=parse_path(role_claim_key), default_role=anon_role)
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


def _claims_of(payload: bytes) -> dict[str, Any]:
    try:
        claims = json.loads(payload, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise TokenError("PGRST303", "Parsing claims failed") from error
    if not isinstance(claims, dict):
        raise TokenError("PGRST303", "Parsing claims failed")
    return claims


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _number(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenError("PGRST303", f"The JWT '{name}' claim must be a number")
    return float(value)


def _refuse_future(moment: float | None, now: float, message: str) -> None:
    if moment is not None and moment > now + SKEW_S:
        raise TokenError("PGRST303", message)


def _compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
