"""Everything that can be set, read once at start. Variable names are PostgREST's and the product document's.

PostgREST's settings: https://docs.postgrest.org/en/stable/references/configuration.html
"""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

if TYPE_CHECKING:
    from collections.abc import Mapping

_APP_SETTINGS = "PGRST_APP_SETTINGS_"
IN_DATABASE = frozenset(
    {
        "client_error_verbosity",
        "db_aggregates_enabled",
        "db_anon_role",
        "db_extra_search_path",
        "db_hoisted_tx_settings",
        "db_max_rows",
        "db_plan_enabled",
        "db_pre_config",
        "db_pre_request",
        "db_root_spec",
        "db_schemas",
        "db_tx_end",
        "jwt_aud",
        "jwt_cache_max_entries",
        "jwt_role_claim_key",
        "jwt_secret",
        "jwt_secret_is_base64",
        "openapi_mode",
        "openapi_security_active",
        "openapi_server_proxy_uri",
        "server_cors_allowed_origins",
        "server_timing_enabled",
        "server_trace_header",
        "url_use_legacy_target_names",
    }
)
"""What the connecting role may set as `pgrst.<name>`; anything else there is ignored."""


class TxEnd(Enum):
    """How a request's transaction ends, and whether `Prefer: tx=` may say otherwise."""

    COMMIT = "commit"
    COMMIT_ALLOW_OVERRIDE = "commit-allow-override"
    ROLLBACK = "rollback"
    ROLLBACK_ALLOW_OVERRIDE = "rollback-allow-override"


class OpenApiMode(Enum):
    """What the root describes: what the role may use, everything that is exposed, or nothing."""

    FOLLOW_PRIVILEGES = "follow-privileges"
    IGNORE_PRIVILEGES = "ignore-privileges"
    DISABLED = "disabled"


class Verbosity(Enum):
    """How much an error tells its caller: everything, or its code and message."""

    VERBOSE = "verbose"
    MINIMAL = "minimal"


class LogLevel(Enum):
    """PostgREST's levels: `error` logs failures of the server, `warn` refusals too, `info` every request."""

    CRIT = "crit"
    ERROR = "error"
    WARN = "warn"
    INFO = "info"
    DEBUG = "debug"


class Engine(Enum):
    """What answers GraphQL: the gateway's own planner, or the extension pg_graphql of the database."""

    OWN = "own"
    PG_GRAPHQL = "pg_graphql"


def _words(text: object) -> object:
    return tuple(word.strip() for word in text.split(",") if word.strip()) if isinstance(text, str) else text


def _secret(text: str) -> str:
    """`@path` stands for the content of a file."""
    return Path(text[1:]).read_text().rstrip("\r\n") if text.startswith("@") else text


def _proxy(uri: str) -> str:
    parts = urlsplit(uri)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError("Malformed proxy uri, a correct example: https://example.com:8443/basePath")
    return uri


def _app_settings() -> dict[str, str]:
    named = ((name, value) for name, value in os.environ.items() if name.startswith(_APP_SETTINGS))
    return {f"app.settings.{name.removeprefix(_APP_SETTINGS).lower()}": value for name, value in named}


def _extra_search_path() -> tuple[str, ...]:
    return ("public",) if os.environ.get("PGRST_DB_EXTRA_SEARCH_PATH") is None else ()


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
ProxyUri = Annotated[str, AfterValidator(_proxy)]
Secret = Annotated[str, AfterValidator(_secret)]


