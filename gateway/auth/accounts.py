"""Registering, signing in, refreshing, signing out: what SQL cannot do. The rules are in db/functions/auth.sql."""

from __future__ import annotations

import asyncio
import hashlib
import json
import random
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.auth.claims import is_identifier
from gateway.auth.passwords import check_password
from gateway.auth.refresh import RefreshToken, make_refresh_token, read_refresh_token
from gateway.auth.throttle import Allowance, Rate, bucket
from gateway.auth.tokens import Grant
from gateway.lanes import Identity
from gateway.problems import Fault, ProblemError
from gateway.statements import load_statements, text_row

if TYPE_CHECKING:
    from gateway.auth.bodies import Confirmation, Credentials, Registration, Resending
    from gateway.auth.clients import Client
    from gateway.auth.passwords import Hasher
    from gateway.auth.throttle import Throttle
    from gateway.auth.tokens import Tokens
    from gateway.lanes import Lanes, Rows
    from gateway.lanes.model import Param

GATEWAY = Identity("gateway")
SESSION_LIFE = "90 days"
REUSE_TOLERANCE = "10 seconds"
BUSY_WAIT_S = 5.0
IP_WIDE_FACTOR = 10
CONFIRMATIONS = Rate(30, 300)

_SQL = load_statements("gateway.auth")
_REFUSALS = {
    "taken_username": (Fault.USERNAME_TAKEN, "Choose another one."),
    "taken_email": (Fault.EMAIL_TAKEN, "Sign in instead, or use another address."),
    "invalid_username": (Fault.USERNAME_INVALID, "Use 3 to 30 Latin letters, digits, dots or underscores."),
    "invalid_email": (Fault.EMAIL_INVALID, "Write it like name@example.com."),
    "invalid_birth_date": (Fault.BIRTH_DATE_INVALID, "Who registers must be old enough."),
    "reused": (Fault.REFRESH_TOKEN_REUSED, "Sign in again."),
    "revoked": (Fault.SESSION_OVER, "Sign in again."),
    "expired": (Fault.SESSION_OVER, "Sign in again."),
    "signed_out": (Fault.SESSION_OVER, "Sign in again."),
    "unknown": (Fault.BAD_REFRESH_TOKEN, "Sign in again."),
    "disabled": (Fault.ACCOUNT_DISABLED, "Write to the support."),
    "bad_token": (Fault.BAD_ONE_TIME_TOKEN, "Ask for a new one at /auth/confirm/resend."),
    "busy": (Fault.REFRESH_BUSY, "Try again in a moment."),
}


@dataclass(frozen=True)
class AuthPolicy:
    """The numbers that an operator sets."""

    login: Rate
    register: Rate
    refresh: Rate
    confirm: Rate
    refresh_days: int


@dataclass(frozen=True)
class Signed:
    """A session's tokens, and what is left of the allowance that getting them cost."""

    access_token: str
    refresh_token: str
    expires_in: int
    allowance: Allowance


