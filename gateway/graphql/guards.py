"""The limit of a change: it counts the rows that it touches; a statement behind it fails where these are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.graphql.change_types import AT_MOST
from gateway.graphql.encode import AsCount
from gateway.graphql.given import Whole
from gateway.graphql.results import Verb
from gateway.graphql.stages import Stage
from gateway.sql.nodes import Param, Raw, ident, sql

if TYPE_CHECKING:
    from gateway.graphql.request import Use
    from gateway.sql.nodes import Node

_COUNTED = (
    ", set_config('daira.rows', (select count(*)::text from {}), true),"
    " set_config('daira.most', {}::bigint::text, true)"
)
_GUARD = """do $$
begin
    if current_setting('daira.rows')::bigint > current_setting('daira.most')::bigint then
        raise exception '{} impacts too many records'
            using errcode = 'cardinality_violation', hint = 'Narrow the filter or raise atMost.';
    end if;
end
$$"""
GUARDS = {
    Verb.UPDATE: Stage(Raw(_GUARD.replace("{}", "update")), answers=False),
    Verb.DELETE: Stage(Raw(_GUARD.replace("{}", "delete")), answers=False),
}
"""The statement behind a change that has a limit."""


def counted(use: Use, written: str) -> Node:
    """What the change adds to its answer: the number of rows in `written`, and how many they may be."""
    most = use.request.slots.constant(str(AT_MOST), "bigint")
    given = use.argument("atMost")
    if isinstance(given, Whole):
        most = use.request.slots.value(given, AsCount("atMost"), "bigint")
    return sql(_COUNTED, ident(written), Param(most.slot))
