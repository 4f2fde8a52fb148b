"""Introspection: where schemas ask for it, and refused where none does."""

from __future__ import annotations

from typing import Any

from tests.graphql.harbor.case import KEEPER, VISITOR, Case, ids, refused

_REF = "kind name ofType { kind name ofType { kind name ofType { kind name } } }"


def _named(kind: str, name: str) -> dict[str, Any]:
    return {"kind": kind, "name": name}


def _ref(text: str) -> dict[str, Any]:
    """The introspection of a type as the language writes it; scalars begin in upper case, objects with a `*`."""
    if text.endswith("!"):
        return {"kind": "NON_NULL", "name": None, "ofType": _ref(text[:-1])}
    if text.startswith("["):
        return {"kind": "LIST", "name": None, "ofType": _ref(text[1:-1])}
    kinds = {"*": "OBJECT", "#": "ENUM", "&": "INPUT_OBJECT", "@": "INTERFACE"}
    return {"kind": kinds.get(text[0], "SCALAR"), "name": text.lstrip("*#&@"), "ofType": None}


def _pruned(ref: dict[str, Any], depth: int) -> dict[str, Any]:
    return {
        **_named(ref["kind"], ref["name"]),
        **({"ofType": ref["ofType"] and _pruned(ref["ofType"], depth - 1)} if depth else {}),
    }


def _fields(name: str, **types: str) -> Case:
    query = f'{{ __type(name: "{name}") {{ kind name fields {{ name type {{ {_REF} }} }} }} }}'
    found = [{"name": field, "type": _pruned(_ref(text), 3)} for field, text in types.items()]
    return Case(f"fields of {name}", query, {"__type": {"kind": "OBJECT", "name": name, "fields": found}})


def _inputs(name: str, **types: str) -> Case:
    query = f'{{ __type(name: "{name}") {{ kind inputFields {{ name type {{ {_REF} }} }} }} }}'
    found = [{"name": field, "type": _pruned(_ref(text), 3)} for field, text in types.items()]
    return Case(f"fields of {name}", query, {"__type": {"kind": "INPUT_OBJECT", "inputFields": found}})


def _operators(name: str, *names: str) -> Case:
    query = f'{{ __type(name: "{name}") {{ kind inputFields {{ name }} }} }}'
    return Case(
        f"operators of {name}",
        query,
        {"__type": {"kind": "INPUT_OBJECT", "inputFields": [{"name": one} for one in names]}},
    )


def _enum(name: str, *values: str) -> Case:
    query = f'{{ __type(name: "{name}") {{ kind enumValues {{ name }} }} }}'
    return Case(
        f"values of {name}", query, {"__type": {"kind": "ENUM", "enumValues": [{"name": one} for one in values]}}
    )


def _kind(name: str, kind: str | None) -> Case:
    return Case(f"kind of {name}", f'{{ __type(name: "{name}") {{ kind }} }}', {"__type": kind and {"kind": kind}})


_FULL = """query IntrospectionQuery { __schema { queryType { name } mutationType { name } subscriptionType { name }
  directives { name locations } } }"""

