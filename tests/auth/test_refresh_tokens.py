"""Refresh tokens: what they carry and what is turned away before the database is asked."""

from __future__ import annotations

import base64

import pytest

from gateway.auth.refresh import make_refresh_token, read_refresh_token

SECRET, KEY = b"s" * 32, b"k" * 32


def test_a_token_carries_its_session_and_counter() -> None:
    token = read_refresh_token(make_refresh_token(SECRET, KEY, 2**62, 7))
    assert token is not None
    assert (token.session_id, token.counter) == (2**62, 7)
    assert token.is_made_with(SECRET, KEY)


@pytest.mark.parametrize(("secret", "key"), [(b"x" * 32, KEY), (SECRET, b"x" * 32)])
def test_either_half_of_the_key_alone_makes_no_token(secret: bytes, key: bytes) -> None:
    token = read_refresh_token(make_refresh_token(secret, key, 1, 0))
    assert token is not None
    assert not token.is_made_with(SECRET, KEY)


def test_a_token_for_another_counter_cannot_be_derived() -> None:
    low, high = (base64.urlsafe_b64decode(make_refresh_token(SECRET, KEY, 1, n) + "==") for n in (0, 1))
    spliced = high[:17] + low[17:]
    assert read_refresh_token(base64.urlsafe_b64encode(spliced).decode().rstrip("=")) is None


@pytest.mark.parametrize(
    "text", ["", "x", "é", "AAAA", "A" * 50, "=" * 50, "!" * 50, make_refresh_token(SECRET, KEY, 1, 0)[:-1] + "A"]
)
def test_junk_is_turned_away(text: str) -> None:
    assert read_refresh_token(text) is None


def test_numbers_beyond_bigint_are_turned_away() -> None:
    assert read_refresh_token(make_refresh_token(SECRET, KEY, 2**63, 0)) is None