@dataclass(frozen=True)
class Accounts:
    """The account routes without HTTP."""

    lanes: Lanes
    tokens: Tokens
    hasher: Hasher
    throttle: Throttle
    policy: AuthPolicy
    refresh_secrets: tuple[bytes, ...]

    async def register(self, body: Registration, client: Client) -> tuple[bytes, Allowance]:
        """The new account as JSON. Raises ProblemError."""
        check_password(body.password)
        allowance = await self.throttle.spend(bucket("register", self.policy.register, client.network))
        hashed = await self.hasher.hash(body.password)
        born = None if body.birth_date is None else body.birth_date.isoformat()
        params = (body.username, body.email, hashed, born, client.ip, client.user_agent)
        status, account = text_row(await self._run("register_account", params))
        if status != "created":
            raise _refusal(status)
        return account.encode(), allowance

    async def login(self, body: Credentials, client: Client) -> Signed:
        """A new session. Raises ProblemError, the same one for an unknown address and a wrong password."""
        attempts = bucket("login", self.policy.login, body.email.casefold(), client.network)
        everywhere = Rate(self.policy.login.tokens * IP_WIDE_FACTOR, self.policy.login.period_s)
        allowance = await self.throttle.spend(attempts, bucket("login", everywhere, client.network))
        user_id = await self._check_password(body, client)
        signed = await self._open_session(user_id, client, allowance)
        await self.throttle.forgive(attempts)
        return signed

    async def refresh(self, text: str, client: Client) -> Signed:
        """The session's next tokens, or the present ones again where the last answer may have been lost."""
        token, session_key, secret = await self._known_token(text)
        allowance = await self.throttle.spend(bucket("refresh", self.policy.refresh, str(token.session_id)))
        status, user_id, role, counter = await self._rotate(token, client)
        if status not in ("rotated", "repeated"):
            self._end_if_over(status, token.session_id)
            raise _refusal(status)
        renewed = make_refresh_token(secret, session_key, token.session_id, int(counter))
        return self._signed(Grant(user_id, role, str(token.session_id)), renewed, allowance)

    async def logout(self, identity: Identity, client: Client) -> None:
        """Ends the session of an access token; ending it twice is no error."""
        session_id = session_of(identity)
        await self._run("close_session", (identity.user_id, session_id, client.ip, client.user_agent))
        self.tokens.end_session(session_id)

    async def logout_by_refresh_token(self, text: str, client: Client) -> None:
        """Ends the session of a refresh token whose access token has run out."""
        token, _, _ = await self._known_token(text)
        status, user_id, _, _ = await self._rotate(token, client)
        if status in ("rotated", "repeated"):
            await self._run("close_session", (user_id, str(token.session_id), client.ip, client.user_agent))
        self.tokens.end_session(str(token.session_id))

    async def resend_confirmation(self, body: Resending, client: Client) -> Allowance:
        """Has a token sent to an address; the same for one that has no account, or is confirmed."""
        everywhere = Rate(self.policy.confirm.tokens * IP_WIDE_FACTOR, self.policy.confirm.period_s)
        asked = bucket("resend", self.policy.confirm, body.email.casefold())
        allowance = await self.throttle.spend(asked, bucket("resend", everywhere, client.network))
        await self._run("resend_confirmation", (body.email, client.ip, client.user_agent))
        return allowance

    async def confirm_email(self, body: Confirmation, client: Client) -> None:
        """Confirms the address that the token was sent to. Raises ProblemError, the same for unknown and old ones."""
        await self.throttle.spend(bucket("confirm", CONFIRMATIONS, client.network))
        digest = hashlib.sha256(body.token.encode()).digest()
        (status,) = text_row(await self._run("confirm_email", (_bytea(digest), client.ip, client.user_agent)))
        if status not in ("confirmed", "confirmed_already"):
            raise _refusal("bad_token")

    async def me(self, identity: Identity) -> bytes:
        """The account as JSON, as long as its session lives."""
        rows = await self._run("find_account", (identity.user_id, session_of(identity)))
        status, account = text_row(rows) if len(rows) else ("signed_out", "")
        if status != "live" or not account:
            raise _refusal("signed_out" if status == "live" else status)
        return account.encode()

    async def _check_password(self, body: Credentials, client: Client) -> str:
        rows = await self._run("find_credentials", (body.email,))
        user_id, stored, disabled = text_row(rows) if len(rows) else (None, None, "f")
        if not await self.hasher.verify(body.password, stored) or user_id is None or stored is None:
            await self._run("note_failed_login", (user_id, client.ip, client.user_agent, "password"))
            raise ProblemError(Fault.BAD_CREDENTIALS, "Check both and try again.")
        if disabled == "t":
            await self._run("note_failed_login", (user_id, client.ip, client.user_agent, "disabled"))
            raise _refusal("disabled")
        if self.hasher.is_outdated(stored):
            fresh = await self.hasher.hash(body.password)
            await self._run("replace_password_hash", (user_id, stored, fresh))
        return user_id

    async def _open_session(self, user_id: str, client: Client, allowance: Allowance) -> Signed:
        key = secrets.token_bytes(32)
        lives = (f"{self.policy.refresh_days} days", SESSION_LIFE)
        params = (user_id, _bytea(key), _bytea(client.fingerprint), client.ip, client.user_agent, *lives)
        status, session_id, role = text_row(await self._run("open_session", params))
        if status != "opened":
            raise _refusal(status)
        renewal = make_refresh_token(self.refresh_secrets[0], key, int(session_id), 0)
        return self._signed(Grant(user_id, role, session_id), renewal, allowance)

    async def _known_token(self, text: str) -> tuple[RefreshToken, bytes, bytes]:
        """The token in `text`, its session's key and the secret that it was made with."""
        token = read_refresh_token(text)
        if token is None:
            raise _refusal("unknown")
        stored = (await self._run("find_refresh_key", (str(token.session_id),))).value()
        if stored is None:
            raise _refusal("revoked")
        session_key = bytes.fromhex(stored.decode().removeprefix("\\x"))
        for secret in self.refresh_secrets:
            if token.is_made_with(secret, session_key):
                return token, session_key, secret
        raise _refusal("unknown")

    async def _rotate(self, token: RefreshToken, client: Client) -> tuple[str, ...]:
        """Asks again while another request holds the session, so that no lane waits for a row lock."""
        give_up = time.monotonic() + BUSY_WAIT_S
        session = (str(token.session_id), str(token.counter), client.ip, client.user_agent)
        params = (*session, f"{self.policy.refresh_days} days", REUSE_TOLERANCE)
        row = text_row(await self._run("rotate_session", params))
        while row[0] == "busy" and time.monotonic() < give_up:
            await asyncio.sleep(random.uniform(0.01, 0.03))  # noqa: S311 - jitter, not a secret
            row = text_row(await self._run("rotate_session", params))
        return row

    def _end_if_over(self, status: str, session_id: int) -> None:
        if status in ("reused", "revoked", "disabled"):
            self.tokens.end_session(str(session_id))

    def _signed(self, grant: Grant, refresh_token: str, allowance: Allowance) -> Signed:
        return Signed(self.tokens.issue(grant), refresh_token, self.tokens.lifetime_s, allowance)

    async def _run(self, name: str, params: tuple[Param, ...]) -> Rows:
        return await self.lanes.run(GATEWAY, _SQL[name], params)


def session_of(identity: Identity) -> str:
    """The session that an access token belongs to; raises ProblemError where it names none."""
    session_id = json.loads(identity.claims).get("sid")
    if not is_identifier(session_id):
        raise _refusal("signed_out")
    return str(session_id)


def _bytea(octets: bytes) -> str:
    return "\\x" + octets.hex()


def _refusal(status: str) -> ProblemError:
    fault, detail = _REFUSALS[status]
    return ProblemError(fault, detail)
