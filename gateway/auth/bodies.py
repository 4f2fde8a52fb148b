"""The bodies of the account routes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from gateway.bodies import Body, Text


def _trimmed(address: str) -> str:
    return address.strip()


Email = Annotated[Text, Field(min_length=3, max_length=320), AfterValidator(_trimmed)]
Password = Annotated[Text, Field(max_length=1024)]


class Registration(Body):
    """POST /auth/register."""

    username: Annotated[Text, Field(max_length=200)]
    email: Email
    password: Password
    birth_date: date | None = None


class Credentials(Body):
    """POST /auth/login."""

    email: Email
    password: Password


class Resending(Body):
    """POST /auth/confirm/resend."""

    email: Email


class Confirmation(Body):
    """POST /auth/confirm."""

    token: Annotated[Text, Field(min_length=1, max_length=200)]


class Renewal(Body):
    """POST /auth/refresh, and /auth/logout without an access token."""

    refresh_token: Annotated[Text, Field(max_length=200)]
