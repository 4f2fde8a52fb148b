"""Access tokens for tests."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import jwt


@dataclass(frozen=True)
class Tokens:
    """Signs claims as the gateway would."""

    secret: str

    def make(self, user_id: int | str, role: str = "authenticated", **claims: Any) -> str:
        """A valid token for this user; a claim given as None is left out."""
        now = int(time.time())
        usual = {"sub": str(user_id), "role": role, "aud": "daira", "iss": "daira", "iat": now, "exp": now + 7200}
        merged = {"sid": "1", **usual, **claims}
        return self.sign({name: value for name, value in merged.items() if value is not None})

    def sign(self, claims: dict[str, Any], algorithm: str = "HS256") -> str:
        """A token with exactly these claims."""
        return jwt.encode(claims, self.secret, algorithm)

    def header(self, user_id: int | str, role: str = "authenticated", **claims: Any) -> dict[str, str]:
        """The Authorization header with such a token."""
        return {"Authorization": f"Bearer {self.make(user_id, role, **claims)}"}
