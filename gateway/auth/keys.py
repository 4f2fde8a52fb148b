"""Keys that sign and verify tokens, read from a secret given as text, base64, JWK or JWKS (RFC 7517)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jwt import PyJWK
from jwt.exceptions import PyJWTError

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_SECRET_BYTES = 32
HMAC = ("HS256", "HS384", "HS512")
_BY_KEY_TYPE = {
    "oct": HMAC,
    "RSA": ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"),
    "EC": ("ES256", "ES384", "ES512", "ES256K"),
    "OKP": ("EdDSA",),
}


class BadSecretError(ValueError):
    """The configured secret cannot be used; the message says why and never quotes it."""


@dataclass(frozen=True)
class Key:
    """One key: `algorithms` is what a token's header may name for it, the first is what it signs with."""

    kid: str | None
    algorithms: tuple[str, ...]
    material: Any


@dataclass(frozen=True)
class KeyRing:
    """Keys in order of preference: the first signs, all of them verify. Two keys overlap while one is replaced."""

    keys: tuple[Key, ...]

    def candidates(self, algorithm: object, kid: object) -> Sequence[Key]:
        """Keys that may verify a token whose header names `algorithm` and `kid`; a named key excludes the others."""
        usable = [key for key in self.keys if algorithm in key.algorithms]
        named = [key for key in usable if kid is not None and key.kid == kid]
        return named or [key for key in usable if key.kid is None or kid is None]


def read_keys(secret: str, *, is_base64: bool = False, algorithms: Sequence[str] = HMAC) -> KeyRing:
    """The ring in `secret`, restricted to `algorithms` where it is plain text. Raises BadSecretError."""
    document = _json_object(secret)
    if document is None:
        return KeyRing((_symmetric(_octets(secret, is_base64), tuple(algorithms)),))
    entries = document.get("keys", [document])
    if not isinstance(entries, list) or not entries:
        raise BadSecretError("A JWK set needs a non-empty list of keys.")
    return KeyRing(tuple(_from_jwk(entry) for entry in entries))


def _json_object(secret: str) -> dict[str, Any] | None:
    if not secret.lstrip().startswith("{"):
        return None
    try:
        document = json.loads(secret)
    except ValueError as error:
        raise BadSecretError("The secret begins like a JWK and is not valid JSON.") from error
    return document if isinstance(document, dict) else None


def _octets(secret: str, is_base64: bool) -> bytes:
    if not is_base64:
        return secret.encode()
    text = secret.strip().replace("-", "+").replace("_", "/").replace(".", "=").rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise BadSecretError("The secret is not valid base64.") from error


def _symmetric(octets: bytes, algorithms: tuple[str, ...]) -> Key:
    if len(octets) < MIN_SECRET_BYTES:
        raise BadSecretError(f"The secret has {len(octets)} bytes; it needs {MIN_SECRET_BYTES} or more.")
    return Key(None, algorithms, octets)


def _from_jwk(entry: Any) -> Key:
    key_type = entry.get("kty") if isinstance(entry, dict) else None
    if key_type not in _BY_KEY_TYPE:
        raise BadSecretError("A JWK needs 'kty': oct, RSA, EC or OKP.")
    try:
        jwk = PyJWK.from_dict(entry)
    except (PyJWTError, KeyError, ValueError, TypeError) as error:
        raise BadSecretError(f"A JWK of type {key_type} lacks something or is malformed.") from error
    if key_type == "oct":
        _symmetric(jwk.key, HMAC)
    named = entry.get("alg")
    allowed = _BY_KEY_TYPE[key_type] if key_type in ("oct", "RSA") else (jwk.algorithm_name,)
    return Key(entry.get("kid"), (named,) if named in allowed else allowed, jwk.key)


def thumbprint(octets: bytes) -> str:
    """A short public name for a symmetric key, so that `kid` tells two secrets apart during a rotation."""
    return hashlib.sha256(b"daira kid\0" + octets).hexdigest()[:12]
