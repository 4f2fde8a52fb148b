"""Everything that REST lets a client try, made from the catalogue and from the rows that are secret."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from tests.leaks.asks import Ask
from tests.leaks.catalogue import Catalogue, Function, Rows, Table

ROOT = "/rest/v1/"
COUNT = "count=exact"
UNDONE = "tx=rollback,return=representation"
WORDS = ("zqsecret", "zqsecretcircle", "zqfollowers", "zqblocked", "cairo", "mona")
TOMORROW = f"{datetime.now(UTC) + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"


def open_routes(catalogue: Catalogue) -> Iterator[Ask]:
    """Reads that name no secret: lists, totals, orders, aggregates and embeds of every table."""
    for table in catalogue.tables.values():
        yield Ask("GET", f"{ROOT}{table.name}?select=*&order={_key_order(table)}", prefer=COUNT)
        yield Ask("HEAD", f"{ROOT}{table.name}?limit=1", prefer=COUNT)
        for column in table.columns:
            yield Ask("GET", f"{ROOT}{table.name}?select={column}&order={column}.desc,{_key_order(table)}&limit=2")
        yield Ask("GET", f"{ROOT}{table.name}?select=count(),{_extremes(table)}")
        for constraint, other in table.links:
            yield Ask("GET", f"{ROOT}{table.name}?select=*,{other}!{constraint}(*)&order={_key_order(table)}")
            yield Ask("GET", f"{ROOT}{table.name}?select=*,{other}!{constraint}(count)&order={_key_order(table)}")
            yield Ask("GET", f"{ROOT}{table.name}?select=count(),{other}!{constraint}!inner()", prefer=COUNT)


def _key_order(table: Table) -> str:
    return ",".join(table.key)


def _extremes(table: Table) -> str:
    numbers = [name for name, type_ in table.columns.items() if type_ in ("bigint", "integer", "smallint", "text")]
    return ",".join(f"{name}.{end}()" for name in numbers for end in ("min", "max")) or "count()"


def aimed_routes(catalogue: Catalogue, planted: Rows) -> Iterator[Ask]:
    """Reads that name what is secret: by key, by each column, through each relation."""
    for name, rows in planted.items():
        table = catalogue.tables[name]
        for row in rows:
            key = urlencode({column: f"eq.{row[column]}" for column in table.key})
            yield Ask("GET", f"{ROOT}{name}?{key}", prefer=COUNT)
            yield from _by_columns(table, row)
            for constraint, other in table.links:
                inner = urlencode({f"{name}.{column}": f"eq.{row[column]}" for column in table.key})
                yield Ask("GET", f"{ROOT}{other}?select=*,{name}!{constraint}!inner(*)&{inner}", prefer=COUNT)
                yield Ask("GET", f"{ROOT}{name}?select=*,{other}!{constraint}(*)&{key}")


def _by_columns(table: Table, row: dict[str, Any]) -> Iterator[Ask]:
    for column in table.columns:
        value = row[column]
        if isinstance(value, bool | list | dict) or value is None:
            continue
        for filter_ in _filters(value):
            yield Ask("GET", f"{ROOT}{table.name}?{column}={filter_}&order={_key_order(table)}", prefer=COUNT)


def _filters(value: Any) -> Iterator[str]:
    text = quote(str(value))
    yield f"eq.{text}"
    yield f"gte.{text}"
    if isinstance(value, str) and "zq" in value:
        yield f"like.{text[:6]}*"
        yield f"not.eq.{text}"


def written_routes(catalogue: Catalogue, planted: Rows) -> Iterator[Ask]:
    """Changes of what is secret, and rows that refer to it; all of them undone."""
    for name, rows in planted.items():
        table = catalogue.tables[name]
        for row in rows:
            key = urlencode({column: f"eq.{row[column]}" for column in table.key})
            own = {column: row[column] for column in table.writable if row[column] is not None}
            changed = {column: row[column] for column in table.changeable[:1]}
            yield Ask("DELETE", f"{ROOT}{name}?{key}", prefer=UNDONE)
            yield Ask("PATCH", f"{ROOT}{name}?{key}", json.dumps(changed), UNDONE)
            for resolution in ("", ",resolution=merge-duplicates", ",resolution=ignore-duplicates"):
                yield Ask("POST", f"{ROOT}{name}", json.dumps(own), UNDONE + resolution)


def called_routes(catalogue: Catalogue, planted: Rows, words: tuple[str, ...]) -> Iterator[Ask]:
    """Every function with every secret identifier and word that it could be given; undone."""
    for function in catalogue.functions:
        for arguments in calls(catalogue, function, planted, words):
            yield Ask("POST", f"{ROOT}rpc/{function.name}", json.dumps(arguments), UNDONE)


# What the others are given while one argument is secret: things that the persona may know.
KNOWN = {
    "users": 770012, "posts": 770202, "comments": 770302, "message_threads": 770401, "groups": 770501,
    "rooms": 770601, "events": 770701, "circles": 770101, "save_folders": 770801, "messages": 770402,
}  # fmt: skip
NAMED = {
    "user": "users", "member": "users", "author": "users", "recipient": "users", "subject": "posts",
    "parent": "comments", "thread": "message_threads", "reply_to": "messages", "folder": "save_folders",
    "reply_circle": "circles", "quoted_post": "posts",
}  # fmt: skip


def calls(catalogue: Catalogue, function: Function, planted: Rows, words: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Arguments for one function: each time one of them, or one field of one, is secret."""
    plain = {name: _plain(catalogue, name, type_) for name, type_ in function.arguments[: function.required]}
    yield plain
    for name, type_ in function.arguments:
        fields = catalogue.composites.get(type_.removesuffix("[]"))
        if fields is None:
            for value in _secrets(catalogue, name, type_, function, planted, words):
                yield plain | {name: value}
            continue
        whole = {field: "x" for field, of in fields.items() if of == "text" and field in ("content", "title", "name")}
        for field, of in fields.items():
            for value in _secrets(catalogue, field, of, function, planted, words):
                filled = whole | {field: value} | _kinds(catalogue, fields)
                yield plain | {name: [filled] if type_.endswith("[]") else filled}


