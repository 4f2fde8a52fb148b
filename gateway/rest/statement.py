"""The last step of every plan: one statement that answers one row.

Its columns are the number of rows in all, the rows of this page, the body, and what the database wants of the answer's
headers and status (https://docs.postgrest.org/en/stable/references/transactions.html#response-headers).
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from gateway.rest.media import Form
from gateway.sql.nodes import Raw, Seq, ident, join, sql

if TYPE_CHECKING:
    from gateway.rest.media import Media, Plan
    from gateway.sql.nodes import Node

SCALAR = "pgrst_scalar"
"""The column under which a function's result stands where it isn't a row."""
_ROW = Raw("t.*")
UNCOUNTED = Raw("null::bigint")
GUARDED = Raw("set_config('daira.rows', count(*)::text, true)")
"""What the guard behind the statement looks at (`gateway.rest.session`)."""
_OF_RESPONSE = Raw(
    "nullif(current_setting('response.headers', true), ''), nullif(current_setting('response.status', true), '')"
)
_OPTIONS = {
    "analyze": Raw(", analyze"),
    "verbose": Raw(", verbose"),
    "settings": Raw(", settings"),
    "buffers": Raw(", buffers"),
    "wal": Raw(", wal"),
}


class Result(Enum):
    """What the rows are."""

    ROWS = auto()
    ROW = auto()
    SCALARS = auto()
    SCALAR = auto()
    VOID = auto()
    """A call that gives nothing."""
    NONE = auto()
    """Rows that nobody wants to see."""


_SINGLE = frozenset({Result.ROW, Result.SCALAR})
_SCALARS = frozenset({Result.SCALARS, Result.SCALAR})


def answer(
    rows: Node,
    media: Media,
    result: Result = Result.ROWS,
    total: Node = UNCOUNTED,
    more: tuple[Node, ...] = (),
    before: Node = Raw(""),  # noqa: B008 - frozen
    header: Node | None = None,
) -> Node:
    """The statement that answers `rows` as `media`; `before` holds its common table expressions."""
    columns = join(", ", (total, Raw("count(*)"), body(media, result, header), _OF_RESPONSE, *more))
    statement = sql("{}select {} from ({}) as t", before, columns, rows)
    return statement if media.plan is None else _explained(statement, media.plan)


def lines(rows: Node, media: Media) -> Node:
    """A statement whose rows are the lines of a streamed answer."""
    line = _NDJSON_LINE if media.form is Form.NDJSON else _CSV_LINE
    return sql("select {} from ({}) as t", line, rows)


def body(media: Media, result: Result, header: Node | None = None) -> Node:
    """The rows of `t` as text; `header` is the first line of CSV where the columns' own names won't do."""
    if result is Result.NONE:
        return Raw("null::text")
    if result is Result.VOID:
        return _CALLED
    element = ident("t", SCALAR) if result in _SCALARS else _ROW
    match media.form:
        case Form.JSON:
            return _json(media, element, single=media.single or result in _SINGLE)
        case Form.CSV:
            return _csv(header)
        case Form.NDJSON:
            return sql("coalesce(string_agg(to_json({})::text || E'\\n', ''), '')", element)
        case Form.GEOJSON:
            return _features(media)
        case Form.CUSTOM:
            return _custom(media, element)


def _json(media: Media, element: Node, *, single: bool) -> Node:
    rows = sql("json_agg({})", element)
    if media.stripped:
        rows = sql("json_strip_nulls({})", rows)
    return sql("coalesce(({} -> 0)::text, 'null')", rows) if single else sql("coalesce({}, '[]')::text", rows)


def _custom(media: Media, element: Node) -> Node:
    handler = media.handler
    if handler is None or handler.aggregate is None:
        return sql("((array_agg({}))[1])::text", element)
    taken = sql("({})::{}", element, ident(*handler.row)) if handler.row is not None else element
    return sql("{}({})::text", ident(*handler.aggregate), taken)


def _csv(header: Node | None) -> Node:
    first = _CSV_HEADER if header is None else sql("case when count(*) > 0 then {} end", header)
    return sql(
        "coalesce({}, '') || E'\\n'"
        " || coalesce(string_agg(substring((t.*)::text, 2, length((t.*)::text) - 2), E'\\n'), '')",
        first,
    )


def _features(media: Media) -> Node:
    """The rows as GeoJSON (RFC 7946, 3.3)."""
    function = media.handler.aggregate if media.handler else None
    assert function is not None  # noqa: S101 - `media.choose` gives no GeoJSON without it
    return sql(
        "json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg({}(t.*)::json), '[]'))::text",
        ident(*function),
    )


def _explained(statement: Seq, plan: Plan) -> Node:
    options = [_OPTIONS[option] for option in plan.options]
    format_ = Raw("format json") if plan.format == "json" else Raw("format text")
    return sql("explain ({}{}) {}", format_, Seq(tuple(options)), statement)


_CALLED = sql("string_agg({}::text, '')", ident("t", SCALAR))
"""Looked at, as PostgreSQL leaves out a call whose result nobody looks at."""
_NDJSON_LINE = Raw("row_to_json(t.*)::text || E'\\n'")
_CSV_LINE = Raw("substring((t.*)::text, 2, length((t.*)::text) - 2) || E'\\n'")
_CSV_HEADER = Raw("(array_agg((select string_agg(k, ',') from json_object_keys(row_to_json(t.*)) as k)))[1]")
