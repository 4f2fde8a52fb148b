"""Which rows of the result a request wants, and how an answer says which it has.

https://docs.postgrest.org/en/stable/references/api/pagination_count.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gateway.rest.errors import RestError
from gateway.rest.lexer import Lexed, lex, lex_pairs, split

if TYPE_CHECKING:
    from gateway.http import Headers

_RANGE = re.compile(r"(?:items=)?(\d{1,18})-(\d{0,18})\Z", re.ASCII)
_NOT_SATISFIABLE = "Requested range not satisfiable"


def lex_ranged(query: str, header: str | None) -> Lexed:
    """`query` with its outermost limit and offset narrowed by a Range header. Raises PGRST100 and PGRST103."""
    found = _RANGE.match(header.strip()) if header else None
    if found is None:
        return lex(query)
    first, last = int(found.group(1)), int(found.group(2)) if found.group(2) else None
    pairs = split(query)
    offset, limit = _whole(pairs, "offset") or 0, _whole(pairs, "limit")
    begin = max(first, offset)
    ends = [end for end in (last, None if limit is None else offset + limit - 1) if end is not None]
    if ends and min(ends) < begin and limit != 0:
        details = "The lower boundary must be lower than or equal to the upper boundary in the Range header."
        raise RestError(416, "PGRST103", _NOT_SATISFIABLE, details)
    kept = [pair for pair in pairs if pair[0] not in ("offset", "limit")]
    kept.append(("offset", str(begin)))
    if ends:
        kept.append(("limit", str(max(min(ends) - begin + 1, 0))))
    return lex_pairs(kept)


def content_range(offset: int, page_total: int, total: int | None) -> bytes:
    """The Content-Range of `page_total` rows from `offset` of `total`."""
    span = b"%d-%d" % (offset, offset + page_total - 1) if page_total else b"*"
    return span + (b"/*" if total is None else b"/%d" % total)


def ranged_status(offset: int, page_total: int, total: int | None) -> int:
    """200 for everything that there is, 206 for a part of it. Raises PGRST103 for an offset behind the end."""
    if total is None:
        return 200
    if offset > total:
        details = f"An offset of {offset} was requested, but there are only {total} rows."
        there: Headers = ((b"content-range", content_range(offset, 0, total)),)
        raise RestError(416, "PGRST103", _NOT_SATISFIABLE, details, headers=there)
    return 206 if page_total < total else 200


def _whole(pairs: list[tuple[str, str]], name: str) -> int | None:
    given = [value for key, value in pairs if key == name and value.isascii() and value.isdigit()]
    return int(given[-1]) if given else None
