"""A grammar of requests: most are nearly right, and every hole takes hostile text."""

from __future__ import annotations

import json
import random
from typing import NamedTuple
from urllib.parse import quote

READ_ONLY = "counted"
"""A view that PostgreSQL refuses to write, by 55000, which PostgREST's table answers with 500."""
TABLES = ("Käufer", "orders", "vips", "secret", "things", "nothing", "rpc/add", "rpc/vari", "rpc/setting", "")
COLUMNS = (
    *("id", "First Name", '"First Name"', "born", "tags", "ok", "n", "j", "buyer", "mood"),
    *("j->a", "j->>'a'", "tags->0"),
)
OPERATORS = (
    *("eq", "neq", "gt", "gte", "lt", "lte", "like", "ilike", "match", "imatch", "in", "is", "isdistinct", "fts"),
    *("plfts", "phfts", "wfts", "cs", "cd", "ov", "sl", "sr", "nxr", "nxl", "adj"),
    *("eq(any)", "like(all)", "not.eq", "not.in", "fts(english)", "fts(no)", "and", "or", "nope"),
)
HOSTILE = (
    "'; drop table x; --",
    '"',
    "\\",
    "(((((",
    ")))",
    "{",
    "}{",
    "[1,2",
    "\x00",
    "%",
    "%00",
    "é" * 100,
    "صباح",
    "😀",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "1e400",
    "-1",
    "9" * 40,
    "NaN",
    "null",
    "*",
    "..",
    "->",
    "->>",
    "::",
    "!",
    "$1",
    "\n",
    "a,b",
    "",
    " ",
    "infinity",
    "{1,2}",
    "(1,2)",
    "[1,2)",
)
PLAIN = ("1", "2", "x", "true", "null", "2026-01-01", "(1,2)", "{a,b}", "Zoë", '{"a":1}', "(a,b)", "glad")
METHODS = ("GET", "GET", "GET", "GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "TRACE")
ACCEPTS = (
    "application/json",
    "*/*",
    "text/csv",
    "application/vnd.pgrst.object+json",
    "application/vnd.pgrst.array+json;nulls=stripped",
    "application/vnd.pgrst.plan+json; options=analyze|verbose",
    "application/geo+json",
    "application/octet-stream",
    "text/plain;q=x",
    "nonsense",
    ";;;,,,",
)
PREFERS = (
    "count=exact",
    "count=planned",
    "count=estimated",
    "return=representation",
    "return=minimal",
    "resolution=merge-duplicates",
    "resolution=ignore-duplicates",
    "missing=default",
    "max-affected=1",
    "max-affected=x",
    "handling=strict",
    "tx=rollback",
    "timezone=UTC",
    "timezone=Nowhere",
    "page=keyset",
    "params=single-object",
    "=,;",
)
TYPES = (
    *("application/json", "text/csv", "application/x-www-form-urlencoded"),
    *("text/plain", "application/octet-stream", "x/y"),
)
_UNSENDABLE = {0: None, ord("\n"): None, ord(" "): "%20"}


class Shot(NamedTuple):
    """One request."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def shot(random_: random.Random) -> Shot:
    """The next request of this source of chance."""
    method = random_.choice(METHODS)
    query = "&".join(_part(random_) for _ in range(random_.randrange(5)))
    body = _body(random_) if method in ("POST", "PATCH", "PUT") else b""
    tables = (*TABLES, READ_ONLY) if method in ("GET", "HEAD", "OPTIONS") else TABLES
    path = quote(random_.choice(tables), safe="/") if random_.random() < 0.95 else quote(random_.choice(HOSTILE))
    return Shot(method, f"{path}?{query}", _headers(random_), body)


def _value(random_: random.Random) -> str:
    return random_.choice(PLAIN if random_.random() < 0.6 else HOSTILE)


def _column(random_: random.Random) -> str:
    return random_.choice(COLUMNS) if random_.random() < 0.9 else random_.choice(HOSTILE)


def _filter(random_: random.Random) -> str:
    return f"{random_.choice(OPERATORS)}.{_value(random_)}"


def _part(random_: random.Random) -> str:
    maker = random_.choice((_where, _where, _where, _select, _order, _logic, _page, _other))
    key, value = maker(random_)
    if random_.random() < 0.9:
        return f"{quote(key)}={quote(value)}"
    return f"{key}={value}".translate(_UNSENDABLE).encode("ascii", "ignore").decode()


def _where(random_: random.Random) -> tuple[str, str]:
    return _column(random_), _filter(random_)


def _select(random_: random.Random) -> tuple[str, str]:
    return "select", ",".join(_item(random_, 0) for _ in range(random_.randint(1, 4)))


def _item(random_: random.Random, depth: int) -> str:
    if depth < 4 and random_.random() < 0.3:
        inner = ",".join(_item(random_, depth + 1) for _ in range(random_.randrange(3)))
        target = random_.choice(("orders", "Käufer", "Käufer!inner", "...Käufer", "x:orders", "orders!x", "nothing"))
        return f"{target}({inner})"
    alias = random_.choice(("", "", "a:", "é:", '"a b":'))
    cast = random_.choice(("", "", "::text", "::int", "::nope", "::text;"))
    function = random_.choice(("", "", "", ".count()", ".sum()", ".max()", ".nope()"))
    return f"{alias}{random_.choice((*COLUMNS, '*', 'count()'))}{function}{cast}"


def _order(random_: random.Random) -> tuple[str, str]:
    directions = ("", ".asc", ".desc", ".desc.nullslast", ".nullsfirst", ".up")
    terms = (f"{_column(random_)}{random_.choice(directions)}" for _ in range(random_.randint(1, 3)))
    return random_.choice(("order", "orders.order", "Käufer.order")), ",".join((*terms, "Käufer(id).desc")[:3])


def _logic(random_: random.Random) -> tuple[str, str]:
    return random_.choice(("and", "or", "not.and", "not.or", "orders.or")), _tree(random_, 0)


def _tree(random_: random.Random, depth: int) -> str:
    terms = []
    for _ in range(random_.randint(1, 3)):
        if depth < 5 and random_.random() < 0.3:
            terms.append(random_.choice(("and", "or", "not.and")) + _tree(random_, depth + 1))
        else:
            terms.append(f"{_column(random_)}.{_filter(random_)}")
    return f"({','.join(terms)}{random_.choice((')', ')', ')', ''))}"


def _page(random_: random.Random) -> tuple[str, str]:
    name = random_.choice(("limit", "offset", "orders.limit", "Käufer.offset"))
    return name, random_.choice(("0", "1", "5", *HOSTILE))


def _other(random_: random.Random) -> tuple[str, str]:
    name = random_.choice(("columns", "on_conflict", "a", "b", "x", "name", "after", "before", "cursor"))
    return name, random_.choice((*COLUMNS, *PLAIN, *HOSTILE))


def _headers(random_: random.Random) -> dict[str, str]:
    made: dict[str, str] = {}
    for name, values, chance in (
        ("accept", ACCEPTS, 0.3),
        ("prefer", PREFERS, 0.4),
        ("content-type", TYPES, 0.3),
        ("range", ("0-1", "1-0", "0-", "-5", "a-b", "5-3"), 0.1),
        ("accept-profile", ("second", "Odd Names", "pg_catalog"), 0.1),
        ("content-profile", ("second", "Odd Names", "pg_catalog"), 0.1),
        ("authorization", ("Bearer x", "Bearer a.b.c", "Basic x", "Bearer "), 0.03),
        ("if-none-match", ('"x"', "*"), 0.05),
        ("idempotency-key", ("k1", "k" * 300), 0.03),
    ):
        if random_.random() < chance:
            made[name] = random_.choice(values)
    made["prefer"] = f"{made['prefer']},tx=rollback" if "prefer" in made else "tx=rollback"
    return {name: value.encode("latin-1", "ignore").decode("latin-1") for name, value in made.items()}


def _body(random_: random.Random) -> bytes:
    row = {random_.choice(COLUMNS): random_.choice((*PLAIN, *HOSTILE, 1, None, True, [1], {"a": 1})) for _ in range(3)}
    choices = (
        json.dumps(row).encode(),
        json.dumps([row, row]).encode(),
        json.dumps(random_.choice((1, "x", None, [], {}, [1], [[]]))).encode(),
        b"id,n\n1,2\n",
        b"id=1&n=2",
        b"{",
        b"\xff\xfe",
        b"",
        random_.choice(HOSTILE).encode("utf-8", "ignore"),
    )
    return random_.choice(choices)
