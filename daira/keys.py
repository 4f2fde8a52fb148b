"""Secrets of a development stack: made once, kept in DIR/secrets.json."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, fields, replace

from daira.errors import StackError
from daira.home import Home, write_private


@dataclass(frozen=True)
class Keys:
    """Passwords of the database roles and of the other servers, the key that signs tokens, and the one for pushes."""

    daira: str
    authenticator: str
    worker: str
    support: str
    valkey: str
    s3_access: str
    s3_secret: str
    jwt: str
    vapid: str = ""
    clickhouse: str = ""


def load_keys(home: Home) -> Keys:
    """Reads the secrets, or makes them on the first start. Raises StackError for a damaged or a lost file."""
    if home.keys.exists():
        return _completed(home, read_keys(home))
    if (home.root / "postgres" / "PG_VERSION").exists():
        raise StackError(
            f"{home.keys} is gone, and the database in {home.root} has a password that nobody knows.",
            "Put the file back, or start afresh with `make clean`.",
        )
    return _write(home, Keys(**{field.name: _make(field.name) for field in fields(Keys)}))


def _completed(home: Home, keys: Keys) -> Keys:
    """With those that an older stack did not have."""
    late = {name: _make(name) for name in ("vapid", "clickhouse") if not getattr(keys, name)}
    return _write(home, replace(keys, **late)) if late else keys


def _make(name: str) -> str:
    from services.vapid import make_private_key

    return make_private_key() if name == "vapid" else secrets.token_urlsafe(32)


def _write(home: Home, keys: Keys) -> Keys:
    write_private(home.keys, json.dumps(asdict(keys), indent=2) + "\n")
    return keys


def read_keys(home: Home) -> Keys:
    """The secrets of a stack that was started before. Raises StackError."""
    try:
        return Keys(**json.loads(home.keys.read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise StackError(
            f"{home.keys} can't be read: {error}.", "Put it right, or start afresh with `make clean`."
        ) from error
