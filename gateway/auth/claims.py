"""What the claims of a token say and whether that is acceptable (RFC 7519, 4; messages and codes are PostgREST's)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from gateway.auth.claim_path import Step, parse_path, walk
from gateway.lanes import Identity

SKEW_S = 30
MAX_BIGINT = 2**63 - 1
NEVER_FROM_A_CLAIM = frozenset({"gateway", "authenticator", "migrator", "worker", "support"})

_IDENTIFIER = re.compile(r"[1-9][0-9]{0,18}")
_NOT_A_ROLE = re.compile(r"^$|[\x00\ud800-\udfff]")


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
        """The WWW-Authenticate header (RFC 6750, 3); without an error where no token was sent."""
        if self.code == "PGRST302":
            return "Bearer"
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


def read_claims(payload: bytes) -> dict[str, Any]:
    """The claims in a signed payload. Raises TokenError."""
    try:
        claims = json.loads(payload, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise TokenError("PGRST303", "Parsing claims failed") from error
    if not isinstance(claims, dict):
        raise TokenError("PGRST303", "Parsing claims failed")
    return claims


def check_claims(claims: dict[str, Any], rules: Rules, now: float) -> float:
    """Checks times, audience and issuer; gives the moment from which the token is no longer accepted."""
    missing = sorted(name for name in rules.required if claims.get(name) is None)
    if missing:
        raise TokenError("PGRST303", "Parsing claims failed", f"The token lacks {', '.join(missing)}")
    expires = _number(claims, "exp")
    if expires is not None and now - SKEW_S > expires:
        raise TokenError("PGRST303", "JWT expired")
    _refuse_future(_number(claims, "nbf"), now, "JWT not yet valid")
    _refuse_future(_number(claims, "iat"), now, "JWT issued at future")
    _check_audience(claims.get("aud"), rules)
    if rules.issuer is not None and claims.get("iss") != rules.issuer:
        raise TokenError("PGRST303", "JWT from an unknown issuer")
    return float("inf") if expires is None else expires + SKEW_S


def identity_in(claims: dict[str, Any], rules: Rules) -> Identity:
    """Who the claims speak for. Raises TokenError for a role or subject that no token may name."""
    named = walk(claims, rules.role_path)
    role = rules.default_role if named is None else named if isinstance(named, str) else compact(named)
    if role is None:
        raise TokenError("PGRST302", "Anonymous access is disabled")
    if role in rules.forbidden_roles or _NOT_A_ROLE.search(role):
        raise TokenError("PGRST303", "The JWT names a role that no token may have")
    subject = claims.get("sub")
    if "sub" in rules.required and not is_identifier(subject):
        raise TokenError("PGRST303", "Parsing claims failed", "The 'sub' claim is not an account's identifier")
    return Identity(role, compact({**claims, "role": role}), str(subject) if is_identifier(subject) else "")


def is_identifier(value: object) -> bool:
    """Whether a claim is the text of an identifier: a positive bigint in decimal."""
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None and int(value) <= MAX_BIGINT


def compact(value: object) -> str:
    """JSON without spaces, in ASCII."""
    return json.dumps(value, separators=(",", ":"))


def _check_audience(audience: object, rules: Rules) -> None:
    values = [audience] if isinstance(audience, str) else ([] if audience is None else audience)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TokenError("PGRST303", "The JWT 'aud' claim must be a string or an array of strings")
    is_compared = rules.audience is not None and (values or "aud" in rules.required)
    if is_compared and rules.audience not in values:
        raise TokenError("PGRST303", "JWT not in audience")


def _number(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MAX_BIGINT:
        raise TokenError("PGRST303", f"The JWT '{name}' claim must be a number")
    return float(value)


def _refuse_future(moment: float | None, now: float, message: str) -> None:
    if moment is not None and moment > now + SKEW_S:
        raise TokenError("PGRST303", message)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
