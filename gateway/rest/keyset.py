"""Pages by key: `Prefer: page=keyset` gives a `Link` to the next page, whose place is found by an index.

The order is completed by the relation's key, so that every row has one place. The cursor holds the place of a page's
last row, signed; it becomes a filter `(a, b) after (x, y)` written out for mixed directions.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from gateway.rest.errors import RestError, unknown_table
from gateway.rest.lexer import Lexed, lex_pairs, split

if TYPE_CHECKING:
    from gateway.catalog.model import Relation
    from gateway.http import Headers
    from gateway.rest.asked import Asked

_CURSOR = "cursor"
_OWN_SECRET = secrets.token_bytes(32)
_AFTER = {False: "gt", True: "lt"}


@dataclass(frozen=True, slots=True)
class Keyset:
    """A page by key: the parameters without the cursor, the complete order, and what signs cursors."""

    pairs: tuple[tuple[str, str], ...]
    order: tuple[tuple[str, bool], ...]
    """Columns, and whether they descend."""
    limit: int | None
    scope: str
    secret: bytes

    def next_link(self, body: bytes) -> Headers:
        """The link to the page behind that of `body`, where there may be one."""
        rows: list[dict[str, Any]] = json.loads(body)
        if not rows or self.limit is None or len(rows) < self.limit:
            return ()
        missing = [column for column, _ in self.order if column not in rows[-1]]
        if missing:
            hint = f"Select the columns of the order under their own names: {', '.join(missing)}"
            raise RestError(400, "DA400", "This list can't be paged by key", None, hint)
        cursor = self._sign([str(rows[-1][column]) for column, _ in self.order])
        query = urlencode([*self.pairs, (_CURSOR, cursor)])
        return ((b"link", f'<?{query}>; rel="next"'.encode()),)

    def place(self, cursor: str) -> list[str]:
        """The values in `cursor`. Raises a 400 for one that isn't ours or is of another list."""
        text, _, signature = cursor.partition(".")
        if not hmac.compare_digest(self._signature(text).encode(), signature.encode()):
            raise RestError(400, "DA400", "The cursor is not one of this list", None, "Start again without a cursor.")
        values: list[str] = json.loads(base64.urlsafe_b64decode(text))
        return values

    def _sign(self, values: list[str]) -> str:
        text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
        return f"{text}.{self._signature(text)}"

    def _signature(self, text: str) -> str:
        order = ",".join(f"{column}{' desc' if descends else ''}" for column, descends in self.order)
        message = f"{self.scope}\n{order}\n{text}".encode()
        return hmac.new(self.secret, message, hashlib.sha256).hexdigest()[:32]


def keyset_of(asked: Asked, secret: str | None) -> tuple[Keyset, Lexed]:
    """The page by key that the request wants, and its query string with the place in it. Raises `RestError`."""
    relation = asked.catalog.relations.get(asked.name)
    if relation is None:
        raise unknown_table(
            *asked.name, [table for schema, table in asked.catalog.relations if schema == asked.name[0]]
        )
    given = split(asked.request.query)
    pairs = tuple(pair for pair in given if pair[0] != _CURSOR)
    order = _order(relation, next((value for key, value in pairs if key == "order"), ""))
    limit = next((int(value) for key, value in pairs if key == "limit" and value.isdecimal()), None)
    own = hashlib.sha256(f"cursor {secret}".encode()).digest() if secret else _OWN_SECRET
    keyset = Keyset(pairs, order, limit, ".".join(asked.name), own)
    complete = [pair for pair in pairs if pair[0] not in ("order", "offset")]
    complete.append(("order", ",".join(f"{_quoted(c)}.{'desc' if d else 'asc'}" for c, d in order)))
    cursor = next((value for key, value in given if key == _CURSOR), None)
    if cursor is not None:
        complete.append(("or", _behind(order, keyset.place(cursor))))
    return keyset, lex_pairs(complete)


def _order(relation: Relation, text: str) -> tuple[tuple[str, bool], ...]:
    asked = [term.split(".") for term in text.split(",") if term]
    order = {term[0].strip('"'): "desc" in term[1:] for term in asked}
    key = relation.primary_key or relation.key
    for column in key:
        order.setdefault(column, False)
    known = [relation.columns.get(column) for column in order]
    if not key or any(column is None or column.nullable for column in known):
        hint = "Order by columns that are never null, on a relation that has a key."
        raise RestError(400, "DA400", "This list can't be paged by key", None, hint)
    return tuple(order.items())


def _behind(order: tuple[tuple[str, bool], ...], values: list[str]) -> str:
    alternatives: list[str] = []
    same: list[str] = []
    for (column, descends), value in zip(order, values, strict=True):
        further = f"{_quoted(column)}.{_AFTER[descends]}.{_quoted(value)}"
        alternatives.append(f"and({','.join([*same, further])})" if same else further)
        same.append(f"{_quoted(column)}.eq.{_quoted(value)}")
    return f"({','.join(alternatives)})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
