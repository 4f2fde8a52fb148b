"""Passwords of the roles that log in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

Passwords = Mapping[str, str]
LOGIN_ROLES = ("authenticator", "worker", "support")


def from_environment() -> Passwords:
    """What AUTHENTICATOR_PASSWORD, WORKER_PASSWORD and SUPPORT_PASSWORD say; a role without one keeps what it has."""
    found = {role: os.environ.get(f"{role.upper()}_PASSWORD", "") for role in LOGIN_ROLES}
    return {role: password for role, password in found.items() if password}


def set_passwords(conn: psycopg.Connection[Any], passwords: Passwords) -> None:
    """Stores SCRAM verifiers, made here, so that no password can reach the server's log."""
    for role, password in passwords.items():
        verifier = conn.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
        statement = sql.SQL("alter role {} password {}")
        conn.execute(statement.format(sql.Identifier(role), sql.Literal(verifier.decode())))
