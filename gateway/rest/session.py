"""What a request's transaction finds set (https://docs.postgrest.org/en/stable/references/transactions.html)."""

from __future__ import annotations

import json
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from gateway.lanes import NO_SETTINGS, NOTHING_AROUND, Around
from gateway.rest.preferences import NO_PREFERENCES, Tx
from gateway.settings import TxEnd
from gateway.sql.nodes import ident, join, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gateway.http import Headers, Request
    from gateway.rest.preferences import Preferences
    from gateway.settings import ApiSettings

_ISOLATION = "default_transaction_isolation"
_LEVELS = {
    "read committed": None,
    "read uncommitted": None,
    "repeatable read": "set transaction isolation level repeatable read",
    "serializable": "set transaction isolation level serializable",
}
_UNDO = "begin set constraints all immediate; raise sqlstate 'DARBK'; end"
ROWS_SETTING, MOST_SETTING, LEAST_SETTING = "daira.rows", "daira.most", "daira.least"
_GUARD = """begin
    if current_setting('daira.rows')::bigint not between
        current_setting('daira.least')::bigint and current_setting('daira.most')::bigint
    then
        raise sqlstate 'DARBK';
    end if;
end"""
CLAIM_SETTING = "daira.claim"
_MARK = """declare
    caller constant text := current_setting('role');
    is_held boolean;
begin
    perform set_config('role', 'gateway', true);
    is_held := ops.mark_key(current_setting('daira.claim')::bigint);
    perform set_config('role', caller, true);
    if not is_held then
        raise sqlstate 'DR005' using
            message = 'A request with this Idempotency-Key is under way',
            hint = 'Repeat it in a moment.';
    end if;
end"""
_OVERRIDABLE = frozenset({TxEnd.COMMIT_ALLOW_OVERRIDE, TxEnd.ROLLBACK_ALLOW_OVERRIDE})
_ROLLBACK = frozenset({TxEnd.ROLLBACK, TxEnd.ROLLBACK_ALLOW_OVERRIDE})


class Session:
    """Makes the settings of a request and the statements around its own. `lean` leaves `request.*` out."""

    def __init__(self, settings: ApiSettings, *, lean: bool) -> None:
        self._lean = lean
        self._extra = settings.pgrst_db_extra_search_path
        self._app = dict(settings.app_settings)
        self._tx_end = settings.pgrst_db_tx_end
        self._pre_request = _call(settings.pgrst_db_pre_request)
        self._always_undone = self._tx_end in _ROLLBACK
        self._paths: dict[tuple[str, ...], str] = {}
        self._usual = Around(before=self._pre_request) if self._pre_request else NOTHING_AROUND
        self._claim: str | None = None

    def holding(self, claim: str | None) -> Session:
        """The same for one write that holds an idempotency key: its transaction says that it is made."""
        if claim == self._claim:
            return self
        held = copy(self)
        held._claim = claim
        return held

    def beside(self, request: Request, schemas: tuple[str, ...]) -> tuple[Mapping[str, str], Around]:
        """The settings and what stands around a request that is no REST request, and may reach all of `schemas`."""
        return self._found(schemas, request, NO_PREFERENCES), self.around(NO_PREFERENCES)

    def settings(self, schema: str, request: Request, preferences: Preferences) -> Mapping[str, str]:
        """The settings of the transaction beside its identity."""
        found = self._found((schema,), request, preferences)
        return found if self._claim is None else {**found, CLAIM_SETTING: self._claim}

    def _found(self, schemas: tuple[str, ...], request: Request, preferences: Preferences) -> Mapping[str, str]:
        if self._lean:
            return NO_SETTINGS if preferences.timezone is None else {"timezone": preferences.timezone}
        found = {
            **self._app,
            "search_path": self._paths.get(schemas) or self._search_path(schemas),
            "request.method": request.method,
            "request.path": f"/{request.path}",
            "request.headers": _headers(request.headers),
            "request.cookies": json.dumps(_cookies(request.headers), ensure_ascii=False),
        }
        if preferences.timezone is not None:
            found["timezone"] = preferences.timezone
        return found

    def applied_tx(self, preferences: Preferences) -> Tx | None:
        """The preference for the transaction's end, where it counts."""
        return preferences.tx if self._tx_end in _OVERRIDABLE else None

    def reading(self, isolation: str | None) -> Around:
        """The statements around a read on a lane that could write."""
        level = _LEVELS.get(isolation.lower()) if isolation else None
        first = "set transaction read only" if level is None else f"{level}, read only"
        return Around(first, self._pre_request)

    def around(self, preferences: Preferences, isolation: str | None = None, *, guarded: bool = False) -> Around:
        """The statements around the request's own; `guarded` undoes it where too many or too few rows came."""
        held = self._claim is not None
        if isolation is None and preferences is NO_PREFERENCES and not (guarded or held or self._always_undone):
            return self._usual
        level = _LEVELS.get(isolation.lower()) if isolation else None
        undone = self._is_undone(preferences)
        if level is None and not (undone or guarded or held):
            return self._usual
        return Around(level, self._pre_request, _after(undone=undone, guarded=guarded, held=held))

    def _is_undone(self, preferences: Preferences) -> bool:
        asked = self.applied_tx(preferences)
        return self._always_undone if asked is None else asked is Tx.ROLLBACK

    def _search_path(self, schemas: tuple[str, ...]) -> str:
        parts = dict.fromkeys((*schemas, *self._extra))
        path = render(join(", ", [ident(part) for part in parts])).text
        return self._paths.setdefault(schemas, path)


def isolation_of(settings: Mapping[str, str]) -> str | None:
    """The isolation level that a role's or a function's settings ask for."""
    return settings.get(_ISOLATION)


@cache
def _after(*, undone: bool, guarded: bool, held: bool) -> str | None:
    blocks = [_UNDO] if undone else [_GUARD] * guarded + [_MARK] * held
    body = "".join(f"{block};\n" for block in blocks)
    return f"do $$\nbegin\n{body}end\n$$" if blocks else None


def _call(function: str | None) -> str | None:
    return f"select {render(ident(*function.split('.', 1))).text}()" if function else None


def _headers(headers: Headers) -> str:
    found = {_text(name): _text(value) for name, value in headers if name != b"cookie"}
    return json.dumps(found, ensure_ascii=False)


def _cookies(headers: Headers) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        if name == b"cookie":
            pairs = (part.strip().partition("=") for part in _text(value).split(";") if part.strip())
            found.update({key: text for key, _, text in pairs})
    return found


def _text(value: bytes) -> str:
    return value.decode("utf-8", "replace")