def _kinds(catalogue: Catalogue, fields: dict[str, str]) -> dict[str, Any]:
    return {field: catalogue.words[of] for field, of in fields.items() if field == "kind" and of in catalogue.words}


def _plain(catalogue: Catalogue, name: str, type_: str) -> Any:
    """Something that the argument takes."""
    value: Any = KNOWN.get(table_of(catalogue, name) or "", 770202)
    if type_ in catalogue.words:
        value = catalogue.words[type_]
    elif type_ in catalogue.composites:
        value = {}
    elif "bigint" not in type_ and "snowflake" not in type_:
        value = {"boolean": True, "integer": 1, "date": "1990-01-01"}.get(type_, TOMORROW)
    return [value] if type_.endswith("[]") else value


def table_of(catalogue: Catalogue, name: str) -> str | None:
    """The table that an argument's name speaks of, if it does."""
    noun = name.removesuffix("_ids").removesuffix("_id")
    return NAMED.get(noun) or next((table for table in catalogue.tables if table == f"{noun}s"), None)


def _secrets(
    catalogue: Catalogue, name: str, type_: str, function: Function, planted: Rows, words: tuple[str, ...]
) -> Iterator[Any]:
    if type_ == "text" and name not in ("cursor", "scope", "visibility", "user_type", "locale"):
        yield from words
    if type_ not in ("bigint", "bigint[]", "api.snowflake"):
        return
    returned = catalogue.tables.get(function.returns, _NONE)
    table = table_of(catalogue, name) or (returned.name if "id" in returned.key else None)
    for value in identifiers(planted, table):
        yield [value] if type_.endswith("[]") else value


_NONE = Table("", "", {}, [], [], [], [])


def identifiers(planted: Rows, table: str | None) -> list[int]:
    """The secret identifiers of one table; of each table one, where it is not known which."""
    found = {name: sorted({int(row["id"]) for row in rows if "id" in row}) for name, rows in planted.items()}
    if table is not None and found.get(table):
        return [value for value in found[table] if value < 10**9]
    return [values[0] for values in found.values() if values and values[0] < 10**9]