class ApiSettings(BaseSettings):
    """What the generated interfaces need: a database, its exposed schemas, and how tokens are verified."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    pgrst_db_uri: Secret = "postgresql://"
    """The login role's address; the role needs no rights but to switch to the others."""
    pgrst_db_schemas: Words = Field(
        default=("public",), validation_alias=AliasChoices("pgrst_db_schemas", "pgrst_db_schema")
    )
    """Exposed schemas, comma separated; the first is the default."""
    pgrst_db_anon_role: str | None = None
    """The role of requests without a token; without it they are refused."""
    pgrst_db_extra_search_path: Words = Field(default_factory=_extra_search_path)
    """Schemas behind the exposed one in each request's search_path; none where the variable is set to nothing."""
    pgrst_db_pre_request: str | None = Field(
        default=None, validation_alias=AliasChoices("pgrst_db_pre_request", "pgrst_pre_request")
    )
    pgrst_db_max_rows: int | None = Field(
        default=None, ge=0, validation_alias=AliasChoices("pgrst_db_max_rows", "pgrst_max_rows")
    )
    pgrst_db_tx_end: TxEnd = TxEnd.COMMIT
    pgrst_db_plan_enabled: bool = False
    pgrst_db_aggregates_enabled: bool = False
    pgrst_db_root_spec: str | None = Field(
        default=None, validation_alias=AliasChoices("pgrst_db_root_spec", "pgrst_root_spec")
    )
    pgrst_db_hoisted_tx_settings: Words = (
        "statement_timeout",
        "plan_filter.statement_cost_limit",
        "default_transaction_isolation",
    )
    pgrst_db_channel: str = "pgrst"
    pgrst_db_channel_enabled: bool = True
    pgrst_db_config: bool = True
    """Whether settings of the connecting role in the database count."""
    pgrst_db_pre_config: str | None = None
    pgrst_db_pool: int | None = Field(default=None, ge=1)
    """Connections for requests, shared out between reads, writes and long statements; at least one of each."""
    pgrst_jwt_secret: Secret | None = None
    pgrst_jwt_secret_is_base64: bool = Field(
        default=False, validation_alias=AliasChoices("pgrst_jwt_secret_is_base64", "pgrst_secret_is_base64")
    )
    pgrst_jwt_aud: str | None = None
    pgrst_jwt_role_claim_key: str = Field(
        default=".role", validation_alias=AliasChoices("pgrst_jwt_role_claim_key", "pgrst_role_claim_key")
    )
    pgrst_jwt_cache_max_entries: int = Field(default=1000, ge=0)
    pgrst_openapi_mode: OpenApiMode = OpenApiMode.FOLLOW_PRIVILEGES
    pgrst_openapi_security_active: bool = False
    pgrst_openapi_server_proxy_uri: ProxyUri | None = None
    pgrst_server_cors_allowed_origins: Words = ()
    """Origins that may read answers; all of them when empty."""
    pgrst_client_error_verbosity: Verbosity = Verbosity.VERBOSE
    pgrst_server_timing_enabled: bool = False
    pgrst_server_trace_header: str | None = None
    pgrst_url_use_legacy_target_names: bool = True
    pgrst_log_level: LogLevel = LogLevel.ERROR
    pgrst_admin_server_port: int | None = Field(default=None, ge=1, le=65535)
    pgrst_admin_server_host: str | None = None
    graphql_engine: Engine = Engine.OWN
    graphql_max_document_bytes: int = Field(default=65_536, ge=1)
    graphql_max_variables_bytes: int = Field(default=262_144, ge=1)
    graphql_max_tokens: int = Field(default=2_500, ge=1)
    graphql_max_definitions: int = Field(default=100, ge=1)
    graphql_max_depth: int = Field(default=20, ge=1)
    graphql_max_fields: int = Field(default=1_000, ge=1)
    graphql_max_aliases: int = Field(default=100, ge=0)
    graphql_max_root_fields: int = Field(default=25, ge=1)
    graphql_max_repetitions: int = Field(default=25, ge=1)
    graphql_max_conditions: int = Field(default=500, ge=0)
    graphql_max_cost: int = Field(default=2_000_000, ge=0)
    graphql_max_first: int = Field(default=10_000, ge=1)
    graphql_max_introspections: int = Field(default=1, ge=0)
    graphql_max_introspection_depth: int = Field(default=2, ge=0)
    graphql_indexable_filters: bool = False
    """Whether filters leave out what row security keeps from using an index (docs/reference/graphql.md)."""
    graphql_cache_operations: int = Field(default=1_000, ge=1)
    """Operations that are kept ready to run."""
    graphql_cache_bytes: int = Field(default=67_108_864, ge=1)
    """Memory that these may take together, as far as it can be estimated."""
    graphql_registered_operations: Path | None = None
    """A directory of `.graphql` files, or a JSON file of documents by name: only these are run."""
    graphql_trace_roles: Words = ()
    """Roles whose answers tell timing and SQL; for development."""
    graphql_ide: bool = True
    """Whether a browser that opens the endpoint gets GraphiQL."""
    app_settings: dict[str, str] = Field(default_factory=_app_settings)
    """Settings that every request finds, by their full name (PGRST_APP_SETTINGS_X is `app.settings.x`)."""
    log_level: str = "INFO"

    def with_database(self, found: Mapping[str, str]) -> ApiSettings:
        """These settings with those of the database over them. Raises pydantic's ValidationError."""
        known = {f"pgrst_{name}": value for name, value in found.items() if name in IN_DATABASE}
        return type(self)(**{**self.model_dump(), **known})


class Settings(ApiSettings):
    """What the whole gateway needs besides."""

    pgrst_db_schemas: Words = ("api",)
    pgrst_db_anon_role: str | None = "anon"
    graphql_max_cost: int = Field(default=100_000, ge=0)
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
    rate_limit_confirm: str = "3/1h"
    rate_limit_api: str = "100/1m"
