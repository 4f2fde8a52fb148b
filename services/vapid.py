"""The key pair under which browsers are pushed to (RFC 8292)."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric import ec


def make_private_key() -> str:
    """A new key for VAPID_PRIVATE_KEY."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32)).decode().rstrip("=")
