"""What is made of the settings and replaced with them: endpoints, tokens, the anonymous identity."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.auth.tokens import Tokens, daira_tokens, postgrest_tokens
from gateway.lanes import Identity
from gateway.rest.endpoint import RestEndpoint
from gateway.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.catalog.model import Catalog
    from gateway.lanes import Lanes
    from gateway.settings import ApiSettings


@dataclass(frozen=True)
class Serving:
    """One state of the gateway, made whole and replaced whole."""

    settings: ApiSettings
    rest: RestEndpoint
    tokens: Tokens
    anonymous: Identity | None


@dataclass(frozen=True)
class Maker:
    """Makes a `Serving` from settings. Raises ValueError for what can't be used, such as a short secret."""

    lanes: Lanes
    catalog: Callable[[], Catalog]
    tokens_of: Callable[[ApiSettings], Tokens]
    is_own: bool
    """Whether the database is DAIRA's own, whose functions need to know less about a request."""

    def __call__(self, settings: ApiSettings) -> Serving:
        role = settings.pgrst_db_anon_role
        rest = RestEndpoint(self.lanes, self.catalog, settings, lean=isinstance(settings, Settings))
        anonymous = Identity(role, json.dumps({"role": role})) if role else None
        return Serving(settings, rest, self.tokens_of(settings), anonymous)


def tokens_of_api(settings: ApiSettings) -> Tokens:
    """Tokens under PostgREST's rules. Raises ValueError."""
    return postgrest_tokens(
        settings.pgrst_jwt_secret,
        is_base64=settings.pgrst_jwt_secret_is_base64,
        audience=settings.pgrst_jwt_aud,
        role_claim_key=settings.pgrst_jwt_role_claim_key,
        anon_role=settings.pgrst_db_anon_role,
        remember=settings.pgrst_jwt_cache_max_entries,
    )


def tokens_of_daira(settings: Settings) -> Tokens:
    """DAIRA's own tokens."""
    return daira_tokens(
        settings.jwt_secret,
        algorithm=settings.jwt_algorithm,
        audience=settings.jwt_audience,
        issuer=settings.jwt_issuer,
        lifetime_s=settings.jwt_access_token_expire_minutes * 60,
    )
