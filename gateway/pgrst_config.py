"""The settings as PostgREST's /config writes them, without its secrets."""

from __future__ import annotations

import json
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gateway.settings import ApiSettings

_PREFIX = "pgrst_"
_SECRET = frozenset({"pgrst_db_uri", "pgrst_jwt_secret"})


def written(settings: ApiSettings) -> bytes:
    """Lines of `name = value` in the order of their names; what is secret has no line."""
    return "".join(f"{line}\n" for line in sorted(_lines(settings))).encode()


def _lines(settings: ApiSettings) -> Iterator[str]:
    for name, value in settings.model_dump().items():
        if name.startswith(_PREFIX) and name not in _SECRET:
            yield f"{name.removeprefix(_PREFIX).replace('_', '-')} = {_value(value)}"
    for name in settings.app_settings:
        yield f'{name} = "***"'


def _value(value: Any) -> str:
    match value:
        case None:
            return '""'
        case Enum():
            return json.dumps(value.value)
        case tuple():
            return json.dumps(",".join(value), ensure_ascii=False)
        case _:
            return json.dumps(value, ensure_ascii=False)
