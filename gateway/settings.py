"""Everything that can be set, read once at start. Variable names are PostgREST's and the product document's."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _words(text: object) -> object:
    return tuple(word.strip() for word in text.split(",") if word.strip()) if isinstance(text, str) else text


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class ApiSettings(BaseSettings):
    """What the generated interfaces need: a database, its exposed schemas, and how tokens are verified."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    pgrst_db_uri: str
    """The login role's address; the role needs no rights but to switch to the others."""
    pgrst_db_schemas: Words = ("public",)
    """Exposed schemas, comma separated; the first is the default."""
    pgrst_db_anon_role: str | None = None
    """The role of requests without a token; without it they are refused."""
    pgrst_db_channel: str = "pgrst"
    pgrst_jwt_secret: str | None = None
    pgrst_jwt_secret_is_base64: bool = False
    pgrst_jwt_aud: str | None = None
    pgrst_jwt_role_claim_key: str = ".role"
    log_level: str = "INFO"


class Settings(ApiSettings):
    """What the whole gateway needs besides."""

    pgrst_db_schemas: Words = ("api",)
    pgrst_db_anon_role: str | None = "anon"
    redis_url: str
    minio_endpoint: str
    minio_access_key: str
    minio_secret_key: str
    minio_secure: bool = False
    minio_bucket_public: str = "media-public"
    minio_bucket_private: str = "media-private"
    minio_public_url: str | None = None
    jwt_secret: str = Field(min_length=32)
    jwt_algorithm: str = "HS256"
    jwt_audience: str = "daira"
    jwt_issuer: str = "daira"
    jwt_access_token_expire_minutes: int = Field(default=15, ge=1)
    jwt_refresh_token_expire_days: int = Field(default=30, ge=1)
    bcrypt_cost_factor: int = Field(default=12, ge=10, le=16)
    rate_limit_login: str = "5/15m"
    rate_limit_register: str = "3/1h"
    rate_limit_refresh: str = "10/1h"
    rate_limit_api: str = "100/1m"
