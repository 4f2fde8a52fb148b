"""Requests that differ from each other in more than their values, made from the catalogue."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type, is_required_argument

from gateway.catalog.model import Catalog, Name, Relation

SCHEMA = "api"
T = TypeVar("T")


def rest_shapes(catalog: Catalog, number: int) -> list[tuple[Name, str]]:
    """Relations with query strings: columns, a filter, an order, and one to three embeds where keys lead on."""
    return list(islice(_distinct(_rest_shapes(catalog, random.Random(3))), number))


def documents(schema: GraphQLSchema, number: int) -> list[str]:
    """Queries of collections: fields of their nodes, and of one node that these lead to."""
    return list(islice(_distinct(_documents(schema, random.Random(3))), number))


def _distinct(drawn: Iterator[T]) -> Iterator[T]:
    seen: set[T] = set()
    for item in drawn:
        if item not in seen:
            seen.add(item)
            yield item


def _rest_shapes(catalog: Catalog, draw: random.Random) -> Iterator[tuple[Name, str]]:
    relations = [relation for name, relation in catalog.relations.items() if name[0] == SCHEMA]
    while True:
        relation = draw.choice(relations)
        embeds = _embeds(catalog, relation, draw)
        filtered, ordered = draw.choice([*relation.columns]), draw.choice([*relation.columns])
        select = ",".join([*_some(relation, draw), *embeds])
        yield relation.name, f"select={select}&{filtered}=eq.1&order={ordered}.desc&limit=20"


def _embeds(catalog: Catalog, relation: Relation, draw: random.Random) -> list[str]:
    keys = [key for key in catalog.foreign_keys if relation.name == key.table and key.target in catalog.relations]
    keys = [key for key in keys if key.target[0] == SCHEMA and key.target != key.table]
    chosen = draw.sample(keys, draw.randint(0, min(3, len(keys))))
    return [f"{key.target[1]}!{key.name}({','.join(_some(catalog.relations[key.target], draw))})" for key in chosen]


def _some(relation: Relation, draw: random.Random) -> list[str]:
    return draw.sample([*relation.columns], draw.randint(1, len(relation.columns)))


def _documents(schema: GraphQLSchema, draw: random.Random) -> Iterator[str]:
    assert schema.query_type is not None
    collections = {name: node for name, field in schema.query_type.fields.items() if (node := _node(field))}
    while True:
        name = draw.choice([*collections])
        node = collections[name]
        inner = [f"{key} {{ {' '.join(_leaves(type_, draw))} }}" for key, type_ in _objects(node)]
        fields = " ".join([*_leaves(node, draw), *draw.sample(inner, min(1, len(inner)))])
        yield f"query {{ {name}(first: {draw.randint(1, 20)}) {{ edges {{ node {{ {fields} }} }} }} }}"


def _node(field: GraphQLField) -> GraphQLObjectType | None:
    connection = get_named_type(field.type)
    is_free = not any(map(is_required_argument, field.args.values()))
    if not is_free or "first" not in field.args or not isinstance(connection, GraphQLObjectType):
        return None
    edge = get_named_type(connection.fields["edges"].type)
    node = get_named_type(edge.fields["node"].type) if isinstance(edge, GraphQLObjectType) else None
    return node if isinstance(node, GraphQLObjectType) else None


def _leaves(type_: GraphQLObjectType, draw: random.Random) -> list[str]:
    names = [name for name, field in type_.fields.items() if is_leaf_type(get_named_type(field.type))]
    names = [name for name in names if not any(map(is_required_argument, type_.fields[name].args.values()))]
    return draw.sample(names, draw.randint(1, len(names)))


def _objects(type_: GraphQLObjectType) -> list[tuple[str, GraphQLObjectType]]:
    found = [(name, get_named_type(field.type)) for name, field in type_.fields.items() if not field.args]
    return [(name, inner) for name, inner in found if isinstance(inner, GraphQLObjectType)]
