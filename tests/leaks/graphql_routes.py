"""Everything that GraphQL lets a client try, made from the schema that the gateway shows and from secret rows."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
)

from tests.leaks.asks import Ask
from tests.leaks.catalogue import Catalogue, Rows
from tests.leaks.rest_routes import KNOWN, TOMORROW, WORDS, identifiers, table_of

# Boolean operators of filters repeat what stands beside them.
REPEATED = ("and", "or", "not")
DEPTH = 4
# Not given secrets: what pages and orders rows. `_rows` filters collections by the very values that are secret.
PAGING = ("first", "last", "offset", "after", "before", "orderBy", "nodeId", "cursor", "atMost")


@dataclass(frozen=True)
class Schema:
    """What a persona sees, and what is secret from it."""

    graphql: GraphQLSchema
    catalogue: Catalogue
    planted: Rows


def queries(schema: Schema) -> Iterator[Ask]:
    """Reads: whole collections with all that hangs on them, functions, and rows by what is secret in them."""
    root = schema.graphql.query_type
    assert root is not None
    for name, field in root.fields.items():
        if not any(is_required_argument(argument) for argument in field.args.values()):
            for selected in selections(field):
                yield Ask.graphql(f"{{ {name} {selected} }}")
        for arguments in _calls(schema, name, field):
            yield Ask.graphql(f"{{ {name}({arguments}) {selection(field, 0)} }}")
    yield from _rows(schema, root)


def mutations(schema: Schema) -> Iterator[Ask]:
    """Changes, of which one value each is secret."""
    root = schema.graphql.mutation_type
    for name, field in root.fields.items() if root is not None else ():
        for arguments in _calls(schema, name, field):
            yield Ask.graphql(f"mutation {{ {name}({arguments}) {selection(field, 0)} }}")


def _rows(schema: Schema, root: GraphQLObjectType) -> Iterator[Ask]:
    for name, rows in schema.planted.items():
        table = schema.catalogue.tables[name]
        collection = root.fields.get(f"{table.type[0].lower()}{table.type[1:]}Collection")
        for row in rows:
            parts = json.dumps(["api", name, *(row[column] for column in table.key)])
            node = base64.b64encode(parts.encode()).decode()
            yield Ask.graphql(f'{{ node(nodeId: "{node}") {{ __typename nodeId }} }}')
            if collection is None:
                continue
            for column, value in row.items():
                if isinstance(value, str | int) and not isinstance(value, bool):
                    literal = json.dumps(str(value) if _is_id(column) else value, ensure_ascii=False)
                    given = f"filter: {{{_camel(column)}: {{eq: {literal}}}}}"
                    field = f"{table.type[0].lower()}{table.type[1:]}Collection"
                    yield Ask.graphql(f"{{ {field}({given}) {selection(collection, 0)} }}")


def _is_id(column: str) -> bool:
    return column == "id" or column.endswith("_id")


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def selections(field: GraphQLField) -> Iterator[str]:
    """All plain fields, and then once each what hangs on the rows with all of its own."""
    yield selection(field, 0)
    node = _node(field)
    for name, nested in node.fields.items() if node is not None else ():
        if is_composite_type(get_named_type(nested.type)) and not _needs(nested):
            yield f"{{ edges {{ node {{ nodeId {name} {selection(nested, 0)} }} }} }}"


def selection(field: GraphQLField, depth: int) -> str:
    """All fields below, connections with their rows, others to a depth."""
    type_ = get_named_type(field.type)
    if is_leaf_type(type_):
        return ""
    if not isinstance(type_, GraphQLObjectType):
        return "{ __typename }"
    inner = []
    for name, nested in type_.fields.items():
        below = get_named_type(nested.type)
        if _needs(nested) or (depth >= DEPTH and is_composite_type(below)):
            continue
        is_structure = name in ("edges", "node", "pageInfo", "records", "aggregate") or not _is_row(type_)
        if is_leaf_type(below) or is_structure:
            inner.append(f"{name} {selection(nested, depth + 1)}")
    return f"{{ __typename {' '.join(inner)} }}"


def _is_row(type_: GraphQLObjectType) -> bool:
    return "nodeId" in type_.fields


def _node(field: GraphQLField) -> GraphQLObjectType | None:
    type_ = get_named_type(field.type)
    if not isinstance(type_, GraphQLObjectType) or "edges" not in type_.fields:
        return None
    edge = get_named_type(type_.fields["edges"].type)
    node = get_named_type(edge.fields["node"].type) if isinstance(edge, GraphQLObjectType) else None
    return node if isinstance(node, GraphQLObjectType) and _is_row(node) else None


def _needs(field: GraphQLField) -> bool:
    return any(is_required_argument(argument) for argument in field.args.values())


def _calls(schema: Schema, name: str, field: GraphQLField) -> Iterator[str]:
    """Arguments of which one is secret: an identifier or a word, in the argument itself or in a field of it."""
    own = {key: _plain(schema, key, arg.type) for key, arg in field.args.items() if is_required_argument(arg)}
    returned = _table(schema, get_named_type(field.type).name)
    left = (*PAGING, "filter") if "first" in field.args else PAGING
    for key, argument in field.args.items():
        if key in left:
            continue
        for literal in _secret(schema, key, argument.type, returned, 0):
            given = own | {key: literal}
            if name.startswith("update") and "filter" in field.args and "set" in field.args:
                given = {"set": _first(schema, field.args["set"].type)} | given
            yield _given(given)


def _table(schema: Schema, type_name: str) -> str | None:
    names = {table.type: name for name, table in schema.catalogue.tables.items()}
    return next(
        (table for name, table in names.items() if re.match(f"{name}(Connection|\\w+Response)?$", type_name)), None
    )


def _secret(schema: Schema, name: str, type_: GraphQLInputType, returned: str | None, depth: int) -> Iterator[str]:
    """The argument with a secret in it, each time another one or elsewhere."""
    named = get_named_type(type_)
    values: Iterable[str] = ()
    if isinstance(named, GraphQLInputObjectType):
        values = _objects(schema, name, named, returned, depth) if depth < DEPTH else ()
    elif named.name in ("BigInt", "ID"):
        table = table_of(schema.catalogue, _snake(name)) or returned
        values = (f'"{value}"' for value in identifiers(schema.planted, table))
    elif named.name == "String":
        values = (f'"{word}"' for word in WORDS[:4])
    for value in values:
        yield _listed(type_, value)


def _objects(
    schema: Schema, name: str, type_: GraphQLInputObjectType, returned: str | None, depth: int
) -> Iterator[str]:
    is_comparison = "eq" in type_.fields
    chosen = ("eq",) if is_comparison else [key for key in type_.fields if key not in REPEATED]
    whole = {key: _plain(schema, key, of.type) for key, of in type_.fields.items() if is_required_input_field(of)}
    if not type_.name.endswith("Filter"):
        whole |= {key: '"x"' for key in ("content", "title", "name") if key in type_.fields}
    for key in chosen:
        of = type_.fields[key].type
        for literal in _secret(schema, name if is_comparison else key, of, returned, depth + 1):
            yield f"{{{_given(whole | {key: literal})}}}"


def _given(arguments: dict[str, str]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in arguments.items())


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", name).lower()


def _first(schema: Schema, type_: GraphQLInputType) -> str:
    named = get_named_type(type_)
    assert isinstance(named, GraphQLInputObjectType)
    name, field = next(iter(named.fields.items()))
    return f"{{{name}: {_plain(schema, name, field.type)}}}"


def _plain(schema: Schema, name: str, type_: GraphQLInputType) -> str:
    """Something that the argument takes."""
    named = get_named_type(type_)
    value = f'"{TOMORROW}"'
    if isinstance(named, GraphQLInputObjectType):
        needed = {key: field for key, field in named.fields.items() if is_required_input_field(field)}
        value = "{" + ", ".join(f"{key}: {_plain(schema, key, field.type)}" for key, field in needed.items()) + "}"
    elif isinstance(named, GraphQLEnumType):
        value = next(iter(named.values))
    elif isinstance(named, GraphQLScalarType):
        known = f'"{KNOWN.get(table_of(schema.catalogue, _snake(name)) or "", 770202)}"'
        value = {"BigInt": known, "Int": "1", "Boolean": "true", "String": '"x"', "Date": '"1990-01-01"'}.get(
            named.name, value
        )
    return _listed(type_, value)


def _listed(type_: GraphQLInputType, value: str) -> str:
    inner = type_.of_type if is_non_null_type(type_) else type_
    return f"[{value}]" if is_list_type(inner) else value
