"""Paths and parameters of the OpenAPI document."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]

_TYPES = {
    "character varying": "string",
    "character": "string",
    "text": "string",
    "boolean": "boolean",
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "numeric": "number",
    "real": "number",
    "double precision": "number",
    "json": None,
    "jsonb": None,
}
_FORMATS = {"smallint": "int32", "integer": "int32", "bigint": "int64"}
_FUNCTION_MEDIA = [
    "application/json",
    "application/vnd.pgrst.object+json;nulls=stripped",
    "application/vnd.pgrst.object+json",
]
_READ = ("select", "order", "range", "rangeUnit", "offset", "limit", "preferCount")


def type_of(type_: str) -> Document:
    """`type`, and `items` of an array; JSON may be anything and has none."""
    if type_.endswith("[]"):
        return {"type": "array", "items": type_of(type_.removesuffix("[]"))}
    name = _TYPES.get(type_, "string")
    return {} if name is None else {"type": name}


def format_of(type_: str) -> str:
    """PostgreSQL's name of the type, but for integers, whose formats OpenAPI 2.0 itself names."""
    return _FORMATS.get(type_, type_)


def table_path(table: Document, *, writable: bool) -> Document:
    """What can be done under a table's path."""
    name = table["name"]
    filters = [f"rowFilter.{name}.{column['name']}" for column in table["columns"]]
    body = f"body.{name}"
    rows = {"type": "array", "items": {"$ref": f"#/definitions/{name}"}}
    reading = {"200": {"description": "OK", "schema": rows}, "206": {"description": "Partial Content"}}
    operations: dict[str, tuple[list[str], Document]] = {"get": ([*filters, *_READ], reading)}
    if writable:
        done = {"204": {"description": "No Content"}}
        operations["post"] = ([body, "select", "preferPost"], {"201": {"description": "Created"}})
        operations["delete"] = ([*filters, "preferReturn"], done)
        operations["patch"] = ([*filters, body, "preferReturn"], done)
    common = {"tags": [name], **_summary(table["comment"])}
    return {
        method: {**common, "parameters": list(map(_reference, names)), "responses": responses}
        for method, (names, responses) in operations.items()
    }


def function_path(function: Document) -> Document:
    """What can be done under a function's path."""
    operation = {
        "tags": [f"(rpc) {function['name']}"],
        **_summary(function["comment"]),
        "produces": _FUNCTION_MEDIA,
        "responses": {"200": {"description": "OK"}},
    }
    arguments = function["arguments"]
    post = {**operation, "parameters": [_arguments_body(function), _reference("preferParams")]}
    if function["is_volatile"]:
        return {"post": post}
    return {"get": {**operation, "parameters": list(map(_query_argument, arguments))}, "post": post}


def parameters(tables: list[Document]) -> Document:
    """The parameters that the paths refer to."""
    limiting = "Limiting and Pagination"
    found = {
        "preferParams": _prefer(["params=single-object"]),
        "preferReturn": _prefer(["return=representation", "return=minimal", "return=none"]),
        "preferCount": _prefer(["count=none"]),
        "preferPost": _prefer(
            [
                "return=representation",
                "return=minimal",
                "return=none",
                "resolution=ignore-duplicates",
                "resolution=merge-duplicates",
            ]
        ),
        "select": _string("select", "query", "Filtering Columns"),
        "on_conflict": _string("on_conflict", "query", "On Conflict"),
        "order": _string("order", "query", "Ordering"),
        "range": _string("Range", "header", limiting),
        "rangeUnit": {**_string("Range-Unit", "header", limiting), "default": "items"},
        "offset": _string("offset", "query", limiting),
        "limit": _string("limit", "query", limiting),
    }
    for table in tables:
        found.update(_of_table(table))
    return found


def _of_table(table: Document) -> Document:
    name = table["name"]
    body = {
        "name": name,
        "description": name,
        "required": False,
        "in": "body",
        "schema": {"$ref": f"#/definitions/{name}"},
    }
    filters = {
        f"rowFilter.{name}.{column['name']}": _string(column["name"], "query", column["comment"])
        for column in table["columns"]
    }
    return {f"body.{name}": body, **filters}


def _prefer(values: list[str]) -> Document:
    return {**_string("Prefer", "header", "Preference"), "enum": values}


def _string(name: str, place: str, description: str | None) -> Document:
    found = {"name": name, "required": False, "in": place, "type": "string"}
    return found if description is None else {**found, "description": description}


def _summary(comment: str | None) -> Document:
    if comment is None:
        return {}
    summary, _, description = comment.partition("\n")
    description = description.lstrip("\n")
    return {"summary": summary, "description": description} if description else {"summary": summary}


def _arguments_body(function: Document) -> Document:
    arguments = function["arguments"]
    schema: Document = {
        "type": "object",
        "properties": {
            argument["name"]: {"format": format_of(argument["type"]), **type_of(argument["type"])}
            for argument in arguments
        },
    }
    required = [argument["name"] for argument in arguments if argument["required"]]
    if required:
        schema["required"] = required
    if function["comment"] is not None:
        schema["description"] = function["comment"]
    return {"name": "args", "required": True, "in": "body", "schema": schema}


def _query_argument(argument: Document) -> Document:
    type_ = argument["type"]
    found = {"name": argument["name"], "required": argument["required"], "in": "query"}
    if argument["is_variadic"]:
        inner = type_.removesuffix("[]")
        items = {**type_of(inner), "format": format_of(inner)}
        return {**found, "type": "array", "collectionFormat": "multi", "items": items}
    name = type_of(type_).get("type", "string")
    return {**found, "type": "string" if name == "array" else name, "format": format_of(type_)}


def _reference(name: str) -> Document:
    return {"$ref": f"#/parameters/{name}"}