CASES = [
    Case(
        "the roots",
        "{ __schema { queryType { name } mutationType { name } subscriptionType { name } } }",
        {"__schema": {"queryType": {"name": "Query"}, "mutationType": {"name": "Mutation"}, "subscriptionType": None}},
    ),
    Case(
        "kinds of a root",
        '{ __type(name: "Query") { kind name interfaces { name } possibleTypes { name } } }',
        {"__type": {"kind": "OBJECT", "name": "Query", "interfaces": [], "possibleTypes": None}},
    ),
    _fields("Buoys", nodeId="ID!", id="Int!", color="String"),
    _fields("Captains", nodeId="ID!", id="Int!", fullName="String!", shipId="Int!", ship="*Ships!"),
    _fields("ShipsEdge", cursor="String!", node="*Ships!"),
    _fields("VoyagesConnection", edges="[*VoyagesEdge!]!", pageInfo="*PageInfo!"),
    _fields("PageInfo", endCursor="String", hasNextPage="Boolean!", hasPreviousPage="Boolean!", startCursor="String"),
    _fields("BuoysInsertResponse", affectedCount="Int!", records="[*Buoys!]!"),
    _fields("BuoysUpdateResponse", affectedCount="Int!", records="[*Buoys!]!"),
    _fields("BuoysDeleteResponse", affectedCount="Int!", records="[*Buoys!]!"),
    _inputs("BuoysInsertInput", id="Int", color="String"),
    _inputs("BuoysUpdateInput", id="Int", color="String"),
    _inputs("NoticesOrderBy", slug="#OrderByDirection", lang="#OrderByDirection", body="#OrderByDirection"),
    _operators(
        "CargoLotsInsertInput", "shipId", "code", "weight", "hazard", "countOf", "packedAt", "labels", "detail", "sort"
    ),
    _enum("OrderByDirection", "AscNullsFirst", "AscNullsLast", "DescNullsFirst", "DescNullsLast"),
    _enum("FilterIs", "NULL", "NOT_NULL"),
    _enum("Rig", "tug", "ferry", "BULK_CARRIER", "ro_ro"),
    _enum("Tide", "low", "high"),
    _enum("Mood", "GLAD", "SAD"),
    _kind("Ships", "OBJECT"),
    _kind("ShipsFilter", "INPUT_OBJECT"),
    _kind("Node", "INTERFACE"),
    _kind("BigInt", "SCALAR"),
    _kind("BigFloat", "SCALAR"),
    _kind("Cursor", "SCALAR"),
    _kind("Datetime", "SCALAR"),
    _kind("Date", "SCALAR"),
    _kind("Time", "SCALAR"),
    _kind("JSON", "SCALAR"),
    _kind("UUID", "SCALAR"),
    _kind("Opaque", "SCALAR"),
    _kind("Shiny", "OBJECT"),
    _kind("snake_table", "OBJECT"),
    _kind("ShipsAggregate", "OBJECT"),
    _kind("VoyagesAggregate", None),
    _kind("Keyless", None),
    _kind("Vault", None),
    _kind("hidden_things", None),
    _kind("NoSuchThing", None),
    _kind("FleetSizesInsertInput", None),
    Case(
        "a description from a comment",
        '{ __type(name: "Ports") { description } }',
        {"__type": {"description": "A place to moor"}},
    ),
    Case(
        "a description of a view",
        '{ __type(name: "OpenPorts") { description } }',
        {"__type": {"description": "Ports that take ships"}},
    ),
    Case(
        "an interface's types include a table",
        '{ __type(name: "Ships") { interfaces { name } } }',
        {"__type": {"interfaces": [{"name": "Node"}]}},
    ),
    Case(
        "directives",
        "{ __schema { directives { name } } }",
        {"__schema": {"directives": [{"name": "include"}, {"name": "skip"}, {"name": "json"}]}},
    ),
    Case(
        "the typename of a schema",
        "{ __schema { __typename queryType { __typename } } }",
        {"__schema": {"__typename": "__Schema", "queryType": {"__typename": "__Type"}}},
    ),
    Case(
        "introspection beside data",
        '{ __type(name: "Rig") { name } shipsByPk(id: 1) { id } }',
        {"__type": {"name": "Rig"}, "shipsByPk": {"id": 1}},
    ),
    Case(
        "a type in a variable",
        "query ($n: String!) { __type(name: $n) { name } }",
        {"__type": {"name": "Ships"}},
        {"n": "Ships"},
    ),
    Case("a type under another name", '{ t: __type(name: "Ships") { k: kind } }', {"t": {"k": "OBJECT"}}),
    Case("a visitor sees no inputs", '{ __type(name: "BuoysInsertInput") { name } }', {"__type": None}, role=VISITOR),
    Case("a keeper sees no ships", '{ __type(name: "Ships") { name } }', {"__type": None}, role=KEEPER),
    Case(
        "introspection of itself",
        '{ __type(name: "__Type") { kind name } }',
        {"__type": {"kind": "OBJECT", "name": "__Type"}},
    ),
    Case(
        "GraphiQL's question",
        _FULL,
        {
            "__schema": {
                "queryType": {"name": "Query"},
                "mutationType": {"name": "Mutation"},
                "subscriptionType": None,
                "directives": [
                    {"name": "include", "locations": ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]},
                    {"name": "skip", "locations": ["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"]},
                    {"name": "json", "locations": ["FIELD"]},
                ],
            }
        },
    ),
    Case(
        "a type of a schema that does not ask",
        "{ hidden_thingsCollection(first: 1) { edges { node { __typename id } } } }",
        {"hidden_thingsCollection": {"edges": [{"node": {"__typename": "hidden_things", "id": 1}}]}},
    ),
    # a server whose only schema does not ask for introspection
    refused("no schema without being asked", "{ __schema { queryType { name } } }", "__schema", server="veiled"),
    refused("no type without being asked", '{ __type(name: "Query") { name } }', "__type", server="veiled"),
    Case(
        "typenames are no introspection",
        "{ __typename hidden_thingsCollection(first: 1) { __typename edges { node { id } } } }",
        {"__typename": "Query", "hidden_thingsCollection": {"__typename": "hidden_thingsConnection", **ids(1)}},
        server="veiled",
    ),
    Case(
        "data is not refused",
        "{ hidden_thingsByPk(id: 7) { word } }",
        {"hidden_thingsByPk": {"word": "w7"}},
        server="veiled",
    ),
    refused("other schemas are not served", "{ shipsCollection { edges { node { id } } } }", server="veiled"),
    Case(
        "a mutation of a veiled schema",
        'mutation { insertIntohidden_thingsCollection(objects: [{id: 90, word: "n"}]) { records { id word } } }',
        {"insertIntohidden_thingsCollection": {"records": [{"id": 90, "word": "n"}]}},
        server="veiled",
    ),
]
